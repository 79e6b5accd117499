package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.lookalike.image.InputException;

class FloorTest {
  @Test
  void ofFidIsItsBiasAtThatSize() {
    FeatureSet reals = Gaussians.draw(2000, 64, 1);
    Estimate floor = Floor.of(FrechetDistance::between, reals, 4, 1);
    assertThat(floor.mean()).isCloseTo(2.27, Percentage.withPercentage(10));
    assertThat(floor.deviation()).isBetween(1e-4, 0.3);
    Estimate smaller = Floor.of(FrechetDistance::between, reals, 200, 4, 1);
    assertThat(smaller.mean()).isCloseTo(11.2, Percentage.withPercentage(10));
  }

  @Test
  void ofKidIsAboutZeroAndFollowsTheSeed() {
    FeatureSet reals = Gaussians.draw(400, 16, 1);
    Floor.Measure kid = (a, b) -> KernelDistance.of(a, b, 1).mean();
    Estimate floor = Floor.of(kid, reals, 5, 7);
    assertThat(floor.mean()).isCloseTo(0, within(3e-3));
    assertThat(Floor.of(kid, reals, 5, 7).mean()).isEqualTo(floor.mean());
  }

  @Test
  void needsTwiceTheSize() {
    FeatureSet reals = Gaussians.draw(9, 2, 1);
    assertThatThrownBy(() -> Floor.of(FrechetDistance::between, reals, 5, 3, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least 10 images and there are 9");
  }
}
