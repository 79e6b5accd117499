package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntUnaryOperator;
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
    assertThat(sureOf(i -> i % 5).mean()).isCloseTo(5, within(0.1));
    assertThat(InceptionScore.of(new FeatureSet(new float[1000], 200, 5)).mean())
        .isCloseTo(1, within(1e-9));
  }

  /** As folders of classes are read. */
  @Test
  void theOrderOfTheImagesDoesNotMatter() {
    Estimate score = sureOf(i -> i / 1000);
    assertThat(score.mean()).isCloseTo(5, within(0.1));
    assertThat(score.deviation()).isLessThan(0.1);
  }

  private static Estimate sureOf(IntUnaryOperator classOf) {
    float[] values = new float[5000 * 5];
    for (int i = 0; i < 5000; i++) values[i * 5 + classOf.applyAsInt(i)] = 1000;
    return InceptionScore.of(new FeatureSet(values, 5000, 5));
  }

  @Test
  void probabilitiesGiveWhatTheirLogitsGive() {
    Random random = new Random(4);
    float[] logits = new float[60 * 5];
    float[] probabilities = new float[60 * 5];
    for (int i = 0; i < 60; i++) {
      double sum = 0;
      for (int c = 0; c < 5; c++) {
        logits[i * 5 + c] = 3 * (float) random.nextGaussian();
        sum += Math.exp(logits[i * 5 + c]);
      }
      for (int c = 0; c < 5; c++) {
        probabilities[i * 5 + c] = (float) (Math.exp(logits[i * 5 + c]) / sum);
      }
    }
    double expected = InceptionScore.of(new FeatureSet(logits, 60, 5)).mean();
    assertThat(InceptionScore.of(new FeatureSet(probabilities, 60, 5)).mean())
        .isCloseTo(expected, within(1e-5));
    assertThat(expected).isGreaterThan(1.5);
  }

  @Test
  void tooFewImages() {
    assertThatThrownBy(() -> InceptionScore.of(Gaussians.draw(9, 3, 1)))
        .isInstanceOf(InputException.class);
  }
}
