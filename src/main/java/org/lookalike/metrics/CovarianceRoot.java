package org.lookalike.metrics;

import java.util.ArrayList;
import java.util.List;

/**
 * W with Σ = WWᵀ by Cholesky's method with pivots (Higham 2002, §10.3): as many columns as Σ has
 * rank, so that of few images it is small and quickly found.
 */
final class CovarianceRoot {
  /** What is left of the variances is rounding below this share of the largest. */
  private static final double RANK = 1e-14;

  private final int dimensions;

  /** What the columns found so far leave of the variances. */
  private final double[] left;

  private final List<double[]> columns = new ArrayList<>();

  private CovarianceRoot(double[] covariance, int dimensions) {
    this.dimensions = dimensions;
    left = new double[dimensions];
    for (int j = 0; j < dimensions; j++) left[j] = covariance[j * dimensions + j];
    double smallest = RANK * left[largest()];
    while (columns.size() < dimensions) {
      int pivot = largest();
      if (left[pivot] <= smallest) break;
      addColumn(covariance, pivot);
    }
  }

  /**
   * The columns of W, {@code [rank][dimensions]}; none where nothing varies.
   *
   * @param covariance {@code [dimensions, dimensions]}, symmetric, no eigenvalue below 0 but by
   *     rounding; is not changed
   */
  static double[][] columns(double[] covariance, int dimensions) {
    return new CovarianceRoot(covariance, dimensions).columns.toArray(new double[0][]);
  }

  private int largest() {
    int largest = 0;
    for (int j = 1; j < dimensions; j++) if (left[j] > left[largest]) largest = j;
    return largest;
  }

  private void addColumn(double[] covariance, int pivot) {
    double[] column = new double[dimensions];
    System.arraycopy(covariance, pivot * dimensions, column, 0, dimensions);
    for (double[] other : columns) subtract(column, other[pivot], other);
    double length = Math.sqrt(left[pivot]);
    for (int j = 0; j < dimensions; j++) {
      // Where nothing is left, as of earlier pivots, what stands here is rounding.
      column[j] = left[j] > 0 ? column[j] / length : 0;
      left[j] -= column[j] * column[j];
    }
    column[pivot] = length;
    left[pivot] = 0;
    columns.add(column);
  }

  private static void subtract(double[] from, double times, double[] other) {
    if (times == 0) return;
    for (int j = 0; j < from.length; j++) from[j] -= times * other[j];
  }
}
