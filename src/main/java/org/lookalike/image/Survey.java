package org.lookalike.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** One look at every picture of a source: intensities, sizes and structure. */
final class Survey {
  private static final int RESERVOIR = 1 << 20;
  private static final double TAIL = 0.25;

  /** Every so many-th pixel tells images apart. */
  private static final int HASHED = 13;

  final int count;
  final ImageSizes sizes;
  final long fingerprint;
  final CommonLayout layout = new CommonLayout();
  final StructureWidth structures = new StructureWidth();
  private final int bitDepth;
  private final int channels;
  private final long[][] histograms;
  private final float[][] reservoirs;
  private final long[] seen;
  private final Random random = new Random(1);

  private Survey(ImageSource source) throws IOException {
    count = source.count();
    sizes = new ImageSizes(count);
    bitDepth = source.format().bitDepth();
    channels = source.format().channels();
    histograms = new long[channels][bitDepth == 32 ? 0 : 1 << bitDepth];
    reservoirs = new float[channels][bitDepth == 32 ? RESERVOIR : 0];
    seen = new long[channels];
    boolean classed = !source.classes().isEmpty();
    long hash = source.classes().hashCode() * 31L + count;
    for (int i = 0; i < count; i++) {
      ChannelImage image = source.read(i);
      sizes.set(i, image.width(), image.height(), source.pixelWidth(i));
      hash = hash * 31 + hash(image);
      if (classed) hash = hash * 31 + source.classOf(i);
      for (int c = 0; c < channels; c++) count(image, c);
      ChannelImage finite = finite(image);
      layout.add(finite);
      structures.add(finite);
    }
    fingerprint = hash;
  }

  /**
   * Looks at every picture.
   *
   * @throws InputException if one cannot be read
   */
  static Survey of(ImageSource source) {
    try {
      return new Survey(source);
    } catch (IOException e) {
      throw new InputException(
          "The images in " + source.name() + " cannot be read: " + e.getMessage() + ".", e);
    }
  }

  private void count(ChannelImage image, int c) {
    int plane = image.width() * image.height();
    for (int p = c * plane; p < (c + 1) * plane; p++) {
      float value = image.values()[p];
      if (bitDepth != 32) {
        histograms[c][(int) value]++;
        seen[c]++;
      } else if (!Float.isNaN(value) && !Float.isInfinite(value)) {
        // Reservoir sampling (Vitter 1985): every pixel is as likely to be kept.
        long place = seen[c] < RESERVOIR ? seen[c] : (long) (random.nextDouble() * (seen[c] + 1));
        if (place < RESERVOIR) reservoirs[c][(int) place] = value;
        seen[c]++;
      }
    }
  }

  /** Of the size and some of the pixels, not of names, which change as files move. */
  private static long hash(ChannelImage image) {
    long hash = 31L * image.width() + image.height();
    float[] values = image.values();
    for (int p = 0; p < values.length; p += HASHED) {
      hash = hash * 31 + Float.floatToIntBits(values[p]);
    }
    return hash;
  }

  private static boolean isFinite(float[] values) {
    for (float value : values) if (!Float.isFinite(value)) return false;
    return true;
  }

  /** With the mean of the other pixels of its channel in the place of what is no number. */
  private ChannelImage finite(ChannelImage image) {
    if (bitDepth != 32 || isFinite(image.values())) return image;
    float[] values = image.values().clone();
    int plane = image.width() * image.height();
    for (int c = 0; c < channels; c++) {
      double sum = 0;
      int numbers = 0;
      for (int p = c * plane; p < (c + 1) * plane; p++) {
        if (!Float.isFinite(values[p])) continue;
        sum += values[p];
        numbers++;
      }
      float mean = numbers == 0 ? 0 : (float) (sum / numbers);
      for (int p = c * plane; p < (c + 1) * plane; p++) {
        if (!Float.isFinite(values[p])) values[p] = mean;
      }
    }
    return new ChannelImage(channels, image.height(), image.width(), values);
  }

  /** The value below which {@code share} of the channel's pixels lie. */
  private double quantile(int c, double share) {
    if (bitDepth == 32) {
      int n = (int) Math.min(seen[c], RESERVOIR);
      if (n == 0) return 0;
      float[] sorted = Arrays.copyOf(reservoirs[c], n);
      Arrays.sort(sorted);
      return sorted[(int) Math.min(n - 1, Math.floor(share * n))];
    }
    long target = Math.min(seen[c] - 1, (long) Math.floor(share * seen[c]));
    long below = 0;
    for (int v = 0; v < histograms[c].length; v++) {
      below += histograms[c][v];
      if (below > target) return v;
    }
    return histograms[c].length - 1;
  }

  /**
   * Fits the scaling.
   *
   * @param saturated percent of the pixels clipped at each end
   * @throws InputException if all channels are constant
   */
  IntensityScaling fit(double saturated, Intensity intensity, String name) {
    double[] low = new double[channels];
    double[] high = new double[channels];
    boolean[] root = new boolean[channels];
    boolean constant = true;
    for (int c = 0; c < channels; c++) {
      low[c] = quantile(c, saturated / 100);
      high[c] = quantile(c, 1 - saturated / 100);
      if (high[c] <= low[c]) {
        low[c] = quantile(c, 0);
        high[c] = quantile(c, 1 - 1e-12);
      }
      constant &= high[c] <= low[c];
      double median = (quantile(c, 0.5) - low[c]) / (high[c] - low[c]);
      root[c] = intensity == Intensity.SQRT || intensity == Intensity.AUTO && median < TAIL;
    }
    if (constant) {
      throw new InputException(
          "All images in " + name + " are of one constant value; there is nothing to learn.");
    }
    return new IntensityScaling(bitDepth, low, high, root);
  }
}
