package org.lookalike.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Random;

/** One look at every picture of a source: intensities, sizes, and whether position matters. */
final class Survey {
  private static final int GRID = 8;
  private static final int RESERVOIR = 1 << 20;
  private static final double TAIL = 0.25;

  final int count;
  final int[] widths;
  final int[] heights;
  final long fingerprint;
  private final int bitDepth;
  private final int channels;
  private final long[][] histograms;
  private final float[][] reservoirs;
  private final long[] seen;
  private final Random random = new Random(1);
  private final double[] gridSum = new double[GRID * GRID];
  private double gridVariance;
  private double[] lastCells;
  private double neighbours;

  private Survey(ImageSource source) throws IOException {
    count = source.count();
    widths = new int[count];
    heights = new int[count];
    bitDepth = source.format().bitDepth();
    channels = source.format().channels();
    histograms = new long[channels][bitDepth == 32 ? 0 : 1 << bitDepth];
    reservoirs = new float[channels][bitDepth == 32 ? RESERVOIR : 0];
    seen = new long[channels];
    long hash = count;
    for (int i = 0; i < count; i++) {
      ChannelImage image = source.read(i);
      widths[i] = image.width();
      heights[i] = image.height();
      hash = hash * 31 + source.nameOf(i).hashCode();
      hash = hash * 31 + 31L * image.width() + image.height();
      for (int c = 0; c < channels; c++) count(image, c);
      addGrid(image);
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

  /** Median of the pictures' shorter sides. */
  int medianSide() {
    int[] sides = new int[count];
    for (int i = 0; i < count; i++) sides[i] = Math.min(widths[i], heights[i]);
    Arrays.sort(sides);
    return sides[count / 2];
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

  private void addGrid(ChannelImage image) {
    ChannelImage small = Resampler.resize(image, 0, 0, image.width(), image.height(), GRID, GRID);
    double[] cells = new double[GRID * GRID];
    for (int i = 0; i < small.values().length; i++) {
      cells[i % cells.length] += small.values()[i] / channels;
    }
    for (int i = 0; i < cells.length; i++) gridSum[i] += cells[i];
    gridVariance += covariance(cells, cells);
    if (lastCells != null) neighbours += covariance(cells, lastCells);
    lastCells = cells;
  }

  private static double covariance(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElse(0);
    double meanB = Arrays.stream(b).average().orElse(0);
    double sum = 0;
    for (int i = 0; i < a.length; i++) sum += (a[i] - meanA) * (b[i] - meanB);
    return sum / a.length;
  }

  /** Variance over positions of the pictures' mean. */
  private double commonVariance() {
    double[] mean = Arrays.stream(gridSum).map(v -> v / count).toArray();
    return covariance(mean, mean);
  }

  /**
   * How many independent pictures the coarse structure is worth, at most as many as there are:
   * frames of a film and slices of a volume resemble their neighbours and count for fewer, N (1 -
   * ρ) / (1 + ρ) for a correlation ρ of what two neighbours have beyond the mean (Bartlett 1946).
   */
  double independent() {
    double own = gridVariance / count - commonVariance();
    if (count < 2 || own <= 0) return count;
    double correlation = (neighbours / (count - 1) - commonVariance()) / own;
    if (correlation <= 0) return count;
    return Math.max(1, count * (1 - correlation) / (1 + correlation));
  }

  /** Whether neighbouring pictures resemble each other, as frames or slices of one scene do. */
  boolean isOfOneScene() {
    return independent() <= count / 2.0;
  }

  /**
   * How much of the coarse structure is the same in all pictures: the variance over positions of
   * their mean, over the mean of their variances, less what chance gives, 1 over the number of
   * {@link #independent} pictures. At most about 0 for fields of cells, large for aligned anatomy.
   */
  double positionMatters() {
    if (gridVariance == 0) return 0;
    return commonVariance() / (gridVariance / count) - 1 / independent();
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
