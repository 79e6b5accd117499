package org.lookalike.metrics;

import org.lookalike.image.InputException;

/**
 * Number of statistically different bins (NDB: Richardson and Weiss 2018): the reals are cut into
 * 100 cells by k-means, and the share of synthetics in each is held against that of the reals.
 */
public final class BinnedProportions {
  private static final int MOST_BINS = 100;

  /** Fewer reals in a bin leave the z test nothing to see. */
  private static final int REALS_PER_BIN = 10;

  /** Two-sided, at a level of 0.05. */
  private static final double CRITICAL_Z = 1.959964;

  private final int bins;
  private final int different;
  private final double divergence;

  private BinnedProportions(int bins, int different, double divergence) {
    this.bins = bins;
    this.different = different;
    this.divergence = divergence;
  }

  /**
   * With 100 bins, or a tenth of the number of reals if that is less.
   *
   * @param seed of k-means
   * @throws InputException if there are fewer than 20 reals, no synthetics, or the dimensions
   *     differ
   */
  public static BinnedProportions of(FeatureSet reals, FeatureSet synthetics, long seed) {
    Require.rows(reals, 2 * REALS_PER_BIN, "NDB");
    Require.rows(synthetics, 1, "NDB");
    Require.sameDimensions(reals, synthetics);
    int bins = Math.min(MOST_BINS, reals.rows() / REALS_PER_BIN);
    KMeans cells = KMeans.fit(reals, bins, seed);
    return of(cells.sizes(reals), cells.sizes(synthetics));
  }

  /** From how many of each lie in each bin. */
  static BinnedProportions of(int[] reals, int[] synthetics) {
    double n = sum(reals);
    double m = sum(synthetics);
    int different = 0;
    double divergence = 0;
    for (int i = 0; i < reals.length; i++) {
      double p = reals[i] / n;
      double q = synthetics[i] / m;
      double pooled = (reals[i] + synthetics[i]) / (n + m);
      double error = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
      if (Math.abs(p - q) > CRITICAL_Z * error) different++;
      divergence += (term(p, (p + q) / 2) + term(q, (p + q) / 2)) / 2;
    }
    return new BinnedProportions(reals.length, different, divergence);
  }

  private static double term(double p, double mean) {
    return p == 0 ? 0 : p * Math.log(p / mean) / Math.log(2);
  }

  private static int sum(int[] counts) {
    int sum = 0;
    for (int count : counts) sum += count;
    return sum;
  }

  public int bins() {
    return bins;
  }

  /** Bins whose shares differ at the 0.05 level; a twentieth of all for the same distribution. */
  public int different() {
    return different;
  }

  /** {@code different / bins}, in [0, 1]. */
  public double share() {
    return different / (double) bins;
  }

  /** Jensen–Shannon divergence of the bins' shares in bits: 0 the same, 1 no bin in common. */
  public double divergence() {
    return divergence;
  }
}
