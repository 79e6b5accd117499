package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lookalike.image.InputException;

class MomentsTest {
  @Test
  void covarianceIsThatOfTheDefinition() {
    FeatureSet set = Gaussians.draw(37, 5, 3, 2, 1);
    Moments moments = Moments.of(set);
    double[] mean = moments.mean();
    double[] covariance = moments.covariance();
    for (int a = 0; a < 5; a++) {
      for (int b = 0; b < 5; b++) {
        double sum = 0;
        for (int i = 0; i < 37; i++) {
          sum += (set.value(i, a) - mean[a]) * (set.value(i, b) - mean[b]);
        }
        assertThat(covariance[a * 5 + b]).isCloseTo(sum / 36, within(1e-11));
      }
    }
  }

  @Test
  void mergedIsAllAtOnce() {
    FeatureSet set = Gaussians.draw(100, 7, 1);
    Moments all = Moments.of(set);
    Moments merged = new Moments(7);
    for (int from = 0; from < 100; from += 25) {
      Moments part = new Moments(7);
      for (int i = from; i < from + 25; i++) part.add(set.subset(i));
      merged.merge(part);
    }
    assertThat(merged.count()).isEqualTo(100);
    assertThat(merged.mean()).containsExactly(all.mean(), within(1e-13));
    assertThat(merged.covariance()).containsExactly(all.covariance(), within(1e-13));
  }

  @Test
  void fewImagesAreToldOf() {
    assertThat(Moments.of(Gaussians.draw(5, 5, 1)).rankDeficient()).isTrue();
    assertThat(Moments.of(Gaussians.draw(6, 5, 1)).rankDeficient()).isFalse();
    assertThatThrownBy(() -> Moments.of(Gaussians.draw(1, 5, 1)).covariance())
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least 2 images");
    assertThatThrownBy(() -> new Moments(3).merge(new Moments(4)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("3 and 4 features");
  }
}
