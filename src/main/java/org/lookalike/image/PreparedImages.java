package org.lookalike.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The images at the resolution views are cut from, scaled to [-1, 1]; kept in memory as far as a
 * share of it goes, read again beyond.
 */
final class PreparedImages {
  private static final double MEGA = 1 << 20;

  /** Of what is free; the rest is for what a training or a comparison needs beside. */
  private static final double SHARE_OF_FREE = 0.6;

  /** Values that an array can hold. */
  private static final double LARGEST = Integer.MAX_VALUE - 8;

  private final ImageSource source;
  private final DatasetInfo info;
  private final DatasetOptions options;
  private final ImageSizes sizes;
  private final ChannelImage[] kept;
  private final Map<Integer, Integer> fingerprints = new ConcurrentHashMap<>();
  private long budget;

  /** Often several views in a row are of one image. */
  private ChannelImage last;

  private int lastNumber = -1;

  /**
   * @param share of Java's memory that may be taken, if so much is free
   * @param log is told what is unusual
   */
  PreparedImages(
      ImageSource source,
      ImageSizes sizes,
      DatasetInfo info,
      DatasetOptions options,
      double share,
      Consumer<String> log) {
    this.source = source;
    this.info = info;
    this.options = options;
    this.sizes = sizes;
    budget = budget(share);
    kept = new ChannelImage[sizes.count()];
    int small = 0;
    double bytes = 0;
    double patches = 0;
    for (int i = 0; i < kept.length; i++) {
      patches += bytes(i) / (Float.BYTES * info.channels * (double) info.size * info.size);
      requirePossible(i, Math.max(bytes(i) / Float.BYTES, patches));
      if (sizes.side(i) < info.size) small++;
      bytes += bytes(i);
    }
    if (small > 0) {
      log.accept(
          String.format(
              "%d of %d images are smaller than %d pixels and are enlarged.",
              small, kept.length, info.size));
    }
    if (bytes > budget) {
      log.accept(
          String.format(
              Locale.ROOT,
              "The images need %.0f MB and Java's memory holds %.0f MB of them; the others are read"
                  + " again whenever they are needed, which is slow. Give Java more (-Xmx).",
              bytes / MEGA,
              budget / MEGA));
    }
  }

  private static long budget(double share) {
    Runtime java = Runtime.getRuntime();
    // What is no longer in use counts as used until it is collected.
    if (share * java.maxMemory() > SHARE_OF_FREE * free(java)) System.gc();
    return budget(share, java.maxMemory(), free(java));
  }

  private static long free(Runtime java) {
    return java.maxMemory() - java.totalMemory() + java.freeMemory();
  }

  /**
   * What prepared images may take, in bytes.
   *
   * @param share of {@code all} that they may take at most
   * @param free what images that are open in ImageJ, and all else, have left
   */
  static long budget(double share, long all, long free) {
    return (long) Math.min(share * all, SHARE_OF_FREE * free);
  }

  /** Where pixels are asked for that are far smaller than an image's own. */
  private void requirePossible(int i, double values) {
    if (values <= LARGEST) return;
    throw new InputException(
        String.format(
            Locale.ROOT,
            "%s has pixels of %s, and would be enlarged beyond what can be handled to be seen in"
                + " pixels of %s; give a larger pixel_size, correct the images' calibration, or cut"
                + " the image into smaller ones.",
            source.nameOf(i),
            sizes.pixelWidth(i),
            options.pixelSize()));
  }

  /** What image {@code i} takes, ready to be cut. */
  private double bytes(int i) {
    double pixels = (double) info.size * info.size;
    if (info.patches) {
      double scale = patchScale(sizes, i, options, info.size);
      pixels = scale * sizes.width(i) * scale * sizes.height(i);
    }
    return Float.BYTES * info.channels * pixels;
  }

  /**
   * How much larger views' pixels are than those of the source's format, in width and height: the
   * median.
   */
  static double[] pixelFactors(
      ImageSizes sizes, DatasetInfo info, DatasetOptions options, PixelFormat format) {
    double[] fx = new double[sizes.count()];
    double[] fy = new double[sizes.count()];
    for (int i = 0; i < sizes.count(); i++) {
      int w = sizes.width(i);
      int h = sizes.height(i);
      int side = sizes.side(i);
      if (info.patches) {
        double scale = patchScale(sizes, i, options, info.size);
        fx[i] = 1 / scale;
        fy[i] = 1 / scale;
      } else {
        boolean stretch = options.fit() == Fit.STRETCH;
        fx[i] = (stretch ? w : side) / (double) info.size;
        fy[i] = (stretch ? h : side) / (double) info.size;
      }
      double own = sizes.pixelWidth(i) / format.pixelWidth();
      fx[i] *= own;
      fy[i] *= own;
    }
    Arrays.sort(fx);
    Arrays.sort(fy);
    return new double[] {fx[fx.length / 2], fy[fy.length / 2]};
  }

