package org.lookalike.metrics;

import java.nio.file.Paths;
import java.util.Locale;
import org.lookalike.image.InputException;

/** Finds the feature extractor a user names. */
public final class FeatureExtractors {
  public static final String BUILT_IN = "builtin";

  private static final String ONNX = ".onnx";

  private FeatureExtractors() {}

  /**
   * The one of that name.
   *
   * @param name {@link #BUILT_IN}, or the path of an ONNX model
   * @param channels of the images
   * @throws InputException if there is none of that name
   */
  public static FeatureExtractor open(String name, int channels) {
    if (name.equals(BUILT_IN)) return new BuiltInFeatures(channels);
    if (name.toLowerCase(Locale.ROOT).endsWith(ONNX)) return OnnxFeatures.open(Paths.get(name));
    throw new InputException(
        String.format(
            "There are no features '%s'; use %s or the path of a model ending in %s.",
            name, BUILT_IN, ONNX));
  }
}
