package org.lookalike.metrics;

import java.nio.file.Paths;
import java.util.Locale;
import org.lookalike.image.InputException;

/** Finds the feature extractor a user names. */
public final class FeatureExtractors {
  public static final String BUILT_IN = "builtin";

  /** {@link PixelFeatures}. */
  public static final String PIXELS = "pixels";

  private static final String ONNX = ".onnx";

  private FeatureExtractors() {}

  /**
   * The one of that name.
   *
   * @param name {@link #BUILT_IN}, {@link #PIXELS}, or the path of an ONNX model, which options may
   *     follow: {@code model.onnx,size=299,output=pool,layout=nhwc,values=bytes,mean=0,std=1}, mean
   *     and std also as three numbers like {@code 0.5/0.5/0.5}
   * @param channels of the images
   * @throws InputException if there is none of that name
   */
  public static FeatureExtractor open(String name, int channels) {
    if (name.equals(BUILT_IN)) return new BuiltInFeatures(channels);
    if (name.equals(PIXELS)) return new PixelFeatures();
    return onnx(name, OnnxOutput.Kind.FEATURES);
  }

  /**
   * A classifier, whose rows are one logit or probability a class.
   *
   * @param model the path of an ONNX model, with options as in {@link #open}
   * @throws InputException if it is none
   */
  static FeatureExtractor openClassifier(String model) {
    return onnx(model, OnnxOutput.Kind.CLASSES);
  }

  private static FeatureExtractor onnx(String name, OnnxOutput.Kind kind) {
    int end = name.toLowerCase(Locale.ROOT).lastIndexOf(ONNX) + ONNX.length();
    if (end < ONNX.length() || end < name.length() && name.charAt(end) != ',') {
      throw new InputException(
          String.format(
              "There are no features '%s'; use %s, %s or the path of a model ending in %s.",
              name, BUILT_IN, PIXELS, ONNX));
    }
    return OnnxFeatures.open(
        Paths.get(name.substring(0, end)), OnnxOptions.parse(name.substring(end)), kind);
  }
}
