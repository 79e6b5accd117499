package org.lookalike.metrics;

import java.util.stream.IntStream;
import org.lookalike.image.InputException;

/**
 * First and second moments of features, from sums that can be merged: n, Σf and Σffᵀ in double. Any
 * number of images passes through without being held. Not safe for several threads.
 */
public final class Moments {
  private static final int ROWS_AT_ONCE = 32;

  private final int dimensions;
  private final double[] sum;

  /** Upper triangle of Σffᵀ, {@code [dimensions, dimensions]}. */
  private final double[] products;

  private long count;

  /** Of nothing yet. */
  public Moments(int dimensions) {
    this.dimensions = dimensions;
    sum = new double[dimensions];
    products = new double[Math.multiplyExact(dimensions, dimensions)];
  }

  public static Moments of(FeatureSet set) {
    Moments moments = new Moments(set.dimensions());
    moments.add(set);
    return moments;
  }

  /**
   * @throws InputException if the dimensions differ
   */
  public void add(FeatureSet set) {
    Require.sameDimensions(dimensions, set.dimensions());
    double[][] rows = new double[ROWS_AT_ONCE][dimensions];
    for (int first = 0; first < set.rows(); first += ROWS_AT_ONCE) {
      for (int r = 0; r < ROWS_AT_ONCE; r++) {
        boolean present = first + r < set.rows();
        for (int j = 0; j < dimensions; j++) {
          rows[r][j] = present ? set.value(first + r, j) : 0;
          sum[j] += rows[r][j];
        }
      }
      IntStream.range(0, dimensions).parallel().forEach(i -> addProducts(rows, i));
    }
    count += set.rows();
  }

  /** Four rows a pass: one load and store of the sums for four products. */
  private void addProducts(double[][] rows, int i) {
    int at = i * dimensions;
    double[] row = new double[dimensions - i];
    System.arraycopy(products, at + i, row, 0, row.length);
    for (int r = 0; r < ROWS_AT_ONCE; r += 4) {
      addFour(row, rows[r], rows[r + 1], rows[r + 2], rows[r + 3], i);
    }
    System.arraycopy(row, 0, products, at + i, row.length);
  }

  private static void addFour(double[] to, double[] a, double[] b, double[] c, double[] d, int i) {
    double ai = a[i];
    double bi = b[i];
    double ci = c[i];
    double di = d[i];
    for (int j = 0; j < to.length; j++) {
      to[j] += ai * a[j + i] + bi * b[j + i] + ci * c[j + i] + di * d[j + i];
    }
  }

  /**
   * Adds what another has seen.
   *
   * @throws InputException if the dimensions differ
   */
  public void merge(Moments other) {
    Require.sameDimensions(dimensions, other.dimensions);
    for (int j = 0; j < sum.length; j++) sum[j] += other.sum[j];
    for (int j = 0; j < products.length; j++) products[j] += other.products[j];
    count += other.count;
  }

  public int dimensions() {
    return dimensions;
  }

  /** Images seen. */
  public long count() {
    return count;
  }

  /** Sum of the features' variances (by N-1). */
  double totalVariance() {
    double trace = 0;
    for (double variance : variances()) trace += variance;
    return trace;
  }

  /**
   * Variance of each feature, with N-1: the diagonal of {@link #covariance()}.
   *
   * @throws InputException if fewer than two images were added
   */
  double[] variances() {
    Require.count(count, 2, "A covariance of features");
    double[] mean = mean();
    double[] variances = new double[dimensions];
    for (int i = 0; i < dimensions; i++) {
      double square = products[i * dimensions + i];
      variances[i] = (square - count * (mean[i] * mean[i])) / (count - 1);
    }
    return variances;
  }

  /** Whether there are too few images for a covariance of full rank: N ≤ d. */
  public boolean rankDeficient() {
    return count <= dimensions;
  }

  /**
   * Mean of each feature.
   *
   * @throws InputException if nothing was added
   */
  public double[] mean() {
    Require.count(count, 1, "A mean of features");
    double[] mean = new double[dimensions];
    for (int j = 0; j < dimensions; j++) mean[j] = sum[j] / count;
    return mean;
  }

  /** Σffᵀ, {@code [dimensions, dimensions]}, row after row. */
  double[] products() {
    double[] full = new double[products.length];
    for (int i = 0; i < dimensions; i++) {
      for (int j = i; j < dimensions; j++) {
        full[i * dimensions + j] = products[i * dimensions + j];
        full[j * dimensions + i] = products[i * dimensions + j];
      }
    }
    return full;
  }

  /**
   * Covariance with N-1, {@code [dimensions, dimensions]}, row after row.
   *
   * @throws InputException if fewer than two images were added
   */
  public double[] covariance() {
    Require.count(count, 2, "A covariance of features");
    double[] mean = mean();
    double[] covariance = products();
    for (int i = 0; i < dimensions; i++) {
      for (int j = 0; j < dimensions; j++) {
        int at = i * dimensions + j;
        covariance[at] = (covariance[at] - count * (mean[i] * mean[j])) / (count - 1);
      }
    }
    return covariance;
  }
}
