package org.lookalike.metrics;

import org.lookalike.image.InputException;

/**
 * FID without its bias by sample size (Chong and Forsyth 2020): FIDs at 15 numbers of synthetic
 * images, regressed on 1/N; the value at 1/N = 0.
 */
public final class FidInfinity {
  private static final int SIZES = 15;
  private static final int LARGEST_START = 5000;

  private FidInfinity() {}

  /**
   * @param seed of the random subsets
   * @throws InputException if there are fewer than 16 synthetic images or the dimensions differ
   */
  public static double of(Moments reals, FeatureSet synthetics, long seed) {
    Require.rows(synthetics, SIZES + 1, "FID at infinitely many images");
    Require.sameDimensions(reals.dimensions(), synthetics.dimensions());
    FrechetDistance distance = new FrechetDistance(reals);
    double[] inverse = new double[SIZES];
    double[] fid = new double[SIZES];
    for (int i = 0; i < SIZES; i++) {
      int size = size(i, synthetics.rows());
      inverse[i] = 1.0 / size;
      fid[i] = distance.to(Moments.of(synthetics.random(size, seed + i)));
    }
    return intercept(inverse, fid);
  }

  /** From max(N/10, 2), at most 5000, to N in equal steps. */
  static int size(int i, int n) {
    int start = Math.min(LARGEST_START, Math.max(n / 10, 2));
    return start + (int) ((long) i * (n - start) / (SIZES - 1));
  }

  private static double intercept(double[] x, double[] y) {
    double meanX = Estimate.ofPopulation(x).mean();
    double meanY = Estimate.ofPopulation(y).mean();
    double xy = 0;
    double xx = 0;
    for (int i = 0; i < x.length; i++) {
      xy += (x[i] - meanX) * (y[i] - meanY);
      xx += (x[i] - meanX) * (x[i] - meanX);
    }
    return meanY - xy / xx * meanX;
  }
}
