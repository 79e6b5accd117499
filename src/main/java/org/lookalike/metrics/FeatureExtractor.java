package org.lookalike.metrics;

import java.util.Locale;

/** Turns images into the rows of numbers in which they are compared. */
public interface FeatureExtractor extends AutoCloseable {
  /**
   * What stands beside every figure, such as {@code built-in features} or a model file's name.
   * Figures of different extractors cannot be compared.
   */
  String name();

  /**
   * Features of a batch.
   *
   * @param nchw {@code [n, channels, size, size]} in [-1, 1], scaled alike for all sets
   * @return {@code n} rows of equal length
   */
  float[][] features(float[] nchw, int n, int channels, int size);

  /** Whether these are the Inception features that papers call FID by. */
  default boolean isInception() {
    return name().toLowerCase(Locale.ROOT).contains("inception");
  }

  /** Whether each feature has a scale of its own, so that each is brought to the same variance. */
  default boolean isOfManyKinds() {
    return false;
  }

  /**
   * How many of the first features say what an image shows, whatever its texture; copies are looked
   * for in those. 0: all.
   */
  default int contentFeatures() {
    return 0;
  }

  /** On how many principal components of the reals they are compared; 0: as they are. */
  default int components() {
    return 0;
  }

  @Override
  void close();
}
