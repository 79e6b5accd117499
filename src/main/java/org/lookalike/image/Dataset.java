package org.lookalike.image;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The training set: endless views of the images. View number i is a function of the seed and i
 * alone, so a training that knows how many it has seen can go on exactly. Safe for several threads.
 */
public final class Dataset implements AutoCloseable {
  private static final int FEWEST = 8;

  /** Different views below which the log warns. */
  private static final int FEW = 100;

  /** Between nuclei and cells (below 0.05) and chest X-rays (above 0.5). */
  private static final double ALIGNED = 0.2;

  /** Share of a patch's side that structures of the size advised take. */
  private static final double SHARE_OF_PATCH = 1 / 3.0;

  /** A resolution is advised if it is so many times coarser. */
  private static final double NOTABLE = 1.3;

  /** Of Java's memory, for images that are ready to be cut. */
  private static final double SHARE_OF_MEMORY = 0.4;

  /** Pixels that differ less in size are taken as equal. */
  private static final double SAME_PIXELS = 1.01;

  /** As many tell the variance to a few per cent. */
  private static final int VARIANCE_VIEWS = 128;

  private final DatasetInfo info;
  private final DatasetOptions options;
  private final PreparedImages images;
  private final int[] units;
  private final int[] heldOut;
  private final int[] classOf;

  /** The images trained on, by class. */
  private final int[][] ofClass;

  private long shuffledEpoch = -1;
  private int[] shuffled;

  private Dataset(
      ImageSource source, DatasetInfo info, DatasetOptions options, PreparedImages images) {
    this.info = info;
    classOf = classOf(source, info);
    this.options = options;
    this.images = images;
    Set<Integer> apart = Arrays.stream(info.heldOut).boxed().collect(Collectors.toSet());
    int[] all = images.units();
    units = Arrays.stream(all).filter(unit -> !apart.contains(unit)).toArray();
    heldOut = Arrays.stream(all).filter(apart::contains).toArray();
    ofClass = new int[info.classes().size()][];
    for (int c = 0; c < ofClass.length; c++) {
      int wanted = c;
      ofClass[c] = Arrays.stream(units).filter(unit -> classOf[unit] == wanted).toArray();
    }
  }

  /**
   * Looks at every image and decides what the options leave open.
   *
   * @param log is told each decision in plain words
   * @throws InputException if the images cannot be trained on
   */
  public static Dataset open(ImageSource source, DatasetOptions options, Consumer<String> log) {
    Survey survey = Survey.of(source);
    DatasetInfo info = new DatasetInfo();
    info.sourceName = source.name();
    info.fingerprint = survey.fingerprint;
    info.imageCount = survey.count;
    info.classes = source.classes();
    info.size = options.size();
    info.channels = source.format().channels();
    info.patches = patches(survey, options, log);
    checkCount(source, survey, info, options, log);
    info.layout = !info.patches && survey.layout.positionMatters() >= ALIGNED;
    // Where no place in the images differs from another, neither does a direction.
    info.flips = decide(options.flips(), !info.layout);
    info.turns = decide(options.turns(), !info.layout);
    checkRotations(info, options);
    info.rotations = options.rotations();
    info.scaling = survey.fit(options.saturated(), options.intensity(), source.name());
    describe(info, log);
    describeDependence(survey, log);
    double[] factors = PreparedImages.pixelFactors(survey.sizes, info, options, source.format());
    if (info.patches && options.pixelSize() == 0) {
      warnOfUnlikePixels(survey.sizes, source.format().unit(), log);
    }
    if (info.patches) warnOfWideStructures(survey, factors[0], info.size, source.format(), log);
    info.format =
        source.format().withDisplayOf(info.scaling).withPixelSizeScaled(factors[0], factors[1]);
    Dataset dataset = prepare(source, survey, info, options, true, log);
    dataset.warn(log);
    return dataset;
  }

  /** Of few images a generator can learn no more than those. */
  private void warn(Consumer<String> log) {
    if (units.length >= FEW) return;
    log.accept(
        String.format(
            "Only %d %s to train on: expect synthetic images close to single real ones, look at"
                + " the nearest pairs when you evaluate, and add images if you can.",
            units.length,
            info.patches ? (units.length == 1 ? "patch" : "patches side by side") : "images"));
  }

