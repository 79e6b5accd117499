package org.lookalike.metrics;

import org.lookalike.image.InputException;

/**
 * Improved precision and recall (Kynkäänniemi et al. 2019). A set's manifold is the union of balls
 * around its rows that reach to the k-th other row, k = 3. Precision: share of synthetics on the
 * reals' manifold. Recall: share of reals on the synthetics'. Sets of one size compare best.
 */
public final class PrecisionRecall {
  private static final int NEIGHBOURS = 3;

  private final double precision;
  private final double recall;

  private PrecisionRecall(double precision, double recall) {
    this.precision = precision;
    this.recall = recall;
  }

  /** With k = 3; see {@link #of(FeatureSet, FeatureSet, int)}. */
  public static PrecisionRecall of(FeatureSet reals, FeatureSet synthetics) {
    return of(reals, synthetics, NEIGHBOURS);
  }

  /**
   * @throws InputException if a set has no more than k rows or the dimensions differ
   */
  public static PrecisionRecall of(FeatureSet reals, FeatureSet synthetics, int k) {
    Require.rows(reals, k + 1, "Precision and recall");
    Require.rows(synthetics, k + 1, "Precision and recall");
    return new PrecisionRecall(covered(synthetics, reals, k), covered(reals, synthetics, k));
  }

  /** Share of rows on the manifold of others. */
  private static double covered(FeatureSet rows, FeatureSet manifold, int k) {
    NearestNeighbours balls = NearestNeighbours.within(manifold, k);
    boolean[] inside = new boolean[rows.rows()];
    RowPairs.squaredDistances(
        rows,
        manifold,
        (row, first, count, values) -> {
          for (int j = 0; j < count && !inside[row]; j++) {
            inside[row] = values[j] <= balls.squaredDistance(first + j, k - 1);
          }
        });
    int sum = 0;
    for (boolean i : inside) if (i) sum++;
    return sum / (double) inside.length;
  }

  /** In [0, 1]. */
  public double precision() {
    return precision;
  }

  /** In [0, 1]. */
  public double recall() {
    return recall;
  }
}
