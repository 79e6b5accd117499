package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInFeaturesTest {
  private static final Offset<Float> CLOSE = within(1e-4f);

  /** Blots of random places, sizes and strengths on a dark ground. */
  private static float[] images(int n, int channels, int size, long seed) {
    Random random = new Random(seed);
    float[] all = new float[n * channels * size * size];
    for (int plane = 0; plane < n * channels; plane++) {
      double x0 = random.nextDouble() * size;
      double y0 = random.nextDouble() * size;
      double radius = size * (0.1 + 0.2 * random.nextDouble());
      double strength = 0.5 + random.nextDouble();
      for (int p = 0; p < size * size; p++) {
        double distance = Math.hypot(p % size - x0, p / size - y0);
        all[plane * size * size + p] =
            (float) (strength * Math.exp(-distance * distance / radius / radius) - 0.9);
      }
    }
    return all;
  }

  private static float[][] features(float[] images, int n, int channels, int size) {
    try (BuiltInFeatures features = new BuiltInFeatures(channels)) {
      return features.features(images, n, channels, size);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 32, 512", "1, 64, 512", "3, 64, 512", "1, 128, 896", "2, 256, 896"})
  void areAsManyAsSaid(int channels, int size, int dimensions) {
    float[][] rows = features(images(2, channels, size, 1), 2, channels, size);
    assertThat(rows).hasDimensions(2, dimensions);
    for (float[] row : rows) for (float value : row) assertThat(value).isFinite();
  }

  @Test
  void doNotDependOnTheOtherImages() {
    int each = 64 * 64;
    float[] images = images(5, 1, 64, 2);
    float[] last = new float[each];
    System.arraycopy(images, 4 * each, last, 0, each);
    assertThat(features(images, 5, 1, 64)[4]).containsExactly(features(last, 1, 1, 64)[0], CLOSE);
  }

  /** KID against other images of the kind, in the units reports have. */
  private static double kid(float[] fakes, int n, int size) {
    FeatureSet raw = FeatureSet.of(features(images(n, 1, size, 3), n, 1, size));
    FeatureScale scale = FeatureScale.of(raw, new BuiltInFeatures(1));
    FeatureSet made = FeatureSet.of(features(fakes, n, 1, size));
    return KernelDistance.between(scale.apply(raw), scale.apply(made));
  }

  /** At 128 px it is resampled away in the whole image, and there in the middle. */
  @ParameterizedTest
  @CsvSource({"64", "128"})
  void seeAFaintCheckerboard(int size) {
    int n = 48;
    float[] images = images(n, 1, size, 4);
    double plain = kid(images, n, size);
    for (int p = 0; p < images.length; p++) {
      images[p] += (p + p / size) % 2 == 0 ? 0.05f : -0.05f;
    }
    assertThat(kid(images, n, size)).isGreaterThan(Math.abs(plain) + 1);
  }

  @Test
  void seeBrightness() {
    int n = 48;
    float[] images = images(n, 1, 64, 5);
    double plain = kid(images, n, 64);
    for (int p = 0; p < images.length; p++) images[p] = 1.2f * images[p] + 0.1f;
    assertThat(kid(images, n, 64)).isGreaterThan(Math.abs(plain) + 0.01);
  }
}
