package org.lookalike.metrics;

import java.util.Random;

/** Draws from normal distributions, for tests. */
final class Gaussians {
  private Gaussians() {}

  /** From N(mean·1, deviation²·I). */
  static FeatureSet draw(int n, int d, double mean, double deviation, long seed) {
    Random random = new Random(seed);
    float[] values = new float[n * d];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return new FeatureSet(values, n, d);
  }

  /** From N(0, I). */
  static FeatureSet draw(int n, int d, long seed) {
    return draw(n, d, 0, 1, seed);
  }

  /** The same rows in another order. */
  static FeatureSet shuffled(FeatureSet set) {
    return set.random(set.rows(), 99);
  }
}
