package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lookalike.image.InputException;

class KernelDistanceTest {
  @Test
  void testVector() {
    FeatureSet x = FeatureSet.of(new float[] {1, 0}, new float[] {0, 1}, new float[] {1, 1});
    FeatureSet y = FeatureSet.of(new float[] {0, 0}, new float[] {2, 0}, new float[] {0, 2});
    Estimate kid = KernelDistance.of(x, y, 1);
    assertThat(kid.mean()).isCloseTo(-4.638889, within(1e-6));
    assertThat(kid.deviation()).isZero();
  }

  @Test
  void unbiasedForTheSameDistribution() {
    Estimate kid = KernelDistance.of(Gaussians.draw(1500, 16, 1), Gaussians.draw(1500, 16, 2), 1);
    assertThat(kid.mean()).isCloseTo(0, within(2e-3));
    assertThat(kid.deviation()).isPositive();
  }

  @Test
  void seesAShiftAndFollowsTheSeed() {
    FeatureSet a = Gaussians.draw(100, 16, 1);
    FeatureSet b = Gaussians.draw(150, 16, 0.5, 1, 2);
    Estimate kid = KernelDistance.of(a, b, 1);
    assertThat(kid.mean()).isGreaterThan(0.1);
    assertThat(KernelDistance.of(a, b, 1).mean()).isEqualTo(kid.mean());
    assertThat(KernelDistance.of(a, b, 2).mean()).isNotEqualTo(kid.mean());
  }

  /** All subsets of small sets are the sets themselves, which says nothing of chance. */
  @Test
  void theSpreadOfWholeSetsIsNotKnown() {
    FeatureSet a = Gaussians.draw(100, 16, 1);
    assertThat(KernelDistance.spread(a, Gaussians.draw(100, 16, 2), 1)).isNaN();
    assertThat(KernelDistance.spread(a, Gaussians.draw(150, 16, 2), 1)).isPositive();
    FeatureSet many = Gaussians.draw(1500, 4, 1);
    assertThat(KernelDistance.spread(many, Gaussians.draw(1500, 4, 2), 1)).isPositive();
  }

  @Test
  void impossibleInputIsToldOf() {
    FeatureSet one = Gaussians.draw(1, 4, 1);
    FeatureSet five = Gaussians.draw(5, 4, 1);
    assertThatThrownBy(() -> KernelDistance.of(one, five, 1))
        .isInstanceOf(InputException.class)
        .hasMessage("KID needs at least 2 images and there is 1; add images.");
    assertThatThrownBy(() -> KernelDistance.of(five, Gaussians.draw(5, 3, 1), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("4 and 3 features");
  }
}
