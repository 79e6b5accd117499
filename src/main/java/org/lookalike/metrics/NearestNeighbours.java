package org.lookalike.metrics;

import java.util.Arrays;
import org.lookalike.image.InputException;

/** The k nearest rows of each row, exactly, by Euclidean distance; of equal ones the first. */
public final class NearestNeighbours {
  private final int k;
  private final float[] squared;
  private final int[] rows;

  private NearestNeighbours(int queries, int k) {
    this.k = k;
    squared = new float[queries * k];
    rows = new int[queries * k];
    Arrays.fill(squared, Float.POSITIVE_INFINITY);
  }

  /**
   * Nearest to each query among others.
   *
   * @throws InputException if there are fewer than k or the dimensions differ
   */
  public static NearestNeighbours of(FeatureSet queries, FeatureSet among, int k) {
    Require.rows(among, k, "A search for " + k + " neighbours");
    NearestNeighbours result = new NearestNeighbours(queries.rows(), k);
    RowPairs.squaredDistances(
        queries, among, (row, first, count, values) -> result.offer(row, first, count, values, -1));
    return result;
  }

  /**
   * Nearest to each row among the other rows of its set.
   *
   * @throws InputException if there are no more than k rows
   */
  public static NearestNeighbours within(FeatureSet set, int k) {
    Require.rows(set, k + 1, "A search for " + k + " neighbours");
    NearestNeighbours result = new NearestNeighbours(set.rows(), k);
    RowPairs.squaredDistances(
        set, set, (row, first, count, values) -> result.offer(row, first, count, values, row));
    return result;
  }

  private void offer(int query, int first, int count, float[] values, int except) {
    int last = query * k + k - 1;
    for (int j = 0; j < count; j++) {
      if (values[j] >= squared[last] || first + j == except) continue;
      int at = last;
      while (at > query * k && squared[at - 1] > values[j]) {
        squared[at] = squared[at - 1];
        rows[at] = rows[at - 1];
        at--;
      }
      squared[at] = values[j];
      rows[at] = first + j;
    }
  }

  /**
   * @param rank 0 for the nearest, at most k-1
   */
  public double distance(int query, int rank) {
    return Math.sqrt(squaredDistance(query, rank));
  }

  /** Of each query to its nearest row. */
  double[] nearestDistances() {
    double[] distances = new double[squared.length / k];
    for (int i = 0; i < distances.length; i++) distances[i] = distance(i, 0);
    return distances;
  }

  /** To be compared with the numbers of {@link RowPairs}, without rounding. */
  float squaredDistance(int query, int rank) {
    return squared[query * k + rank];
  }

  /**
   * Row of a neighbour.
   *
   * @param rank 0 for the nearest, at most k-1
   */
  public int neighbour(int query, int rank) {
    return rows[query * k + rank];
  }
}
