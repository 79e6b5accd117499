package org.lookalike.image;

import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

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

  private final ImageSource source;
  private final DatasetInfo info;
  private final DatasetOptions options;
  private final PreparedImages images;
  private final int[] units;

  private Views(
      ImageSource source, DatasetInfo info, DatasetOptions options, PreparedImages images) {
    this.source = source;
    this.info = info;
    this.options = options;
    this.images = images;
    units = images.units();
  }

  /**
   * Further real images, seen as the first ones are.
   *
   * @throws InputException if the two sets cannot be compared
   */
  public static Views like(ImageSource more, Views reals) {
    requireSameChannels(reals.source, more);
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
    requireSameChannels(real, synthetic);
    Survey survey = Survey.of(real);
    Survey made = Survey.of(synthetic);
    int size = made.medianSide();
    double finer = resolution(real.format(), synthetic.format());
    double shown = survey.medianSide() * (finer > 0 ? finer : 1) / size;
    DatasetInfo info = new DatasetInfo();
    info.size = size;
    info.channels = real.format().channels();
    info.patches = shown > (finer > 0 ? WHOLE : WHOLE_UNCALIBRATED);
    info.scaling = survey.fit(SATURATED, Intensity.LINEAR, real.name());
    DatasetOptions options = DatasetOptions.defaults().withSize(size);
    if (finer > 0) options = options.withPixelSize(synthetic.format().pixelWidth());
    log.accept(
        String.format(
            info.patches
                ? "Real images are compared in patches of %d pixels, at the synthetic images'"
                    + " resolution."
                : "Real images are compared whole, at %d pixels.",
            size));
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
    return new Views(source, info, options, new PreparedImages(source, survey, info, options, log));
  }

  /** Real pixels in a synthetic one; 0 where units differ. */
  private static double resolution(PixelFormat real, PixelFormat synthetic) {
    boolean comparable = String.valueOf(real.unit()).equals(String.valueOf(synthetic.unit()));
    return comparable ? real.pixelWidth() / synthetic.pixelWidth() : 0;
  }

  private static void requireSameChannels(ImageSource real, ImageSource synthetic) {
    int a = real.format().channels();
    int b = synthetic.format().channels();
    if (a == b) return;
    throw new InputException(
        String.format(
            "%s has %d channel%s and %s has %d; compare images of one kind.",
            real.name(), a, a == 1 ? "" : "s", synthetic.name(), b));
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
   * Writes views {@code first … first + n - 1}; always the same ones.
   *
   * @param out receives {@code [n, channels, size, size]} in [-1, 1]
   */
  public void read(int first, int n, float[] out) throws IOException {
    int each = info.channels * info.size * info.size;
    for (int i = 0; i < n; i++) {
      SplittableRandom random = new SplittableRandom(first + i).split();
      images.view(units[first + i], Pose.upright(random), out, i * each);
    }
  }
}
