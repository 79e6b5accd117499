package org.lookalike.gan;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.util.ModelSerializer;
import org.lookalike.image.DatasetInfo;
import org.lookalike.image.ImageBuilder;
import org.lookalike.image.ImageOutput;
import org.lookalike.image.InputException;
import org.lookalike.image.Nearest;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A trained generator and what is needed to make images of its output: the file {@code model.zip}.
 *
 * <p>The file holds {@code lookalike.json} (format version, architecture, sizes, intensity scaling,
 * pixel format, settings, provenance) and {@code generator.zip}, DL4J's own file of the network.
 */
public final class GanModel {
  /** Version of the file's format; newer ones are refused. */
  public static final int FORMAT = 1;

  /** The name of the model in a run folder. */
  public static final String FILE_NAME = "model.zip";

  private static final String DESCRIPTION = "lookalike.json";
  private static final String GENERATOR = "generator.zip";
  private static final String COEFFICIENTS = "coefficients.bin";
  private static final long LARGEST_JSON = 16 << 20;
  private static final int BATCH = 16;
  private static final int ALL_CLASSES = -1;
  private static final long GENERATION_STREAM = 2;
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /** What {@code lookalike.json} says; names are the file's. */
  private static final class Description {
    int format = FORMAT;
    String architecture;
    NetworkShape network;
    DatasetInfo dataset;
    long images;
    JsonObject settings;
  }

  private final Description description;
  private final Network generator;

  private GanModel(Description description, Network generator) {
    this.description = description;
    this.generator = generator;
  }

  /** Saves the average of {@code gan}; the file is replaced whole or not at all. */
  public static void write(
      Path file, Gan gan, DatasetInfo dataset, JsonObject settings, long images)
      throws IOException {
    Description description = new Description();
    description.architecture = gan.design().name();
    description.network = gan.shape();
    description.dataset = dataset;
    description.settings = settings;
    description.images = images;
    ByteArrayOutputStream network = new ByteArrayOutputStream();
    ModelSerializer.writeModel(gan.average().graph(), network, false);
    Archive.write(
        file,
        writer -> {
          writer.text(DESCRIPTION, GSON.toJson(description));
          writer.bytes(GENERATOR, network.toByteArray());
        });
  }

  /**
   * @param fileOrRunFolder a model file or a folder that holds one
   * @throws InputException if it is not one, damaged, or of a newer version
   */
  public static GanModel read(Path fileOrRunFolder) {
    Path file =
        Files.isDirectory(fileOrRunFolder) ? fileOrRunFolder.resolve(FILE_NAME) : fileOrRunFolder;
    try (Archive.Reader reader = new Archive.Reader(file, "model")) {
      Description description = describe(reader, file);
      Network generator =
          Gan.network(
              Architectures.named(description.architecture).generator(description.network, 0));
      load(generator, reader);
      return new GanModel(description, generator);
    }
  }

  private static Description describe(Archive.Reader reader, Path file) {
    try {
      String text = reader.text(DESCRIPTION, LARGEST_JSON);
      JsonObject json = JsonParser.parseString(text).getAsJsonObject();
      int format = json.get("format").getAsInt();
      if (format > FORMAT) {
        throw new InputException(
            String.format(
                "%s was written by a newer Lookalike (format %d, this one reads %d); update"
                    + " Lookalike to use it.",
                file, format, FORMAT));
      }
      Description description = GSON.fromJson(json, Description.class);
      if (!Architectures.names().contains(description.architecture)
          || description.network == null
          || description.dataset == null) {
        throw reader.broken(null);
      }
      return description;
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw reader.broken(e);
    }
  }

