package org.lookalike.metrics;

/**
 * Brings features to units in which figures can be read: a given mean variance over the real
 * images. Distances only change by a factor. Inception's are left alone, since figures of papers
 * are in its own units.
 */
final class FeatureScale {
  private static final double SMALL = 0.1;

  private final double[] offset;
  private final double factor;
  private final String words;

  private FeatureScale(double[] offset, double factor, String words) {
    this.offset = offset;
    this.factor = factor;
    this.words = words;
  }

  /** That of an extractor's features, after the reals. */
  static FeatureScale of(FeatureSet reals, FeatureExtractor extractor) {
    if (extractor.isInception() || reals.rows() < 2) {
      return new FeatureScale(new double[reals.dimensions()], 1, "");
    }
    // KID's kernel sees little else than a mean that is large against the deviations, and without
    // a mean little else than the largest deviations, unless they are small against its constant.
    boolean centred = extractor.isFarFromZero();
    double variance = centred ? SMALL : 1;
    Moments moments = Moments.of(reals);
    double[] covariance = moments.covariance();
    int d = reals.dimensions();
    double trace = 0;
    for (int i = 0; i < d; i++) trace += covariance[i * d + i];
    double factor = trace > 0 ? Math.sqrt(variance * d / trace) : 1;
    String words =
        "scaled to a mean variance of " + (centred ? "0.1" : "1") + " over the real images";
    return centred
        ? new FeatureScale(moments.mean(), factor, "centred and " + words)
        : new FeatureScale(new double[d], factor, words);
  }

  FeatureSet apply(FeatureSet set) {
    return set.less(offset).times(factor);
  }

  /** What is done, for a report; empty if nothing is. */
  String words() {
    return words;
  }
}
