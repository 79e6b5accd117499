package org.lookalike.metrics;

import java.util.Arrays;
import org.lookalike.image.InputException;

/**
 * C_T (Meehan et al. 2020): are synthetics nearer to the training images than held-out reals are?
 * Distances to the nearest training image are compared by a Mann–Whitney test, cell by cell, after
 * a projection on the training images' first 64 principal components; C_T is the mean Z of the
 * cells, weighted by the share of held-out images. Far below 0: copies. Far above: unlike the data.
 */
public final class DataCopyingTest {
  private static final int COMPONENTS = 64;
  private static final int CELLS = 3;

  /** Cells with fewer synthetics are left out: their ranks are mostly chance. */
  private static final int FEWEST_IN_CELL = 20;

  private DataCopyingTest() {}

  /**
   * @param heldOut reals that were not trained on
   * @param seed of k-means
   * @return Z, about standard normal where synthetics are neither copies nor off the data
   * @throws InputException if there are fewer than 4 training or 20 synthetic images, no held-out
   *     ones, or the dimensions differ
   */
  public static double of(
      FeatureSet training, FeatureSet heldOut, FeatureSet synthetics, long seed) {
    Require.rows(training, CELLS + 1, "The data-copying test");
    Require.rows(heldOut, 1, "The held-out part of the data-copying test");
    Require.rows(synthetics, FEWEST_IN_CELL, "The data-copying test");
    PrincipalComponents components = PrincipalComponents.fit(training, COMPONENTS);
    FeatureSet t = components.project(training);
    FeatureSet p = components.project(heldOut);
    FeatureSet q = components.project(synthetics);
    KMeans cells = KMeans.fit(t, CELLS, seed);
    double[][] distancesP = byCell(p, t, cells);
    double[][] distancesQ = byCell(q, t, cells);
    double sum = 0;
    int weight = 0;
    for (int c = 0; c < CELLS; c++) {
      int n = distancesP[c].length;
      if (n == 0 || distancesQ[c].length < FEWEST_IN_CELL) continue;
      sum += n * mannWhitneyZ(distancesQ[c], distancesP[c]);
      weight += n;
    }
    if (weight == 0) {
      throw new InputException(
          "Held-out and synthetic images lie in different regions, or too few in each, for the"
              + " data-copying test; add images.");
    }
    return sum / weight;
  }

  /** Distances of rows to the nearest training row, sorted into the cells the rows lie in. */
  private static double[][] byCell(FeatureSet rows, FeatureSet training, KMeans cells) {
    NearestNeighbours nearest = NearestNeighbours.of(rows, training, 1);
    int[] cell = cells.cells(rows);
    double[][] distances = new double[cells.count()][0];
    for (int i = 0; i < cell.length; i++) {
      double[] of = distances[cell[i]];
      distances[cell[i]] = Arrays.copyOf(of, of.length + 1);
      distances[cell[i]][of.length] = nearest.distance(i, 0);
    }
    return distances;
  }

  /**
   * Z of the Mann–Whitney U of a: below 0 if values of a tend to be smaller than those of b. Equal
   * values share their ranks.
   */
  static double mannWhitneyZ(double[] a, double[] b) {
    double m = a.length;
    double n = b.length;
    double u = m * n * shareAbove(a, b);
    double variance = m * n / 12 * (m + n + 1 - ties(a, b) / ((m + n) * (m + n - 1)));
    return variance <= 0 ? 0 : (u - m * n / 2) / Math.sqrt(variance);
  }

  /** How often a value of a is above one of b, equal ones counting half. */
  static double shareAbove(double[] a, double[] b) {
    double[] sortedB = b.clone();
    Arrays.sort(sortedB);
    double u = 0;
    for (double value : a) u += below(sortedB, value);
    return u / ((double) a.length * b.length);
  }

  /** How many are smaller, equal ones counting half. */
  private static double below(double[] sorted, double value) {
    int smaller = bound(sorted, value, false);
    int smallerOrEqual = bound(sorted, value, true);
    return (smaller + smallerOrEqual) / 2.0;
  }

  private static int bound(double[] sorted, double value, boolean beyondEqual) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      boolean left = beyondEqual ? sorted[middle] <= value : sorted[middle] < value;
      if (left) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Σ(t³-t) over groups of t equal values. */
  private static double ties(double[] a, double[] b) {
    double[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    Arrays.sort(all);
    double sum = 0;
    int from = 0;
    for (int i = 1; i <= all.length; i++) {
      if (i < all.length && all[i] == all[from]) continue;
      double t = i - from;
      sum += t * t * t - t;
      from = i;
    }
    return sum;
  }
}
