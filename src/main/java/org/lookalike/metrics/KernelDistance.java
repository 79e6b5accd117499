package org.lookalike.metrics;

import org.lookalike.image.InputException;

/**
 * KID (Bińkowski et al. 2018): the unbiased squared maximum mean discrepancy under the kernel
 * (x·y/d + 1)³, over 100 random subsets of min(1000, N). Being unbiased it may be negative.
 */
public final class KernelDistance {
  private static final int SUBSETS = 100;
  private static final int LARGEST_SUBSET = 1000;

  private KernelDistance() {}

  /**
   * Mean and population standard deviation over the subsets. Where both sets are no larger than a
   * subset, all subsets are the same and the deviation is 0.
   *
   * @param seed of the subsets
   * @throws InputException if a set has fewer than two rows or the dimensions differ
   */
  public static Estimate of(FeatureSet reals, FeatureSet synthetics, long seed) {
    Require.rows(reals, 2, "KID");
    Require.rows(synthetics, 2, "KID");
    Require.sameDimensions(reals, synthetics);
    int size = Math.min(LARGEST_SUBSET, Math.min(reals.rows(), synthetics.rows()));
    boolean all = size == reals.rows() && size == synthetics.rows();
    if (all) return Estimate.ofPopulation(between(reals, synthetics));
    Shuffle shuffle = new Shuffle(seed);
    double[] values = new double[SUBSETS];
    for (int i = 0; i < SUBSETS; i++) {
      FeatureSet a = reals.subset(shuffle.choose(size, reals.rows()));
      FeatureSet b = synthetics.subset(shuffle.choose(size, synthetics.rows()));
      values[i] = between(a, b);
    }
    return Estimate.ofPopulation(values);
  }

  /**
   * The deviation of {@link #of}; NaN where both sets are no larger than a subset, which says
   * nothing of how sure the distance is.
   */
  static double spread(FeatureSet reals, FeatureSet synthetics, long seed) {
    boolean all = reals.rows() == synthetics.rows() && reals.rows() <= LARGEST_SUBSET;
    return all ? Double.NaN : of(reals, synthetics, seed).deviation();
  }

  /** Unbiased, of two whole sets of at least two rows each. */
  static double between(FeatureSet a, FeatureSet b) {
    double n = a.rows();
    double m = b.rows();
    double within = sum(a, a, true) / (n * (n - 1)) + sum(b, b, true) / (m * (m - 1));
    return within - 2 * sum(a, b, false) / (n * m);
  }

  private static double sum(FeatureSet a, FeatureSet b, boolean withoutDiagonal) {
    double[] sums = new double[a.rows()];
    double scale = 1.0 / a.dimensions();
    RowPairs.innerProducts(
        a,
        b,
        (row, first, count, values) -> {
          double sum = 0;
          for (int j = 0; j < count; j++) {
            if (withoutDiagonal && first + j == row) continue;
            double k = values[j] * scale + 1;
            sum += k * k * k;
          }
          sums[row] += sum;
        });
    double sum = 0;
    for (double s : sums) sum += s;
    return sum;
  }
}