  /** Only the weights are taken from DL4J's file; the design is rebuilt from the description. */
  private static void load(Network network, Archive.Reader reader) {
    INDArray parameters = network.parameters();
    long limit = 8 * parameters.length() + LARGEST_JSON;
    byte[] zip = reader.bytes(GENERATOR, limit);
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      ZipEntry entry = in.getNextEntry();
      while (entry != null && !entry.getName().equals(COEFFICIENTS)) entry = in.getNextEntry();
      if (entry == null) throw reader.broken(null);
      INDArray values = Nd4j.read(new DataInputStream(in));
      if (values.length() != parameters.length()) throw reader.broken(null);
      parameters.assign(values.reshape(values.length()));
      network.parametersChanged();
    } catch (IOException | RuntimeException e) {
      throw reader.broken(e);
    }
  }

  /** Side of the images in pixels. */
  public int size() {
    return description.network.size();
  }

  public int channels() {
    return description.network.channels();
  }

  /** Path of the images it was trained on, or the title they had open in ImageJ. */
  public String sourceName() {
    return description.dataset.sourceName();
  }

  /** Real images seen in training. */
  public long images() {
    return description.images;
  }

  /** The training's settings, as {@code settings.json} has them. */
  public JsonObject settings() {
    return description.settings;
  }

  /** Turns network output into ImageJ images like the training's own. */
  public ImageBuilder imageBuilder() {
    return new ImageBuilder(description.dataset.format(), description.dataset.scaling());
  }

  /**
   * New images. Image i depends on {@code seed} and i alone.
   *
   * @param count at least 1
   * @param truncation factor on the latent vectors: 1 as trained, smaller is more typical and less
   *     varied
   * @param className of the images; {@code null} or empty for all classes in turn
   * @param cancelled asked between batches
   * @return a stack of the training images' kind; {@code null} if cancelled
   */
  public ImagePlus generate(
      String title,
      int count,
      long seed,
      double truncation,
      String className,
      BooleanSupplier cancelled) {
    return generate(title, 0, count, seed, truncation, className, cancelled);
  }

  /**
   * Some of the images that {@link #generate(String, int, long, double, String, BooleanSupplier)}
   * gives, for more than fit into memory.
   *
   * @param start number of the first, from 0
   */
  public ImagePlus generate(
      String title,
      int start,
      int count,
      long seed,
      double truncation,
      String className,
      BooleanSupplier cancelled) {
    checkRequest(count, truncation, className);
    int condition = condition(className);
    int each = channels() * size() * size();
    if ((long) count * each > Integer.MAX_VALUE - 8) {
      throw new InputException(
          "count="
              + count
              + " is too many for one stack; make fewer at once, or a folder of them from the"
              + " shell.");
    }
    float[] pixels = new float[count * each];
    for (int first = 0; first < count; first += BATCH) {
      if (cancelled.getAsBoolean()) return null;
      int n = Math.min(BATCH, count - first);
      float[] batch = batch(start + first, n, seed, truncation, condition);
      System.arraycopy(batch, 0, pixels, first * each, n * each);
    }
    ImagePlus made = imageBuilder().stack(title, pixels, count, size(), size());
    ImageOutput.mark(
        made,
        String.format(
            Locale.ROOT,
            "a model of %s (%d images seen), seed=%d, truncation=%s%s.",
            withoutFolders(sourceName()),
            images(),
            seed,
            truncation,
            condition == ALL_CLASSES ? "" : ", class=" + className));
    return made;
  }

  /** A path may tell more of a laboratory, or a patient, than is to be passed on. */
  private static String withoutFolders(String source) {
    return source.substring(1 + Math.max(source.lastIndexOf('/'), source.lastIndexOf('\\')));
  }

  /**
   * Says what is wrong with a request before anything is made.
   *
   * @throws InputException if it cannot be met
   */
  public void checkRequest(int count, double truncation, String className) {
    if (count < 1) throw new InputException("count=" + count + " is not possible; give 1 or more.");
    if (!(truncation > 0 && truncation <= 2)) {
      throw new InputException(
          "truncation=" + truncation + " is not possible; give a number above 0, up to 2.");
    }
    condition(className);
  }

  private int condition(String className) {
    return className == null || className.isEmpty() ? ALL_CLASSES : classNumber(className);
  }

  /** Names of the classes the model can be asked for; empty if it knows none. */
  public List<String> classes() {
    return description.network.hasClasses() ? description.dataset.classes() : List.of();
  }

  private int classNumber(String name) {
    List<String> known = classes();
    if (known.isEmpty()) {
      throw new InputException(
          "class="
              + name
              + " is not possible: this model was trained without classes; leave it, or train with"
              + " conditional=projection on a folder of class folders.");
    }
    int number = known.indexOf(name);
    if (number >= 0) return number;
    throw new InputException(
        String.format(
            "class=%s is unknown; did you mean %s? Known are: %s.",
            name, Nearest.to(name, known), String.join(", ", known)));
  }

  private float[] batch(int first, int n, long seed, double truncation, int condition) {
    int latent = description.network.latent();
    float[] z = new float[n * latent];
    Latents.fill(seed, GENERATION_STREAM, first, n, latent, z);
    for (int i = 0; i < z.length; i++) z[i] *= (float) truncation;
    int[] conditions = description.network.conditions(first, n);
    if (condition != ALL_CLASSES) Arrays.fill(conditions, condition);
    generator.setConditions(conditions);
    INDArray out = generator.forward(Nd4j.createFromArray(z).reshape(n, latent), Pass.INFER);
    return out.data().asFloat();
  }
}