  /** Factor on an image's size before patches are cut; never below the training size. */
  private static double patchScale(ImageSizes sizes, int i, DatasetOptions options, int size) {
    double wanted = options.pixelSize() > 0 ? sizes.pixelWidth(i) / options.pixelSize() : 1;
    return Math.max(wanted, (double) size / sizes.side(i));
  }

  /** Patches that image {@code i} holds side by side, at the resolution they are cut at. */
  static int sideBySide(ImageSizes sizes, int i, DatasetOptions options, int size) {
    double scale = patchScale(sizes, i, options, size);
    return (int) (sizes.width(i) * scale / size) * (int) (sizes.height(i) * scale / size);
  }

  /** Image numbers, each as often as it holds patches side by side. */
  int[] units() {
    int[] counts = new int[kept.length];
    int sum = 0;
    for (int i = 0; i < kept.length; i++) {
      counts[i] = 1;
      if (info.patches) {
        counts[i] = Math.max(1, sideBySide(sizes, i, options, info.size));
      }
      sum += counts[i];
    }
    int[] units = new int[sum];
    int at = 0;
    for (int i = 0; i < kept.length; i++) {
      Arrays.fill(units, at, at + counts[i], i);
      at += counts[i];
    }
    return units;
  }

  private ChannelImage prepare(int i) throws IOException {
    ChannelImage image = source.read(i);
    makeFinite(image);
    int w = image.width();
    int h = image.height();
    int side = Math.min(w, h);
    ChannelImage sized;
    if (info.patches) {
      double scale = patchScale(sizes, i, options, info.size);
      int newWidth = Math.max(info.size, (int) Math.round(w * scale));
      int newHeight = Math.max(info.size, (int) Math.round(h * scale));
      sized =
          newWidth == w && newHeight == h
              ? image
              : Resampler.resize(image, 0, 0, w, h, newWidth, newHeight);
    } else if (options.fit() == Fit.STRETCH) {
      sized = Resampler.resize(image, 0, 0, w, h, info.size, info.size);
    } else {
      double x = (w - side) / 2.0;
      double y = (h - side) / 2.0;
      sized = Resampler.resize(image, x, y, side, side, info.size, info.size);
    }
    float[] values = sized.values();
    int plane = sized.width() * sized.height();
    for (int p = 0; p < values.length; p++) {
      values[p] = info.scaling.toModel(values[p], p / plane);
    }
    return sized;
  }

  /** Before resampling, which would spread what is no number to its neighbours. */
  private void makeFinite(ChannelImage image) {
    if (source.format().bitDepth() != 32) return;
    float[] values = image.values();
    int plane = image.width() * image.height();
    for (int p = 0; p < values.length; p++) {
      if (Float.isFinite(values[p])) continue;
      boolean bright = values[p] == Float.POSITIVE_INFINITY;
      int c = p / plane;
      values[p] = (float) (bright ? info.scaling.high(c) : info.scaling.low(c));
    }
  }

  private ChannelImage image(int i) throws IOException {
    synchronized (kept) {
      if (kept[i] != null) return kept[i];
      if (i == lastNumber) return last;
    }
    ChannelImage image = prepare(i);
    long bytes = 4L * image.values().length;
    synchronized (kept) {
      last = image;
      lastNumber = i;
      if (kept[i] == null && budget >= bytes) {
        kept[i] = image;
        budget -= bytes;
      }
    }
    return image;
  }

  /** A number that follows from the pixels of image {@code i}. */
  int fingerprint(int i) throws IOException {
    Integer known = fingerprints.get(i);
    if (known == null) {
      known = Arrays.hashCode(image(i).values());
      fingerprints.put(i, known);
    }
    return known;
  }

  /**
   * Writes one view. An angle that leaves no room for the view in the image is not taken.
   *
   * @param out receives {@code [channels, size, size]} in [-1, 1] from {@code offset} on
   */
  void view(int i, Pose pose, float[] out, int offset) throws IOException {
    ChannelImage image = image(i);
    int n = info.size;
    if (RotatedPatch.fits(image, n, pose.angle())) image = RotatedPatch.of(image, n, pose);
    int left = (int) (pose.across() * (image.width() - n + 1));
    int top = (int) (pose.down() * (image.height() - n + 1));
    float[] values = image.values();
    int at = offset;
    for (int c = 0; c < info.channels; c++) {
      int plane = c * image.height() * image.width();
      for (int y = 0; y < n; y++) {
        for (int x = 0; x < n; x++) {
          int sx = pose.flip() ? n - 1 - x : x;
          int sy = y;
          for (int t = 0; t < pose.turns(); t++) {
            int swap = sx;
            sx = sy;
            sy = n - 1 - swap;
          }
          out[at++] = values[plane + (top + sy) * image.width() + left + sx];
        }
      }
    }
  }

  void release() {
    synchronized (kept) {
      Arrays.fill(kept, null);
      last = null;
      lastNumber = -1;
      budget = 0;
    }
  }
}
