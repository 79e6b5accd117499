package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lookalike.image.InputException;

class InceptionScoreTest {
  @Test
  void testVector() {
    FeatureSet logits = FeatureSet.of(new float[] {1, 2, 3}, new float[] {-1, 5, 3.1f});
    assertThat(InceptionScore.of(logits, 1).mean()).isCloseTo(1.24357, within(1e-5));
  }

  @Test
  void sureOfEveryClassIsTheirNumber() {
    float[] values = new float[200 * 5];
    for (int i = 0; i < 200; i++) values[i * 5 + i % 5] = 1000;
    Estimate score = InceptionScore.of(new FeatureSet(values, 200, 5));
    assertThat(score.mean()).isCloseTo(5, within(1e-9));
    assertThat(score.deviation()).isCloseTo(0, within(1e-9));
    assertThat(InceptionScore.of(new FeatureSet(new float[1000], 200, 5)).mean())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void tooFewImages() {
    assertThatThrownBy(() -> InceptionScore.of(Gaussians.draw(9, 3, 1)))
        .isInstanceOf(InputException.class);
  }
}
