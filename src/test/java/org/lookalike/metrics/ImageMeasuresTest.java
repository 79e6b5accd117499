package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.lookalike.image.ChannelImage;
import org.lookalike.image.InputException;

/** MS-SSIM and SWD. */
class ImageMeasuresTest {
  private static ChannelImage constant(double value, int channels) {
    float[] values = new float[channels * 64 * 64];
    Arrays.fill(values, (float) value);
    return new ChannelImage(channels, 64, 64, values);
  }

  /** Noise, blurred a number of times. */
  private static List<ChannelImage> noise(int count, int size, int blurs, long seed) {
    Random random = new Random(seed);
    List<ChannelImage> images = new ArrayList<>();
    for (int n = 0; n < count; n++) {
      float[] v = new float[size * size];
      for (int i = 0; i < v.length; i++) v[i] = (float) random.nextGaussian();
      for (int b = 0; b < blurs; b++) {
        float[] before = v.clone();
        for (int i = 1; i < v.length; i++) v[i] = (before[i] + before[i - 1]) / 2;
      }
      images.add(new ChannelImage(1, size, size, v));
    }
    return images;
  }

  /** The mean over the pairs of the images 1, 0.7 and 0 at a range of 255. */
  @Test
  void similarityTestVector() {
    List<ChannelImage> images = List.of(constant(1, 3), constant(0.7, 3), constant(0, 3));
    assertThat(MultiScaleSsim.diversity(images, 255, 100, 1)).isCloseTo(0.989989, within(1e-5));
  }

  /** Constant images differ in luminance alone, which counts at the last scale. */
  @Test
  void similarityOfConstantImages() {
    double luminance = (2 * 0.7 + 1e-4) / (1 + 0.49 + 1e-4);
    assertThat(MultiScaleSsim.of(constant(1, 1), constant(0.7, 1), 1))
        .isCloseTo(Math.pow(luminance, 0.1333), within(1e-5));
  }

  @Test
  void similarityIsOneForEqualAndSmallForUnlikeImages() {
    for (int size : new int[] {16, 37, 64}) {
      List<ChannelImage> images = noise(6, size, 0, 1);
      ChannelImage first = images.get(0);
      assertThat(MultiScaleSsim.of(first, first, 6)).isCloseTo(1, within(1e-9));
      assertThat(MultiScaleSsim.of(first, images.get(1), 6))
          .isEqualTo(MultiScaleSsim.of(images.get(1), first, 6));
      assertThat(MultiScaleSsim.diversity(images, 6, 5, 1)).isLessThan(0.6);
      assertThat(MultiScaleSsim.diversity(List.of(first, first, first), 6, 9, 1))
          .isCloseTo(1, within(1e-9));
    }
  }

  @Test
  void slicedDistanceSeesTextureAtItsScale() {
    List<ChannelImage> reals = noise(20, 64, 0, 1);
    SlicedWasserstein same = SlicedWasserstein.of(reals, noise(25, 64, 0, 2), 1);
    SlicedWasserstein blurred = SlicedWasserstein.of(reals, noise(20, 64, 4, 2), 1);
    assertThat(same.levels()).hasSize(3);
    assertThat(same.mean()).isLessThan(60);
    assertThat(blurred.levels().get(0)).isGreaterThan(2 * same.levels().get(0));
    assertThat(SlicedWasserstein.of(reals, noise(25, 64, 0, 2), 1).mean()).isEqualTo(same.mean());
  }

  /** What was taken off by the reduction comes back with the detail. */
  @Test
  void constantPlanesHaveNoDetail() {
    float[] plane = Planes.channel(constant(3, 1), 0);
    float[] cut = Arrays.copyOf(plane, 33 * 20);
    float[] reduced = Planes.reduced(cut, 33, 20);
    assertThat(reduced).hasSize(17 * 10).containsOnly(3);
    assertThat(Planes.detail(cut, 33, 20, reduced)).containsOnly(0);
  }

  @Test
  void impossibleInputIsToldOf() {
    List<ChannelImage> small = noise(2, 15, 0, 1);
    assertThatThrownBy(() -> SlicedWasserstein.of(small, small, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("16 pixels");
    assertThatThrownBy(() -> MultiScaleSsim.of(constant(1, 1), constant(1, 3), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("64×64 pixels and 1 channels");
    assertThatThrownBy(() -> MultiScaleSsim.of(constant(Double.NaN, 1), constant(1, 1), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no finite number");
    assertThatThrownBy(() -> SlicedWasserstein.of(List.of(), small, 1))
        .isInstanceOf(InputException.class);
  }
}
