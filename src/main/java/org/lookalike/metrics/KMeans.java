package org.lookalike.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Cells around k centres: Lloyd's iteration from a k-means++ start (Arthur and Vassilvitskii 2007),
 * the same for the same seed.
 */
final class KMeans {
  private static final int MOST_ITERATIONS = 100;

  private final FeatureSet centres;

  private KMeans(FeatureSet centres) {
    this.centres = centres;
  }

  /**
   * @param k at most the number of rows
   */
  static KMeans fit(FeatureSet set, int k, long seed) {
    FeatureSet centres = start(set, k, new SplittableRandom(seed).split());
    int[] cells = null;
    for (int i = 0; i < MOST_ITERATIONS; i++) {
      int[] now = new KMeans(centres).cells(set);
      if (Arrays.equals(now, cells)) break;
      cells = now;
      centres = means(set, cells, centres);
    }
    return new KMeans(centres);
  }

  /** Each further centre is a row drawn in proportion to its squared distance from the others. */
  private static FeatureSet start(FeatureSet set, int k, SplittableRandom random) {
    int[] chosen = {random.nextInt(set.rows())};
    float[] nearest = new float[set.rows()];
    Arrays.fill(nearest, Float.POSITIVE_INFINITY);
    while (chosen.length < k) {
      FeatureSet last = set.subset(chosen[chosen.length - 1]);
      RowPairs.squaredDistances(
          set,
          last,
          (row, first, count, values) -> nearest[row] = Math.min(nearest[row], values[0]));
      chosen = Arrays.copyOf(chosen, chosen.length + 1);
      chosen[chosen.length - 1] = draw(nearest, random);
    }
    return set.subset(chosen);
  }

  private static int draw(float[] weights, SplittableRandom random) {
    double sum = 0;
    for (float w : weights) sum += w;
    // Fewer different rows than centres: any will do.
    if (sum == 0) return random.nextInt(weights.length);
    double left = random.nextDouble() * sum;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] == 0) continue;
      last = i;
      left -= weights[i];
      if (left < 0) break;
    }
    return last;
  }

  /** A cell that has lost its rows keeps its centre. */
  private static FeatureSet means(FeatureSet set, int[] cells, FeatureSet centres) {
    int d = set.dimensions();
    double[] sums = new double[centres.rows() * d];
    int[] counts = new int[centres.rows()];
    for (int i = 0; i < set.rows(); i++) {
      counts[cells[i]]++;
      for (int j = 0; j < d; j++) sums[cells[i] * d + j] += set.value(i, j);
    }
    float[] means = new float[sums.length];
    for (int i = 0; i < means.length; i++) {
      int cell = i / d;
      means[i] = counts[cell] == 0 ? centres.value(cell, i % d) : (float) (sums[i] / counts[cell]);
    }
    return new FeatureSet(means, centres.rows(), d);
  }

  int count() {
    return centres.rows();
  }

  /** The cell each row lies in. */
  int[] cells(FeatureSet set) {
    NearestNeighbours nearest = NearestNeighbours.of(set, centres, 1);
    int[] cells = new int[set.rows()];
    for (int i = 0; i < cells.length; i++) cells[i] = nearest.neighbour(i, 0);
    return cells;
  }

  /** How many rows lie in each cell. */
  int[] sizes(FeatureSet set) {
    int[] sizes = new int[count()];
    for (int cell : cells(set)) sizes[cell]++;
    return sizes;
  }
}
