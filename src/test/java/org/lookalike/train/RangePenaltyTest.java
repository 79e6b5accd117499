package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class RangePenaltyTest {
  private static final double WEIGHT = 0.3;

  private static INDArray images(float... pixels) {
    return Nd4j.createFromArray(pixels).reshape('c', 2, 1, 2, 2);
  }

  private static double penalty(INDArray images, INDArray gradient) {
    return new RangePenalty(WEIGHT, 8).add(images, gradient);
  }

  @Test
  void pixelsInRangeCostNothing() {
    INDArray gradient = images(1, 2, 3, 4, 5, 6, 7, 8);
    assertThat(penalty(images(-1, 1, 0, 0.5f, -0.5f, 0.999f, -0.999f, 0.1f), gradient)).isZero();
    assertThat(gradient).isEqualTo(images(1, 2, 3, 4, 5, 6, 7, 8));
  }

  /** Squares near the range, in proportion far from it, on both sides; the mean of two images. */
  @Test
  void costIsThatOfHuber() {
    INDArray images = images(1.5f, 0, 0, 0, -4, 0, 0, 0);
    INDArray gradient = Nd4j.zeros(2, 1, 2, 2);
    assertThat(penalty(images, gradient)).isCloseTo(WEIGHT * (0.25 + 5) / 2, within(1e-6));
    assertThat(gradient)
        .isEqualTo(images((float) (WEIGHT * 0.5), 0, 0, 0, (float) -WEIGHT, 0, 0, 0));
  }

  @Test
  void gradientIsThatOfThePenalty() {
    float[] pixels = {1.2f, -1.7f, 0.3f, 2.5f, -3, 1.01f, -1.3f, 1.9f};
    INDArray gradient = images(9, 9, 9, 9, 9, 9, 9, 9);
    penalty(images(pixels), gradient);
    double step = 1e-3;
    for (int i = 0; i < pixels.length; i++) {
      float[] more = pixels.clone();
      float[] less = pixels.clone();
      more[i] += (float) step;
      less[i] -= (float) step;
      INDArray ignored = Nd4j.zeros(2, 1, 2, 2);
      double slope = (penalty(images(more), ignored) - penalty(images(less), ignored)) / (2 * step);
      assertThat((double) gradient.getFloat(i / 4, 0, i / 2 % 2, i % 2))
          .isCloseTo(9 + slope, within(2e-3));
    }
  }
}
