package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lookalike.image.InputException;

class PrincipalComponentsTest {
  @Test
  void findsTheLongAxis() {
    float[] values = Gaussians.draw(500, 3, 1).values().clone();
    for (int i = 0; i < 500; i++) values[3 * i + 1] = -5 * values[3 * i] + 7;
    PrincipalComponents found = PrincipalComponents.fit(new FeatureSet(values, 500, 3), 3);
    assertThat(found.count()).isEqualTo(2);
    double[] expected = {-1 / Math.sqrt(26), 5 / Math.sqrt(26), 0};
    assertThat(found.direction(0)).containsExactly(expected, within(0.02));
    assertThat(found.share(0) + found.share(1)).isCloseTo(1, within(1e-9));
    assertThat(found.variance(0)).isGreaterThan(20);
  }

  /** Rows fewer than dimensions and more take different ways. */
  @Test
  void bothWaysAgreeAndKeepDistances() {
    FeatureSet wide = Gaussians.draw(10, 30, 3, 1, 1);
    float[] padded = new float[40 * 30];
    for (int copy = 0; copy < 4; copy++) {
      System.arraycopy(wide.values(), 0, padded, copy * 300, 300);
    }
    PrincipalComponents few = PrincipalComponents.fit(wide, 30);
    PrincipalComponents many = PrincipalComponents.fit(new FeatureSet(padded, 40, 30), 30);
    assertThat(few.count()).isEqualTo(9);
    assertThat(many.count()).isEqualTo(9);
    assertThat(few.direction(0)).containsExactly(many.direction(0), within(1e-6));
    assertThat(few.share(2)).isCloseTo(many.share(2), within(1e-9));
    NearestNeighbours before = NearestNeighbours.within(wide, 1);
    NearestNeighbours after = NearestNeighbours.within(few.project(wide), 1);
    for (int i = 0; i < 10; i++) {
      assertThat(after.distance(i, 0)).isCloseTo(before.distance(i, 0), within(1e-4));
    }
  }

  @Test
  void variancesAreThoseOfTheProjection() {
    FeatureSet set = Gaussians.draw(60, 6, 1);
    PrincipalComponents found = PrincipalComponents.fit(set, 2);
    Moments projected = Moments.of(found.project(set));
    assertThat(projected.mean()).containsExactly(new double[2], within(1e-6));
    assertThat(projected.covariance()[0]).isCloseTo(found.variance(0), within(1e-5));
    assertThat(projected.covariance()[1]).isCloseTo(0, within(1e-5));
    assertThat(projected.covariance()[3]).isCloseTo(found.variance(1), within(1e-5));
  }

  @Test
  void equalRowsHaveNone() {
    assertThatThrownBy(() -> PrincipalComponents.fit(new FeatureSet(new float[6], 3, 2), 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("same features");
  }
}
