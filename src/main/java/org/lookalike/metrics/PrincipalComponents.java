package org.lookalike.metrics;

import java.util.stream.IntStream;
import org.lookalike.image.InputException;

/**
 * Directions of largest variance. With fewer rows than dimensions they are found from the inner
 * products of rows, so that even pixels can be their features. The largest entry of a direction is
 * positive, which settles its sign.
 */
public final class PrincipalComponents {
  /** Variances below this share of the largest are rounding and have no direction. */
  private static final double RANK = 1e-10;

  private final double[] mean;
  private final double[][] directions;
  private final double[] variances;
  private final double total;

  private PrincipalComponents(
      double[] mean, double[][] directions, double[] variances, double total) {
    this.mean = mean;
    this.directions = directions;
    this.variances = variances;
    this.total = total;
  }

  /**
   * @param most components kept; fewer if the rows do not vary in as many directions
   * @throws InputException if there are fewer than two rows or all are equal
   */
  public static PrincipalComponents fit(FeatureSet set, int most) {
    Require.rows(set, 2, "Finding principal components");
    int n = set.rows();
    int d = set.dimensions();
    double[] mean = mean(set);
    double[] matrix = n <= d ? gram(set, mean) : Moments.of(set).covariance();
    int size = Math.min(n, d);
    double total = 0;
    for (int i = 0; i < size; i++) total += matrix[i * size + i];
    SymmetricEigen eigen = SymmetricEigen.of(matrix, size);
    if (total <= 0 || eigen.value(0) <= 0) {
      throw new InputException(
          "All images have the same features, so they have no principal components.");
    }
    int count = 0;
    while (count < Math.min(most, size) && eigen.value(count) > RANK * eigen.value(0)) count++;
    double[][] directions = new double[count][];
    double[] variances = new double[count];
    for (int i = 0; i < count; i++) {
      variances[i] = eigen.value(i);
      double[] vector = eigen.vector(i);
      directions[i] = direction(n <= d ? combination(set, mean, vector) : vector);
    }
    return new PrincipalComponents(mean, directions, variances, total);
  }

  private static double[] mean(FeatureSet set) {
    double[] mean = new double[set.dimensions()];
    for (int i = 0; i < set.rows(); i++) {
      for (int j = 0; j < mean.length; j++) mean[j] += set.value(i, j);
    }
    for (int j = 0; j < mean.length; j++) mean[j] /= set.rows();
    return mean;
  }

  /** Inner products of centred rows, divided by N-1: the covariance's eigenvalues. */
  private static double[] gram(FeatureSet set, double[] mean) {
    int n = set.rows();
    double[] gram = new double[n * n];
    IntStream.range(0, n)
        .parallel()
        .forEach(
            i -> {
              for (int j = i; j < n; j++) {
                double sum = 0;
                for (int p = 0; p < mean.length; p++) {
                  sum += (set.value(i, p) - mean[p]) * (set.value(j, p) - mean[p]);
                }
                gram[i * n + j] = sum / (n - 1);
                gram[j * n + i] = sum / (n - 1);
              }
            });
    return gram;
  }

  private static double[] combination(FeatureSet set, double[] mean, double[] weights) {
    double[] sum = new double[mean.length];
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < sum.length; j++) sum[j] += weights[i] * (set.value(i, j) - mean[j]);
    }
    return sum;
  }

  private static double[] direction(double[] vector) {
    double squares = 0;
    double largest = 0;
    for (double v : vector) {
      squares += v * v;
      if (Math.abs(v) > Math.abs(largest)) largest = v;
    }
    double length = Math.copySign(Math.sqrt(squares), largest);
    double[] unit = new double[vector.length];
    for (int j = 0; j < unit.length; j++) unit[j] = vector[j] / length;
    return unit;
  }

  /** Components kept. */
  public int count() {
    return directions.length;
  }

  /** Variance along a component, with N-1. */
  public double variance(int component) {
    return variances[component];
  }

  /** Share of all variance along a component, in [0, 1]. */
  public double share(int component) {
    return variances[component] / total;
  }

  /** A copy of a component's direction, of unit length. */
  public double[] direction(int component) {
    return directions[component].clone();
  }

  /**
   * Coordinates along the components, {@code [rows, count]}; names are kept.
   *
   * @throws InputException if the dimensions differ
   */
  public FeatureSet project(FeatureSet set) {
    Require.sameDimensions(mean.length, set.dimensions());
    float[] result = new float[set.rows() * count()];
    IntStream.range(0, set.rows())
        .parallel()
        .forEach(
            i -> {
              for (int c = 0; c < count(); c++) {
                double sum = 0;
                for (int j = 0; j < mean.length; j++) {
                  sum += directions[c][j] * (set.value(i, j) - mean[j]);
                }
                result[i * count() + c] = (float) sum;
              }
            });
    return new FeatureSet(result, set.rows(), count(), set.names());
  }
}
