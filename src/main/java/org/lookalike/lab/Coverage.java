package org.lookalike.lab;

/**
 * How many modes samples cover, as VEEGAN and PacGAN count: a sample is of high quality if it lies
 * within three standard deviations of its nearest mode; a mode is covered if it has such a sample.
 */
public final class Coverage {
  private final boolean[] covered;
  private final int modes;
  private final double highQuality;
  private final double reverseKl;

  private Coverage(boolean[] covered, int modes, double highQuality, double reverseKl) {
    this.covered = covered;
    this.modes = modes;
    this.highQuality = highQuality;
    this.reverseKl = reverseKl;
  }

  /**
   * @param points {@code [n, dimensions]}
   */
  static Coverage of(Mixture mixture, float[] points) {
    int n = points.length / mixture.dimensions();
    int[] counts = new int[mixture.modes()];
    boolean[] covered = new boolean[mixture.modes()];
    int good = 0;
    for (int i = 0; i < n; i++) {
      int mode = mixture.nearest(points, i);
      counts[mode]++;
      if (!mixture.isHighQuality(points, i, mode)) continue;
      good++;
      covered[mode] = true;
    }
    int modes = 0;
    double entropy = 0;
    for (int m = 0; m < counts.length; m++) {
      if (covered[m]) modes++;
      double p = (double) counts[m] / n;
      if (p > 0) entropy -= p * Math.log(p);
    }
    double reverseKl = Math.log(counts.length) - entropy;
    return new Coverage(covered, modes, (double) good / n, reverseKl);
  }

  /** Whether that mode has a sample of high quality. */
  public boolean isCovered(int mode) {
    return covered[mode];
  }

  /** Modes with a sample of high quality. */
  public int modes() {
    return modes;
  }

  /** Share of samples of high quality, 0 to 1. */
  public double highQuality() {
    return highQuality;
  }

  /**
   * Kullback-Leibler divergence of the samples' histogram over their nearest modes from the equal
   * one, {@code ln K - entropy}: 0 where all modes are equally frequent, ln K where there is one.
   */
  public double reverseKl() {
    return reverseKl;
  }
}
