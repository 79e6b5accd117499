package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lookalike.image.InputException;

/** Precision, recall, density, coverage and authenticity. */
class ManifoldMeasuresTest {
  private static FeatureSet onALine(float... values) {
    return new FeatureSet(values, values.length, 1);
  }

  @Test
  void preciseButNotDiverse() {
    FeatureSet reals = Gaussians.draw(600, 8, 1);
    FeatureSet narrow = Gaussians.draw(600, 8, 0, 0.3, 2);
    PrecisionRecall result = PrecisionRecall.of(reals, narrow);
    assertThat(result.precision()).isGreaterThan(0.95);
    assertThat(result.recall()).isLessThan(0.1);
    DensityCoverage coverage = DensityCoverage.of(reals, narrow);
    assertThat(coverage.density()).isGreaterThan(1.5);
    assertThat(coverage.coverage()).isLessThan(0.6);
  }

  @Test
  void identicalAndDisjointSets() {
    FeatureSet reals = Gaussians.draw(300, 8, 1);
    FeatureSet same = Gaussians.shuffled(reals);
    FeatureSet far = Gaussians.draw(200, 8, 100, 1, 2);
    assertThat(PrecisionRecall.of(reals, same).precision()).isEqualTo(1);
    assertThat(PrecisionRecall.of(reals, same).recall()).isEqualTo(1);
    assertThat(DensityCoverage.of(reals, same).coverage()).isEqualTo(1);
    // The ball around each real holds itself and the four that are nearer than the fifth.
    assertThat(DensityCoverage.of(reals, same).density()).isEqualTo(1);
    assertThat(PrecisionRecall.of(reals, far).precision()).isZero();
    assertThat(PrecisionRecall.of(reals, far).recall()).isZero();
    assertThat(DensityCoverage.of(reals, far).density()).isZero();
    assertThat(DensityCoverage.of(reals, far).coverage()).isZero();
  }

  @Test
  void aRadiusBelongsToPrecisionButNotToDensity() {
    FeatureSet reals = onALine(0, 1, 2, 3);
    FeatureSet synthetics = onALine(-3, -3, -3, -3);
    // 0 reaches to -3 exactly, its third neighbour being at 3.
    assertThat(PrecisionRecall.of(reals, synthetics).precision()).isEqualTo(1);
    assertThat(DensityCoverage.of(reals, synthetics, 3).density()).isZero();
  }

  @Test
  void orderOfRowsDoesNotMatter() {
    FeatureSet reals = Gaussians.draw(300, 8, 1);
    FeatureSet other = Gaussians.draw(300, 8, 0.3, 1, 2);
    FeatureSet mixed = Gaussians.shuffled(other);
    PrecisionRecall a = PrecisionRecall.of(reals, other);
    PrecisionRecall b = PrecisionRecall.of(reals, mixed);
    assertThat(b.precision()).isEqualTo(a.precision());
    assertThat(b.recall()).isEqualTo(a.recall());
    assertThat(DensityCoverage.of(reals, mixed).density())
        .isEqualTo(DensityCoverage.of(reals, other).density());
    assertThat(Authenticity.of(reals, mixed)).isEqualTo(Authenticity.of(reals, other));
  }

  @Test
  void expectedCoverage() {
    assertThat(DensityCoverage.expectedCoverage(10_000, 10_000)).isCloseTo(0.9688, within(5e-5));
    assertThat(DensityCoverage.expectedCoverage(200, 200)).isCloseTo(0.9699, within(5e-5));
    DensityCoverage null200 =
        DensityCoverage.of(Gaussians.draw(200, 8, 1), Gaussians.draw(200, 8, 2));
    assertThat(null200.coverage()).isCloseTo(0.97, within(0.04));
    assertThat(null200.density()).isCloseTo(1, within(0.2));
  }

  @Test
  void copiesAreNotAuthentic() {
    FeatureSet training = Gaussians.draw(200, 16, 1);
    assertThat(Authenticity.of(training, training.random(50, 1))).isZero();
    assertThat(Authenticity.of(training, Gaussians.draw(200, 16, 2))).isBetween(0.4, 0.85);
    assertThat(Authenticity.of(training, Gaussians.draw(50, 16, 50, 1, 2))).isEqualTo(1);
  }

  @Test
  void tooFewAreToldOf() {
    FeatureSet five = Gaussians.draw(5, 4, 1);
    assertThatThrownBy(() -> DensityCoverage.of(five, five))
        .isInstanceOf(InputException.class)
        .hasMessage("Density and coverage needs at least 6 images and there are 5; add images.");
    assertThatThrownBy(() -> PrecisionRecall.of(five, Gaussians.draw(5, 3, 1)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("features an image");
  }
}
