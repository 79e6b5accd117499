package org.lookalike.metrics;

import org.lookalike.image.InputException;

/**
 * Density and coverage (Naeem et al. 2020), sturdier against outliers than precision and recall.
 * Around each real lies a ball that reaches to its k-th other real, k = 5. Density: how many balls
 * a synthetic lies in, divided by k. Coverage: share of balls that hold a synthetic.
 */
public final class DensityCoverage {
  private static final int NEIGHBOURS = 5;

  private final double density;
  private final double coverage;

  private DensityCoverage(double density, double coverage) {
    this.density = density;
    this.coverage = coverage;
  }

  /** With k = 5; see {@link #of(FeatureSet, FeatureSet, int)}. */
  public static DensityCoverage of(FeatureSet reals, FeatureSet synthetics) {
    return of(reals, synthetics, NEIGHBOURS);
  }

  /**
   * @throws InputException if there are no more than k reals, no synthetics, or the dimensions
   *     differ
   */
  public static DensityCoverage of(FeatureSet reals, FeatureSet synthetics, int k) {
    Require.rows(reals, k + 1, "Density and coverage");
    Require.rows(synthetics, 1, "Density and coverage");
    NearestNeighbours balls = NearestNeighbours.within(reals, k);
    int[] held = new int[reals.rows()];
    RowPairs.squaredDistances(
        reals,
        synthetics,
        (real, first, count, values) -> {
          float radius = balls.squaredDistance(real, k - 1);
          for (int j = 0; j < count; j++) {
            if (values[j] < radius) held[real]++;
          }
        });
    long all = 0;
    int covered = 0;
    for (int count : held) {
      all += count;
      if (count > 0) covered++;
    }
    double density = all / ((double) k * synthetics.rows());
    return new DensityCoverage(density, covered / (double) reals.rows());
  }

  /** About 1 for the same distribution; may be larger. */
  public double density() {
    return density;
  }

  /** In [0, 1]. */
  public double coverage() {
    return coverage;
  }

  /** What coverage is on average if both sets have one distribution, with k = 5. */
  public static double expectedCoverage(int reals, int synthetics) {
    double missed = 1;
    for (int i = 1; i <= NEIGHBOURS; i++) {
      missed *= (reals - i) / (double) (reals + synthetics - i);
    }
    return 1 - missed;
  }
}
