package org.lookalike.train;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Differentiable augmentation (Zhao et al. 2020, DiffAugment) of what D sees: brightness, contrast,
 * translation and cutout, each of them with a given probability an image. All are linear or affine
 * in the image, so gradients come back by the transpose. Translated images are mirrored at their
 * border: padding with zeros, as in the paper, would put grey bands beside a dark background.
 */
final class Augmentation {
  /** The policy that changes nothing. */
  static final String NONE = "none";

  /** What can be done, from mild to strong; names as in settings. */
  static final List<String> POLICIES =
      List.of(NONE, "translation", "color", "color-translation", "color-translation-cutout");

  private static final double BRIGHTNESS = 0.5;
  private static final double CONTRAST = 0.5;
  private static final double SHIFT = 0.125;

  private final boolean colors;
  private final boolean translates;
  private final boolean cuts;
  private final int channels;
  private final int side;
  private final int pixels;

  /** Of the images shown last: the contrast's factor, and where each pixel came from. */
  private double[] factors = new double[0];

  private int[] sources = new int[0];

  /** Stands for a pixel that was cut out. */
  private static final int NOWHERE = -1;

  Augmentation(String policy, int channels, int side) {
    List<String> parts = Arrays.asList(policy.split("-"));
    colors = parts.contains("color");
    translates = parts.contains("translation");
    cuts = parts.contains("cutout");
    this.channels = channels;
    this.side = side;
    pixels = side * side;
  }

  boolean isNone() {
    return !colors && !translates && !cuts;
  }

  /**
   * Changes images.
   *
   * @param images n of them, changed
   * @param probability of each change, an image
   */
  void apply(float[] images, int n, double probability, SplittableRandom random) {
    if (factors.length < n) {
      factors = new double[n];
      sources = new int[n * pixels];
    }
    float[] copy = new float[channels * pixels];
    for (int i = 0; i < n; i++) {
      double brightness = colors && random.nextDouble() < probability ? BRIGHTNESS : 0;
      brightness *= 2 * random.nextDouble() - 1;
      double contrast = colors && random.nextDouble() < probability ? CONTRAST : 0;
      factors[i] = 1 + contrast * (2 * random.nextDouble() - 1);
      locate(
          i,
          translates && random.nextDouble() < probability,
          cuts && random.nextDouble() < probability,
          random);
      int first = i * channels * pixels;
      System.arraycopy(images, first, copy, 0, copy.length);
      double mean = mean(copy, 0);
      for (int at = 0; at < copy.length; at++) {
        int source = sources[i * pixels + at % pixels];
        double value = source == NOWHERE ? 0 : copy[at - at % pixels + source];
        if (source != NOWHERE) value = mean + factors[i] * (value - mean) + brightness;
        images[first + at] = (float) value;
      }
    }
  }

  /** Draws where the pixels of image i come from. */
  private void locate(int i, boolean translated, boolean cut, SplittableRandom random) {
    int reach = (int) Math.round(SHIFT * side);
    int dx = translated ? random.nextInt(2 * reach + 1) - reach : 0;
    int dy = translated ? random.nextInt(2 * reach + 1) - reach : 0;
    int left = cut ? random.nextInt(side + 1) - side / 4 : side;
    int top = cut ? random.nextInt(side + 1) - side / 4 : side;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        boolean gone = x >= left && x < left + side / 2 && y >= top && y < top + side / 2;
        int source = mirrored(y - dy) * side + mirrored(x - dx);
        sources[i * pixels + y * side + x] = gone ? NOWHERE : source;
      }
    }
  }

  private int mirrored(int at) {
    if (at < 0) return -at;
    return at >= side ? 2 * side - 2 - at : at;
  }

  private double mean(float[] values, int first) {
    double sum = 0;
    for (int at = first; at < first + channels * pixels; at++) sum += values[at];
    return sum / (channels * pixels);
  }

  /**
   * Takes gradients with respect to the images shown last back to the images as they were.
   *
   * @param errors changed
   */
  void transpose(float[] errors, int n) {
    float[] back = new float[channels * pixels];
    for (int i = 0; i < n; i++) {
      int first = i * channels * pixels;
      Arrays.fill(back, 0);
      double kept = 0;
      for (int at = 0; at < back.length; at++) {
        int source = sources[i * pixels + at % pixels];
        if (source == NOWHERE) continue;
        back[at - at % pixels + source] += (float) (factors[i] * errors[first + at]);
        kept += errors[first + at];
      }
      // The mean that the contrast leaves alone hears every pixel that was not cut out.
      float ofMean = (float) ((1 - factors[i]) * kept / back.length);
      for (int at = 0; at < back.length; at++) errors[first + at] = back[at] + ofMean;
    }
  }
}
