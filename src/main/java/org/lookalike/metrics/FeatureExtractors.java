package org.lookalike.metrics;

import org.lookalike.image.InputException;

/** Finds the feature extractor a user names. */
public final class FeatureExtractors {
  public static final String BUILT_IN = "builtin";

  private FeatureExtractors() {}

  /**
   * @param channels of the images
   * @throws InputException if there is none of that name
   */
  public static FeatureExtractor open(String name, int channels) {
    if (name.equals(BUILT_IN)) return new BuiltInFeatures(channels);
    throw new InputException("There are no features '" + name + "'; use " + BUILT_IN + ".");
  }
}
