package org.lookalike.train;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.lookalike.gan.Gan;
import org.lookalike.gan.NetworkShape;
import org.lookalike.nn.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The networks in the jar, which have learnt from simulated images. */
public enum SimulatedNetworks {
  FLUORESCENCE(TrainSettings.SIMULATED, "simulated fluorescence images"),

  /** The same, with {@code upsampling=nearest}. */
  FLUORESCENCE_NEAREST(
      TrainSettings.SIMULATED_NEAREST, "simulated fluorescence images with upsampling=nearest"),
  BRIGHTFIELD(TrainSettings.SIMULATED_BRIGHTFIELD, "simulated brightfield images"),

  /** Of the same without colours. */
  BRIGHTFIELD_IN_GREY(TrainSettings.SIMULATED_GREY, "simulated brightfield images in grey");

  private static final Gson GSON = new Gson();
  private static final String FOLDER = "start";

  /** What the description says; names are the file's. */
  private static final class Description {
    NetworkShape network;
    JsonObject settings;

    /** Seen in all trainings, one after another. */
    long images;
  }

  private final String word;
  private final String origin;

  /**
   * @param word for them in settings; the names of their files begin with it
   * @param origin what they learnt from, for messages
   */
  SimulatedNetworks(String word, String origin) {
    this.word = word;
    this.origin = origin;
  }

  /** Those of that word; none if it stands for something else. */
  public static Optional<SimulatedNetworks> named(String word) {
    return Arrays.stream(values()).filter(known -> known.word.equals(word)).findFirst();
  }

  /** The word for them in settings. */
  public String word() {
    return word;
  }

  private String description() {
    return word + ".json";
  }

  private String generator() {
    return word + "-generator.q8";
  }

  private String discriminator() {
    return word + "-discriminator.q8";
  }

  StartNetworks open() {
    String text = new String(resource(description()), StandardCharsets.UTF_8);
    Description kept = GSON.fromJson(text, Description.class);
    TrainSettings settings = TrainSettings.fromJson(kept.settings);
    return new StartNetworks(word, origin, kept.network, settings, kept.images, this::unpack);
  }

  private void unpack(Gan gan) {
    unpack(generator(), gan.generator());
    unpack(discriminator(), gan.discriminator());
    gan.updateAverage(0);
  }

  private static void unpack(String name, Network network) {
    INDArray weights = network.parameters();
    float[] values = CompactFloats.unpack(resource(name), (int) weights.length());
    weights.assign(Nd4j.createFromArray(values));
    network.parametersChanged();
  }

  private static byte[] resource(String name) {
    try (InputStream in = SimulatedNetworks.class.getResourceAsStream("/" + FOLDER + "/" + name)) {
      if (in == null) throw new FileNotFoundException(name + " is missing in Lookalike's jar");
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes what the jar keeps of a training on simulated images: the averaged generator and the
   * discriminator, a byte a weight.
   *
   * @param run a training's folder
   * @param resources the folder of the jar's files
   * @throws IOException if they cannot be written
   */
  public void keep(Path run, Path resources) throws IOException {
    StartNetworks networks = StartNetworks.ofRun(run);
    Description kept = new Description();
    kept.network = networks.shape();
    kept.images = networks.images();
    kept.images += named(networks.startedFrom()).map(known -> known.open().images()).orElse(0L);
    kept.settings = networks.description();
    Gan gan = networks.made();
    Path folder = resources.resolve(FOLDER);
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(description()), GSON.toJson(kept) + "\n");
    Files.write(folder.resolve(generator()), packed(gan.average()));
    Files.write(folder.resolve(discriminator()), packed(gan.discriminator()));
  }

  private static byte[] packed(Network network) {
    return CompactFloats.pack(network.parameters().toFloatVector());
  }
}
