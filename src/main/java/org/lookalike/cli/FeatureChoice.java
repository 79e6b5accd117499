package org.lookalike.cli;

import org.lookalike.image.InputException;
import org.lookalike.metrics.BuiltInFeatures;
import org.lookalike.metrics.FeatureExtractor;

/** Finds the feature extractor a user names. */
final class FeatureChoice {
  static final String BUILT_IN = "builtin";

  private FeatureChoice() {}

  /**
   * @param channels of the images
   * @throws InputException if there is none of that name
   */
  static FeatureExtractor open(String name, int channels) {
    if (name.equals(BUILT_IN)) return new BuiltInFeatures(channels);
    throw new InputException("There are no features '" + name + "'; use " + BUILT_IN + ".");
  }
}
