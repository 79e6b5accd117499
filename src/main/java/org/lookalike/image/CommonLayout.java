package org.lookalike.image;

import java.util.Arrays;

/** What pictures have in common place by place, seen on a coarse grid. */
final class CommonLayout {
  private static final int GRID = 8;

  private final double[] sum = new double[GRID * GRID];
  private int count;
  private double variance;
  private double[] last;
  private double neighbours;

  /** Takes note of the next picture of the source. */
  void add(ChannelImage image) {
    ChannelImage small = Resampler.resize(image, 0, 0, image.width(), image.height(), GRID, GRID);
    double[] cells = new double[GRID * GRID];
    for (int i = 0; i < small.values().length; i++) {
      cells[i % cells.length] += small.values()[i] / image.channels();
    }
    for (int i = 0; i < cells.length; i++) sum[i] += cells[i];
    variance += covariance(cells, cells);
    if (last != null) neighbours += covariance(cells, last);
    last = cells;
    count++;
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
    double[] mean = Arrays.stream(sum).map(v -> v / count).toArray();
    return covariance(mean, mean);
  }

  /**
   * How many independent pictures the coarse structure is worth, at most as many as there are:
   * frames of a film and slices of a volume resemble their neighbours and count for fewer, N (1 -
   * ρ) / (1 + ρ) for a correlation ρ of what two neighbours have beyond the mean (Bartlett 1946).
   */
  double independent() {
    double own = variance / count - commonVariance();
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
    if (variance == 0) return 0;
    return commonVariance() / (variance / count) - 1 / independent();
  }
}
