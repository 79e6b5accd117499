package org.lookalike.metrics;

/**
 * Brings features to units in which figures can be read: a given mean variance over the real
 * images. Distances only change by a factor. Inception's are left alone, since figures of papers
 * are in its own units.
 */
final class FeatureScale {
  private static final double SMALL = 0.1;

  /** {@code null} where features are compared as they are. */
  private final PrincipalComponents components;

  private final double[] offset;
  private final double factor;
  private final String words;

  private FeatureScale(
      PrincipalComponents components, double[] offset, double factor, String words) {
    this.components = components;
    this.offset = offset;
    this.factor = factor;
    this.words = words;
  }

  /** That of an extractor's features, after the reals. */
  static FeatureScale of(FeatureSet given, FeatureExtractor extractor) {
    if (extractor.isInception() || given.rows() < 2) {
      return new FeatureScale(null, new double[given.dimensions()], 1, "");
    }
    PrincipalComponents components = null;
    FeatureSet reals = given;
    String words = "scaled to a mean variance of ";
    if (extractor.components() > 0) {
      components = PrincipalComponents.fit(given, extractor.components());
      reals = components.project(given);
      words = "on the real images' first " + reals.dimensions() + " principal components, " + words;
    }
    // KID's kernel sees little else than a mean that is large against the deviations, and without
    // a mean little else than the largest deviations, unless they are small against its constant.
    boolean centred = components == null && extractor.isFarFromZero();
    double variance = centred || components != null ? SMALL : 1;
    Moments moments = Moments.of(reals);
    int d = reals.dimensions();
    double trace = moments.totalVariance();
    double factor = trace > 0 ? Math.sqrt(variance * d / trace) : 1;
    words += (variance == SMALL ? "0.1" : "1") + " over the real images";
    return centred
        ? new FeatureScale(components, moments.mean(), factor, "centred and " + words)
        : new FeatureScale(components, new double[d], factor, words);
  }

  FeatureSet apply(FeatureSet set) {
    FeatureSet projected = components == null ? set : components.project(set);
    return projected.less(offset).times(factor);
  }

  /** What is done, for a report; empty if nothing is. */
  String words() {
    return words;
  }
}
