package org.lookalike.benchmark;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lookalike.image.ChannelImage;
import org.lookalike.image.Dataset;
import org.lookalike.image.DatasetOptions;
import org.lookalike.image.ImageBuilder;
import org.lookalike.image.ImageFiles;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.image.PixelFormat;
import org.lookalike.train.TrainSettings;

/**
 * Real images for the study of recipes, in two parts that share no source image: to train on, and
 * to compare with. {@code name@n} is the material with n images to train on; {@code name~k}, k from
 * 1 to 5, has other images set apart, those of {@code name~5} being those of {@code name}; both is
 * {@code name@n~k}.
 */
final class StudyMaterial {
  private static final Path SHARED = Paths.get("..", "shared", "data");
  private static final int CROPS = 1000;

  /** One in so many source images is compared with. */
  private static final int APART = 5;

  private enum Kind {
    NUCLEI("nuclei/images", "size=64 pixel_size=2"),
    NUCLEI128("nuclei/images", "size=128"),
    BLOOD("blood-cells", "size=64"),

    /** The same without colours, as no grey images of a bright-field microscope are at hand. */
    GREY_BLOOD("blood-cells", "size=64"),
    CHEST("chest-xray", "size=64"),
    HELA("stacks/tiles64_hela_3ch_16bit.tif", "size=64"),
    MIGRATION("stacks/cancer_cell_migration_16bit_48t.tif", "size=64"),
    BEADS("stacks/beads_8bit_41z.tif", "size=64"),
    BANANA("stacks/banana_mri_25z.tif", "size=64");

    private final String path;
    private final String settings;

    Kind(String path, String settings) {
      this.path = path;
      this.settings = settings;
    }

    boolean isOfBlood() {
      return this == BLOOD || this == GREY_BLOOD;
    }
  }

  private final String name;
  private final Kind kind;
  private final ImageSource training;
  private final ImageSource apart;

  private StudyMaterial(String name, Kind kind, ImageSource training, ImageSource apart) {
    this.name = name;
    this.kind = kind;
    this.training = training;
    this.apart = apart;
  }

  static StudyMaterial named(String name) {
    String[] folds = name.split("~");
    int fold = folds.length > 1 ? Integer.parseInt(folds[1]) : APART;
    String[] parts = folds[0].split("@");
    Kind kind = Kind.valueOf(parts[0].toUpperCase(Locale.ROOT));
    if (fold < 1 || fold > APART || fold < APART && isOrdered(kind)) {
      throw new IllegalArgumentException(name + ": there is no such part to set apart");
    }
    ImageSource kept = ImageSources.open(SHARED.resolve(kind.path), line -> {});
    ImageSource all = kind == Kind.GREY_BLOOD ? new InGrey(kept) : kept;
    // Windows of blood cells overlap: those of one photograph stay together.
    IntFunction<String> origin =
        kind.isOfBlood()
            ? i -> Paths.get(all.nameOf(i)).getFileName().toString().replaceAll("_[^_]*$", "")
            : i -> String.format("%06d", i);
    List<String> origins =
        IntStream.range(0, all.count())
            .mapToObj(origin::apply)
            .distinct()
            .sorted()
            .collect(Collectors.toList());
    IntPredicate isApart =
        i -> isApart(kind, origins.indexOf(origin.apply(i)), origins.size(), fold % APART);
    int[] apart = IntStream.range(0, all.count()).filter(isApart).toArray();
    int[] training = IntStream.range(0, all.count()).filter(isApart.negate()).toArray();
    if (parts.length > 1) {
      int n = Integer.parseInt(parts[1]);
      int[] from = training;
      if (n > from.length) throw new IllegalArgumentException(name + ": only " + from.length);
      training = IntStream.range(0, n).map(i -> from[(int) ((long) i * from.length / n)]).toArray();
    }
    return new StudyMaterial(name, kind, new Part(all, training), new Part(all, apart));
  }

  /** Neighbouring frames and slices resemble each other: of those the last are set apart. */
  private static boolean isApart(Kind kind, int place, int count, int rest) {
    return isOrdered(kind) ? place >= count - count / APART : (place + 1) % APART == rest;
  }

  private static boolean isOrdered(Kind kind) {
    return kind == Kind.MIGRATION || kind == Kind.BEADS || kind == Kind.BANANA;
  }

  ImageSource training() {
    return training;
  }

  TrainSettings settings() {
    return TrainSettings.parse(kind.settings);
  }

  /** A stack of views of the images set apart, written once. */
  Path apartStack(Path folder) throws IOException {
    return stack(folder.resolve(name + "-apart.tif"), apart);
  }

  /** The same of those trained on. */
  Path trainingStack(Path folder) throws IOException {
    return stack(folder.resolve(name + "-training.tif"), training);
  }

  private Path stack(Path file, ImageSource source) throws IOException {
    if (Files.exists(file)) return file;
    DatasetOptions options = settings().datasetOptions().withHeldOut(0);
    try (Dataset dataset = Dataset.open(source, options, line -> {})) {
      int count = dataset.info().patches() ? CROPS : source.count();
      float[] views = new float[count * dataset.channels() * dataset.size() * dataset.size()];
      dataset.readReference(count, views);
      ImageBuilder builder = new ImageBuilder(dataset.info().format(), dataset.info().scaling());
      int size = dataset.size();
      ImageFiles.saveTiff(builder.stack(name, views, count, size, size), file);
    }
    return file;
  }

  /** Some of the pictures of a source. */
  private static class Part implements ImageSource {
    private final ImageSource all;
    private final int[] chosen;

    Part(ImageSource all, int[] chosen) {
      this.all = all;
      this.chosen = chosen;
    }

    @Override
    public String name() {
      return all.name() + " " + Arrays.hashCode(chosen);
    }

    @Override
    public int count() {
      return chosen.length;
    }

    @Override
    public String nameOf(int i) {
      return all.nameOf(chosen[i]);
    }

    @Override
    public List<String> classes() {
      return all.classes();
    }

    @Override
    public int classOf(int i) {
      return all.classOf(chosen[i]);
    }

    @Override
    public ChannelImage read(int i) throws IOException {
      return all.read(chosen[i]);
    }

    @Override
    public PixelFormat format() {
      return all.format();
    }
  }

  /** Pictures of a source in red, green and blue as their means, in 8 bits. */
  private static final class InGrey extends Part {
    private static final PixelFormat FORMAT =
        ImageSources.of(new ImagePlus("grey", new ByteProcessor(1, 1))).format();

    InGrey(ImageSource colours) {
      super(colours, IntStream.range(0, colours.count()).toArray());
    }

    @Override
    public String name() {
      return super.name() + " in grey";
    }

    @Override
    public ChannelImage read(int i) throws IOException {
      ChannelImage image = super.read(i);
      int area = image.height() * image.width();
      float[] grey = new float[area];
      for (int p = 0; p < area; p++) {
        for (int c = 0; c < image.channels(); c++) grey[p] += image.values()[c * area + p];
        grey[p] = Math.round(grey[p] / image.channels());
      }
      return new ChannelImage(1, image.height(), image.width(), grey);
    }

    @Override
    public PixelFormat format() {
      return FORMAT;
    }
  }
}
