package org.lookalike.metrics;

import org.lookalike.image.InputException;

/** What measures ask of their input, told as one sentence to the user. */
final class Require {
  private Require() {}

  /**
   * @param what the measure, to begin the sentence with
   */
  static void rows(FeatureSet set, int fewest, String what) {
    count(set.rows(), fewest, what);
  }

  static void count(long images, int fewest, String what) {
    if (images >= fewest) return;
    throw new InputException(
        String.format(
            "%s needs at least %d images and there %s %d; add images.",
            what, fewest, images == 1 ? "is" : "are", images));
  }

  static void sameDimensions(int a, int b) {
    if (a == b) return;
    throw new InputException(
        String.format(
            "The two sets have %d and %d features an image; use the same extractor for both.",
            a, b));
  }

  static void sameDimensions(FeatureSet a, FeatureSet b) {
    sameDimensions(a.dimensions(), b.dimensions());
  }
}
