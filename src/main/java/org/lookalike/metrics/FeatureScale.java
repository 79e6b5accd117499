package org.lookalike.metrics;

import java.util.Arrays;

/**
 * Brings features to units in which figures can be read: a given mean variance over the real
 * images. Distances only change by a factor, unless the features are of many kinds: those are
 * brought to that variance one by one. Inception's are left alone, since figures of papers are in
 * its own units.
 */
final class FeatureScale {
  private static final double SMALL = 0.1;

  /** A feature that varies less than this share of the mean variance counts for less. */
  private static final double LEAST = 1e-3;

  /** {@code null} where features are compared as they are. */
  private final PrincipalComponents components;

  private final double[] offset;
  private final double[] factors;
  private final String words;

  private FeatureScale(
      PrincipalComponents components, double[] offset, double[] factors, String words) {
    this.components = components;
    this.offset = offset;
    this.factors = factors;
    this.words = words;
  }

  /** That of an extractor's features, after the reals. */
  static FeatureScale of(FeatureSet given, FeatureExtractor extractor) {
    if (extractor.isInception() || given.rows() < 2) {
      int d = given.dimensions();
      return new FeatureScale(null, new double[d], same(1, d), "");
    }
    if (extractor.components() > 0) {
      PrincipalComponents components = PrincipalComponents.fit(given, extractor.components());
      FeatureSet reals = components.project(given);
      String words =
          String.format(
              "on the real images' first %d principal components, scaled to a mean variance of 0.1"
                  + " over the real images",
              reals.dimensions());
      int d = reals.dimensions();
      return new FeatureScale(components, new double[d], same(factor(reals, SMALL), d), words);
    }
    if (extractor.isOfManyKinds()) {
      // KID's kernel sees little else than a mean that is large against the deviations, and without
      // a mean little else than the largest deviations, unless they are small against its constant.
      String words = "each centred and scaled to a variance of 0.1 over the real images";
      Moments moments = Moments.of(given);
      return new FeatureScale(null, moments.mean(), factors(moments), words);
    }
    String words = "scaled to a mean variance of 1 over the real images";
    int d = given.dimensions();
    return new FeatureScale(null, new double[d], same(factor(given, 1), d), words);
  }

  private static double[] same(double factor, int dimensions) {
    double[] factors = new double[dimensions];
    Arrays.fill(factors, factor);
    return factors;
  }

  /** What brings the mean variance to the given one. */
  private static double factor(FeatureSet reals, double variance) {
    double trace = Moments.of(reals).totalVariance();
    return trace > 0 ? Math.sqrt(variance * reals.dimensions() / trace) : 1;
  }

  /** What brings each variance to {@link #SMALL}. */
  private static double[] factors(Moments reals) {
    double[] variances = reals.variances();
    double total = reals.totalVariance();
    int d = variances.length;
    double[] factors = new double[d];
    for (int i = 0; i < d; i++) {
      factors[i] = total > 0 ? Math.sqrt(SMALL / (variances[i] + LEAST * total / d)) : 1;
    }
    return factors;
  }

  FeatureSet apply(FeatureSet set) {
    FeatureSet projected = components == null ? set : components.project(set);
    return projected.less(offset).times(factors);
  }

  /** What is done, for a report; empty if nothing is. */
  String words() {
    return words;
  }
}
