package org.lookalike.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lookalike.image.InputException;

/**
 * Fréchet distance of two Gaussians (FID: Heusel et al. 2017): ‖μ1-μ2‖² + tr(Σ1+Σ2) - 2·Σ√eig(Σ1Σ2)
 * with covariances by N-1.
 *
 * <p>Σ1Σ2 has the eigenvalues of the symmetric WᵀΣ2W, where Σ1 = WWᵀ: real, no iteration for a
 * matrix root, and stable where a covariance has no full rank. What rounding makes negative is
 * zero. Finite samples bias the distance upwards; compare it with its {@link Floor}.
 */
public final class FrechetDistance {
  private final int dimensions;
  private final boolean rankDeficient;
  private final double[] mean;
  private final double trace;

  /** The columns of W, {@code [rank][dimensions]}. */
  private final double[][] root;

  /**
   * Prepares distances from one distribution, usually the reals.
   *
   * @throws InputException if it has fewer than two images
   */
  public FrechetDistance(Moments reference) {
    this(reference.mean(), reference.covariance(), reference.rankDeficient());
  }

  private FrechetDistance(double[] mean, double[] covariance, boolean rankDeficient) {
    dimensions = mean.length;
    this.rankDeficient = rankDeficient;
    this.mean = mean;
    trace = trace(covariance, dimensions);
    root = CovarianceRoot.columns(covariance, dimensions);
  }

  /**
   * @throws InputException if the dimensions differ or one has fewer than two images
   */
  public static double between(Moments a, Moments b) {
    Require.sameDimensions(a.dimensions(), b.dimensions());
    // The root of fewer images has fewer columns.
    boolean first = a.count() <= b.count();
    return new FrechetDistance(first ? a : b).to(first ? b : a);
  }

  /** FID of two sets of features. */
  public static double between(FeatureSet a, FeatureSet b) {
    return between(Moments.of(a), Moments.of(b));
  }

  /**
   * Between known Gaussians.
   *
   * @param covariance1 {@code [d, d]}, row after row
   */
  static double between(
      double[] mean1, double[] covariance1, double[] mean2, double[] covariance2) {
    return new FrechetDistance(mean1, covariance1, false).to(mean2, covariance2);
  }

  /**
   * @throws InputException if the dimensions differ or it has fewer than two images
   */
  public double to(Moments other) {
    Require.sameDimensions(dimensions, other.dimensions());
    return to(other.mean(), other.covariance());
  }

  /** Whether either side has N ≤ d, so that the distance says little in absolute terms. */
  public boolean rankDeficient(Moments other) {
    return rankDeficient || other.rankDeficient();
  }

  private double to(double[] otherMean, double[] covariance) {
    double distance = trace + trace(covariance, dimensions);
    for (int j = 0; j < dimensions; j++) {
      double difference = mean[j] - otherMean[j];
      distance += difference * difference;
    }
    for (double value : SymmetricEigen.values(between(covariance), root.length)) {
      distance -= 2 * Math.sqrt(Math.max(0, value));
    }
    return distance;
  }

  /** WᵀΣW, {@code [rank, rank]}. */
  private double[] between(double[] covariance) {
    int rank = root.length;
    double[][] rows = new double[dimensions][];
    double[][] columns = new double[dimensions][rank];
    for (int j = 0; j < dimensions; j++) {
      rows[j] = Arrays.copyOfRange(covariance, j * dimensions, (j + 1) * dimensions);
      for (int i = 0; i < rank; i++) columns[j][i] = root[i][j];
    }
    double[] result = new double[rank * rank];
    IntStream.range(0, rank)
        .parallel()
        .forEach(
            i -> {
              double[] row = combination(combination(root[i], rows), columns);
              System.arraycopy(row, 0, result, i * rank, rank);
            });
    // Rounding must not make it lopsided.
    for (int i = 0; i < rank; i++) {
      for (int j = 0; j < i; j++) result[i * rank + j] = result[j * rank + i];
    }
    return result;
  }

  /** Σ weights[i]·rows[i]. */
  private static double[] combination(double[] weights, double[][] rows) {
    double[] sum = new double[rows[0].length];
    int i = 0;
    for (; i + 3 < weights.length; i += 4) {
      addFour(sum, weights, i, rows[i], rows[i + 1], rows[i + 2], rows[i + 3]);
    }
    for (; i < weights.length; i++) {
      for (int j = 0; j < sum.length; j++) sum[j] += weights[i] * rows[i][j];
    }
    return sum;
  }

  /** One load and store of the sums for four terms. */
  private static void addFour(
      double[] sum, double[] weights, int i, double[] a, double[] b, double[] c, double[] d) {
    double wa = weights[i];
    double wb = weights[i + 1];
    double wc = weights[i + 2];
    double wd = weights[i + 3];
    // Features that are the same for all images, common in deep layers, end here.
    if (wa == 0 && wb == 0 && wc == 0 && wd == 0) return;
    for (int j = 0; j < sum.length; j++) {
      sum[j] += wa * a[j] + wb * b[j] + (wc * c[j] + wd * d[j]);
    }
  }

  private static double trace(double[] matrix, int n) {
    double trace = 0;
    for (int i = 0; i < n; i++) trace += matrix[i * n + i];
    return trace;
  }
}