  /**
   * Opens the images of an earlier training with its decisions.
   *
   * @throws InputException if the images are not those of that training
   */
  public static Dataset reopen(
      ImageSource source, DatasetInfo info, DatasetOptions options, Consumer<String> log) {
    Survey survey = Survey.of(source);
    if (survey.fingerprint != info.fingerprint || source.format().channels() != info.channels) {
      throw new InputException(
          "The images in "
              + source.name()
              + " are not those this training began with; restore them or start a new training.");
    }
    return prepare(source, survey, info, options, false, log);
  }

  private static Dataset prepare(
      ImageSource source,
      Survey survey,
      DatasetInfo info,
      DatasetOptions options,
      boolean choose,
      Consumer<String> log) {
    PreparedImages images =
        new PreparedImages(source, survey.sizes, info, options, SHARE_OF_MEMORY, log);
    if (choose) {
      // Images of one class stand side by side.
      boolean inARow = info.classes().isEmpty() && survey.layout.isOfOneScene();
      HeldOut.choose(info, options, images.units(), classOf(source, info), inARow, log);
    }
    return new Dataset(source, info, options, images);
  }

  /** The class of each image; empty where they have none. */
  private static int[] classOf(ImageSource source, DatasetInfo info) {
    int classed = info.classes().isEmpty() ? 0 : info.imageCount;
    return IntStream.range(0, classed).map(source::classOf).toArray();
  }

  private static boolean decide(Choice choice, boolean auto) {
    return choice == Choice.AUTO ? auto : choice == Choice.ON;
  }

  /** Whole images have no room to be rotated in. */
  private static void checkRotations(DatasetInfo info, DatasetOptions options) {
    if (options.rotations() && !info.patches) {
      throw new InputException(
          "rotations=true needs patches, which have room to rotate in their images; set"
              + " sampling=patches or leave rotations.");
    }
  }

  private static boolean patches(Survey survey, DatasetOptions options, Consumer<String> log) {
    if (options.sampling() != Sampling.AUTO) return options.sampling() == Sampling.PATCHES;
    int side = survey.sizes.medianSide();
    if (side <= 2 * options.size()) {
      log.accept(
          String.format(
              "Training on whole images: they are %d pixels wide or high, not much more than %d.",
              side, options.size()));
      return false;
    }
    if (survey.count < FEWEST) {
      log.accept(
          String.format(
              "Training on random %d-pixel patches: there %s only %d image%s.",
              options.size(),
              survey.count == 1 ? "is" : "are",
              survey.count,
              survey.count == 1 ? "" : "s"));
      return true;
    }
    double share = survey.layout.positionMatters();
    boolean patches = share < ALIGNED;
    log.accept(
        String.format(
            Locale.ROOT,
            patches
                ? "Training on random %d-pixel patches: the images show no common layout (%.2f)."
                : "Training on whole images at %d pixels: they share a common layout (%.2f).",
            options.size(),
            share));
    return patches;
  }

  private static void describeDependence(Survey survey, Consumer<String> log) {
    if (!survey.layout.isOfOneScene()) return;
    log.accept(
        String.format(
            "Neighbouring images resemble each other, as frames or slices of one scene do: these"
                + " %d count for as much as %d of different scenes.",
            survey.count, Math.round(survey.layout.independent())));
  }

  private static void warnOfUnlikePixels(ImageSizes sizes, String unit, Consumer<String> log) {
    double[] widths = sizes.pixelWidthRange();
    if (!(widths[1] > SAME_PIXELS * widths[0])) return;
    log.accept(
        String.format(
            "The images' pixels are %s to %s %s wide, so structures appear at different sizes;"
                + " pixel_size=%s (in %s) would bring all to one.",
            readable(widths[0]), readable(widths[1]), unit, readable(widths[1]), unit));
  }

