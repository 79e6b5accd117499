package org.lookalike.metrics;

import java.util.stream.IntStream;
import org.lookalike.image.InputException;

/**
 * Vendi score (Friedman and Dieng 2023): exp(-Σ λ log λ) of the eigenvalues λ of K/n, the effective
 * number of different images. 1 for n copies, n for n images that have nothing in common.
 */
public final class VendiScore {
  private VendiScore() {}

  /**
   * With the cosine kernel.
   *
   * @throws InputException if there are no rows or a row is zero
   */
  public static double of(FeatureSet set) {
    Require.rows(set, 1, "The Vendi score");
    FeatureSet unit = normalised(set);
    int n = set.rows();
    int d = set.dimensions();
    // XXᵀ and XᵀX share their eigenvalues but for zeros.
    double[] kernel = n <= d ? gram(unit) : Moments.of(unit).products();
    return score(kernel, Math.min(n, d), n);
  }

  /**
   * With any kernel.
   *
   * @param kernel {@code [n, n]}, symmetric, positive semidefinite, ones on the diagonal
   */
  public static double ofKernel(double[][] kernel) {
    int n = kernel.length;
    double[] matrix = new double[n * n];
    for (int i = 0; i < n; i++) System.arraycopy(kernel[i], 0, matrix, i * n, n);
    return score(matrix, n, n);
  }

  private static double score(double[] matrix, int size, int n) {
    double entropy = 0;
    for (double value : SymmetricEigen.values(matrix, size)) {
      double share = value / n;
      if (share > 0) entropy -= share * Math.log(share);
    }
    return Math.exp(entropy);
  }

  private static double[] gram(FeatureSet set) {
    int n = set.rows();
    double[] gram = new double[n * n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              for (int j = i; j < n; j++) {
                double sum = 0;
                for (int p = 0; p < set.dimensions(); p++) {
                  sum += (double) set.value(i, p) * set.value(j, p);
                }
                gram[i * n + j] = sum;
                gram[j * n + i] = sum;
              }
            });
    return gram;
  }

  private static FeatureSet normalised(FeatureSet set) {
    int d = set.dimensions();
    float[] values = new float[set.rows() * d];
    for (int i = 0; i < set.rows(); i++) {
      double squares = 0;
      for (int p = 0; p < d; p++) squares += (double) set.value(i, p) * set.value(i, p);
      if (squares == 0) {
        throw new InputException(
            "All features of row " + (i + 1) + " are zero and have no direction; leave it out.");
      }
      double length = Math.sqrt(squares);
      for (int p = 0; p < d; p++) values[i * d + p] = (float) (set.value(i, p) / length);
    }
    return new FeatureSet(values, set.rows(), d);
  }
}
