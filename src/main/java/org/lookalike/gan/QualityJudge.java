package org.lookalike.gan;

/**
 * Judges a generator's images while it learns. The trainer asks one without knowing its measures.
 * All images are as they would be saved: rounded, and in proportion to intensities.
 */
public interface QualityJudge extends AutoCloseable {
  /**
   * Told once, before the first judgement, what the images are to resemble.
   *
   * @param heldOut real images the networks never see, {@code [n, channels, size, size]} in [-1,
   *     1]; empty if there are too few to hold any out
   * @param training real images the networks learn from, drawn as in training
   */
  void begin(float[] heldOut, float[] training, int channels, int size);

  /**
   * Judges images from the generator's running average.
   *
   * @param fakes {@code [n, channels, size, size]} in [-1, 1], {@link #count()} of them
   */
  Quality judge(float[] fakes);

  /** How many images it wants of each kind. */
  int count();

  @Override
  void close();
}