  /** What patches cannot hold is learnt in pieces. */
  private static void warnOfWideStructures(
      Survey survey, double factor, int size, PixelFormat format, Consumer<String> log) {
    double wide = survey.structures.pixels();
    if (wide / factor <= size / 2.0) return;
    // At a lower resolution there are fewer patches, and enough must be left to learn from.
    double side = Math.min(survey.sizes.medianSide(), Math.sqrt(survey.sizes.area() / FEW));
    double coarsest = side / size;
    double advised = Math.min(coarsest, wide / (SHARE_OF_PATCH * size));
    String advice =
        advised < NOTABLE * factor
            ? "with more images a larger pixel_size could show more"
            : String.format(
                "pixel_size=%s (in %s; now %s) would show more, if more coarsely",
                readable(format.pixelWidth() * advised),
                format.unit(),
                readable(format.pixelWidth() * factor));
    log.accept(
        String.format(
            Locale.ROOT,
            "Structures are about %.0f pixels wide, so patches of %d pixels show few of them whole;"
                + " %s.",
            wide / factor,
            size,
            advice));
  }

  private static String readable(double value) {
    return new BigDecimal(value).round(new MathContext(2)).stripTrailingZeros().toPlainString();
  }

  private static void checkCount(
      ImageSource source,
      Survey survey,
      DatasetInfo info,
      DatasetOptions options,
      Consumer<String> log) {
    long patches = 0;
    for (int i = 0; i < survey.count; i++) {
      patches += PreparedImages.sideBySide(survey.sizes, i, options, info.size);
    }
    boolean large = patches >= FEWEST;
    boolean enough = survey.count >= FEWEST || info.patches && large;
    boolean slices = survey.count == 1 && info.channels >= FEWEST;
    String remedy =
        slices
            ? "if they are images, make them slices with Image > Hyperstacks > Re-order"
                + " Hyperstack... and save the stack"
            : "add images";
    if (enough && slices) {
      log.accept(
          String.format(
              "%s is one image of %d channels; %s.", source.name(), info.channels, remedy));
    }
    if (enough) return;
    if (large) remedy += ", or set sampling=patches";
    if (slices) {
      throw new InputException(
          String.format(
              "%s is one image of %d channels, and training needs at least %d images; %s.",
              source.name(), info.channels, FEWEST, remedy));
    }
    throw new InputException(
        String.format(
            "%s has only %d image%s and training needs at least %d%s; %s.",
            source.name(),
            survey.count,
            survey.count == 1 ? "" : "s",
            FEWEST,
            large ? "" : String.format(" or as many patches of %d pixels", info.size),
            remedy));
  }

  private static void describe(DatasetInfo info, Consumer<String> log) {
    log.accept(
        String.format(
            "%d image%s, %d channel%s; random flips %s, random turns %s.",
            info.imageCount,
            info.imageCount == 1 ? "" : "s",
            info.channels,
            info.channels == 1 ? "" : "s",
            info.flips ? "on" : "off",
            info.rotations ? "by any angle" : info.turns ? "by right angles" : "off"));
    if (!info.classes().isEmpty()) {
      log.accept("Classes: " + String.join(", ", info.classes()) + ".");
    }
    for (int c = 0; c < info.channels; c++) {
      log.accept(
          String.format(
              Locale.ROOT,
              "Channel %d: intensities %.6g to %.6g are used, %s; undone in the results.",
              c + 1,
              info.scaling.low(c),
              info.scaling.high(c),
              info.scaling.squareRoot(c) ? "by their square root" : "in proportion"));
    }
  }

  public DatasetInfo info() {
    return info;
  }

  /** Side of a view in pixels. */
  public int size() {
    return info.size;
  }

  public int channels() {
    return info.channels;
  }

  public int imageCount() {
    return info.imageCount;
  }

  /**
   * Views {@code first … first + n - 1}.
   *
   * @param out receives {@code [n, channels, size, size]} in [-1, 1]
   */
  public void read(long first, int n, float[] out) throws IOException {
    for (int i = 0; i < n; i++) {
      long index = first + i;
      long seed = options.seed() * 0x9E3779B97F4A7C15L + index;
      view(unit(index), seed, info.rotations, out, i);
    }
  }

  /** The class of each of the views {@link #read} gives; empty where images have none. */
  public int[] classes(long first, int n) {
    if (classOf.length == 0) return new int[0];
    return IntStream.range(0, n).map(i -> classOf[unit(first + i)]).toArray();
  }

