package org.lookalike.image;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A set of images as it is compared with another: all of one size and scaled to [-1, 1] alike. The
 * synthetic images say which size and, by their calibration, at which resolution; real images that
 * show more are cut into patches.
 */
public final class Views {
  /** Real images up to so many times as large are resampled whole. */
  private static final double WHOLE = 1.5;

  /** The same where it is not known at which resolution the synthetic images are. */
  private static final double WHOLE_UNCALIBRATED = 2;

  private static final double SATURATED = 0.1;

  /** Comparing all with all takes the square of it. */
  private static final int MOST_PATCHES = 10_000;

  /** Of Java's memory; up to three sets are compared. */
  private static final double SHARE_OF_MEMORY = 0.13;

  /** Heights to widths of pixels that differ by more come from stretching. */
  private static final double STRETCHED = 1.02;

  private final ImageSource source;
  private final DatasetInfo info;
  private final DatasetOptions options;
  private final PreparedImages images;
  private final int[] units;

  /** Of each unit: how many of the same image stand before it. */
  private final int[] places;

  private Views(
      ImageSource source,
      DatasetInfo info,
      DatasetOptions options,
      PreparedImages images,
      int[] units,
      int[] places) {
    this.source = source;
    this.info = info;
    this.options = options;
    this.images = images;
    this.units = units;
    this.places = places;
  }

  /**
   * Further real images, seen as the first ones are.
   *
   * @throws InputException if the two sets cannot be compared
   */
  public static Views like(ImageSource more, Views reals) {
    requireSameKind(reals.source, more);
    return of(more, Survey.of(more), reals.info, reals.options, line -> {});
  }

  /**
   * Real images as the synthetic ones show them, and the synthetic ones at their own size, with the
   * intensity range of the real ones.
   *
   * @param log is told what is compared
   * @return the real ones, then the synthetic ones
   * @throws InputException if the two sets cannot be compared
   */
  public static List<Views> pair(ImageSource real, ImageSource synthetic, Consumer<String> log) {
    requireSameKind(real, synthetic);
    Survey survey = Survey.of(real);
    Survey made = Survey.of(synthetic);
    int size = made.sizes.medianSide();
    double finer = resolution(real.format(), synthetic.format());
    double shown = survey.sizes.medianSide() * (finer > 0 ? finer : 1) / size;
    DatasetInfo info = new DatasetInfo();
    info.size = size;
    info.channels = real.format().channels();
    info.patches = shown > (finer > 0 ? WHOLE : WHOLE_UNCALIBRATED);
    info.scaling = survey.fit(SATURATED, Intensity.LINEAR, real.name());
    DatasetOptions options = DatasetOptions.defaults().withSize(size);
    if (finer > 0) options = options.withPixelSize(synthetic.format().pixelWidth());
    boolean stretched = !info.patches && isStretched(real.format(), synthetic.format());
    if (stretched) options = options.withFit(Fit.STRETCH);
    log.accept(
        String.format(
            info.patches
                ? "Real images are compared in patches of %d pixels, at the synthetic images'"
                    + " resolution."
                : "Real images are compared whole, at %d pixels%s.",
            size,
            stretched ? ", stretched as the synthetic ones are" : ""));
    DatasetInfo whole = new DatasetInfo();
    whole.size = size;
    whole.channels = info.channels;
    whole.scaling = info.scaling;
    return List.of(
        of(real, survey, info, options, log),
        of(synthetic, made, whole, options.withFit(Fit.STRETCH), line -> {}));
  }

  private static Views of(
      ImageSource source,
      Survey survey,
      DatasetInfo info,
      DatasetOptions options,
      Consumer<String> log) {
    PreparedImages images =
        new PreparedImages(source, survey.sizes, info, options, SHARE_OF_MEMORY, log);
    int[] all = images.units();
    // Whole images are all compared.
    boolean tooMany = info.patches && all.length > MOST_PATCHES;
    if (tooMany) {
      log.accept(
          String.format(
              "%d patches are compared, spread over the %d that %s holds.",
              MOST_PATCHES, all.length, source.name()));
    }
    int[] places = new int[all.length];
    for (int i = 1; i < all.length; i++) {
      places[i] = all[i] == all[i - 1] ? places[i - 1] + 1 : 0;
    }
    return tooMany
        ? new Views(source, info, options, images, spread(all), spread(places))
        : new Views(source, info, options, images, all, places);
  }

  private static int[] spread(int[] all) {
    return IntStream.range(0, MOST_PATCHES)
        .map(i -> all[(int) ((long) i * all.length / MOST_PATCHES)])
        .toArray();
  }

  /** Whether pixels of the synthetic images have another shape, as fit=stretch leaves them. */
  private static boolean isStretched(PixelFormat real, PixelFormat synthetic) {
    double shape = synthetic.pixelHeight() / synthetic.pixelWidth();
    double change = shape * real.pixelWidth() / real.pixelHeight();
    return change > STRETCHED || change < 1 / STRETCHED;
  }

  /** Real pixels in a synthetic one; 0 where units differ. */
  private static double resolution(PixelFormat real, PixelFormat synthetic) {
    boolean comparable = String.valueOf(real.unit()).equals(String.valueOf(synthetic.unit()));
    return comparable ? real.pixelWidth() / synthetic.pixelWidth() : 0;
  }

  private static void requireSameKind(ImageSource real, ImageSource synthetic) {
    int a = real.format().channels();
    int b = synthetic.format().channels();
    if (a != b) {
      throw new InputException(
          String.format(
              "%s has %d channel%s and %s has %d; compare images of one kind.",
              real.name(), a, a == 1 ? "" : "s", synthetic.name(), b));
    }
    if (real.format().contradicts(synthetic.format())) {
      throw PixelFormat.unlikeNumbers(real.name(), synthetic.name());
    }
    int bits = real.format().bitDepth();
    int otherBits = synthetic.format().bitDepth();
    if (bits == otherBits) return;
    throw new InputException(
        String.format(
            "%s has %d bits and %s has %d, so equal numbers do not mean the same; save both with"
                + " the same range and depth.",
            real.name(), bits, synthetic.name(), otherBits));
  }

  public int count() {
    return units.length;
  }

  public int channels() {
    return info.channels;
  }

  /** Turns views into ImageJ images in the intensities of the real ones. */
  public ImageBuilder images() {
    return new ImageBuilder(source.format().withDisplayOf(info.scaling), info.scaling);
  }

  /** Side of a view in pixels. */
  public int size() {
    return info.size;
  }

  /** The image a view is of. */
  public String nameOf(int view) {
    return source.nameOf(units[view]);
  }

  /**
   * Writes views {@code first … first + n - 1}; always the same ones. Where a patch is cut depends
   * on nothing but its image's pixels and its number among those of that image, so that an image
   * which is in two sets is known again.
   *
   * @param out receives {@code [n, channels, size, size]} in [-1, 1]
   */
  public void read(int first, int n, float[] out) throws IOException {
    int each = info.channels * info.size * info.size;
    for (int i = 0; i < n; i++) {
      int unit = units[first + i];
      long seed = (long) images.fingerprint(unit) << Integer.SIZE | places[first + i];
      images.view(unit, Pose.upright(new SplittableRandom(seed).split()), out, i * each);
    }
  }
}