  /** Writes a random view of an image as the i-th one. */
  private void view(int unit, long seed, boolean rotates, float[] out, int i) throws IOException {
    // The first outputs of neighbouring seeds resemble each other.
    SplittableRandom random = new SplittableRandom(seed).split();
    int at = i * info.channels * info.size * info.size;
    images.view(unit, Pose.random(random, info.flips, info.turns, rotates), out, at);
  }

  /** Images that are never trained on. */
  public int heldOutCount() {
    return info.heldOut.length;
  }

  /**
   * Views of images never trained on, drawn as those for training, but only turned by right angles;
   * always the same.
   *
   * @param out receives {@code [n, channels, size, size]} in [-1, 1]
   * @throws IllegalStateException if there are none
   */
  public void readHeldOut(int n, float[] out) throws IOException {
    if (heldOut.length == 0) throw new IllegalStateException("No images are held out");
    spread(heldOut, n, out);
  }

  /**
   * Views of the images trained on, apart from those the training is fed with, only turned by right
   * angles; always the same.
   *
   * @param out receives {@code [n, channels, size, size]} in [-1, 1]
   */
  public void readReference(int n, float[] out) throws IOException {
    spread(units, n, out);
  }

  /**
   * How much views of the training images differ: the variance of each pixel and channel over the
   * views, in units of half the intensities' range, summed over pixels and channels.
   */
  public double variance() throws IOException {
    int each = info.channels * info.size * info.size;
    float[] views = new float[VARIANCE_VIEWS * each];
    readReference(VARIANCE_VIEWS, views);
    double total = 0;
    for (int p = 0; p < each; p++) {
      double sum = 0;
      double squares = 0;
      for (int at = p; at < views.length; at += each) {
        sum += views[at];
        squares += (double) views[at] * views[at];
      }
      total += squares / VARIANCE_VIEWS - Math.pow(sum / VARIANCE_VIEWS, 2);
    }
    return Math.max(0, total);
  }

  /**
   * Changes views, or images like them, to what is left of them in files: clipped, rounded to the
   * images' bit depth, in proportion to intensities.
   *
   * @param views {@code [n, channels, size, size]} in [-1, 1], changed
   */
  public void toSaved(float[] views) {
    int plane = info.size * info.size;
    for (int at = 0; at < views.length; at++) {
      views[at] = info.scaling.saved(views[at], at / plane % info.channels);
    }
  }

  private void spread(int[] from, int n, float[] out) throws IOException {
    for (int i = 0; i < n; i++) {
      int unit = from[n <= from.length ? (int) ((long) i * from.length / n) : i % from.length];
      view(unit, ~options.seed() * 0x9E3779B97F4A7C15L + i, false, out, i);
    }
  }

  /**
   * Views without flips and turns, spread over all images, always the same: to be shown.
   *
   * @param out receives {@code [n, channels, size, size]} in [-1, 1]
   */
  public void preview(int n, float[] out) throws IOException {
    int each = info.channels * info.size * info.size;
    SplittableRandom random = new SplittableRandom(options.seed());
    for (int i = 0; i < n; i++) {
      int image = (int) ((long) i * info.imageCount / n);
      images.view(image, Pose.upright(random), out, i * each);
    }
  }

  /**
   * The image of a view: the next of the epoch, or another of the class of the first in its row.
   */
  private int unit(long index) {
    long place = index % options.inARow();
    int first = shuffledUnit(index - place);
    if (place == 0 || classOf.length == 0) return shuffledUnit(index);
    int[] alike = ofClass[classOf[first]];
    long seed = (options.seed() + 1) * 0x9E3779B97F4A7C15L + index;
    return alike[new SplittableRandom(seed).split().nextInt(alike.length)];
  }

  /** Each epoch is a permutation of the units. */
  private synchronized int shuffledUnit(long index) {
    long epoch = index / units.length;
    if (epoch != shuffledEpoch) {
      SplittableRandom random =
          new SplittableRandom(options.seed() * 0x9E3779B97F4A7C15L - 1 - epoch).split();
      shuffled = units.clone();
      for (int i = shuffled.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swap = shuffled[i];
        shuffled[i] = shuffled[j];
        shuffled[j] = swap;
      }
      shuffledEpoch = epoch;
    }
    return shuffled[(int) (index % units.length)];
  }

  @Override
  public void close() {
    images.release();
  }
}
