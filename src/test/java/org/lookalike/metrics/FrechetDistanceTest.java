package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Percentage;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lookalike.image.InputException;

class FrechetDistanceTest {
  @Test
  void singularCovariances() {
    FeatureSet a = FeatureSet.of(new float[] {1, 2}, new float[] {1, 2}, new float[] {1, 2});
    FeatureSet b = FeatureSet.of(new float[] {2, 2}, new float[] {1, 2}, new float[] {1, 2});
    assertThat(FrechetDistance.between(a, b)).isCloseTo(0.4444, within(1e-4));
    assertThat(FrechetDistance.between(b, a)).isCloseTo(0.4444, within(1e-4));
  }

  @Test
  void onlyTheMeansDiffer() {
    int d = 2048;
    double[] identity = new double[d * d];
    for (int i = 0; i < d; i++) identity[i * d + i] = 1;
    double[] ones = new double[d];
    Arrays.fill(ones, 1);
    double distance = FrechetDistance.between(new double[d], identity, ones, identity);
    assertThat(distance).isCloseTo(2048, within(1e-6));
  }

  /** For covariances that commute: Σ(√λ1 - √λ2)². */
  @Test
  void onlyTheScalesDiffer() {
    FeatureSet a = Gaussians.draw(50, 4, 1);
    float[] doubled = a.values().clone();
    for (int i = 0; i < doubled.length; i++) doubled[i] *= 2;
    Moments x = Moments.of(a);
    Moments y = Moments.of(new FeatureSet(doubled, 50, 4));
    double expected = 0;
    for (int j = 0; j < 4; j++) {
      expected += x.covariance()[j * 4 + j] + x.mean()[j] * x.mean()[j];
    }
    assertThat(FrechetDistance.between(x, y)).isCloseTo(expected, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"200, 11.2, 10", "1000, 2.27, 10", "5000, 0.44, 15"})
  void finiteSamplesBiasItUpwards(int n, double expected, double tolerance) {
    double distance = FrechetDistance.between(Gaussians.draw(n, 64, 1), Gaussians.draw(n, 64, 2));
    assertThat(distance).isCloseTo(expected, Percentage.withPercentage(tolerance));
  }

  @Test
  void sameSetIsAtZeroInAnyOrderEvenWithFewRows() {
    FeatureSet few = Gaussians.draw(20, 100, 5, 1, 1);
    assertThat(FrechetDistance.between(few, Gaussians.shuffled(few))).isCloseTo(0, within(1e-5));
    FeatureSet other = Gaussians.draw(30, 100, 5, 1, 2);
    double there = FrechetDistance.between(few, other);
    assertThat(FrechetDistance.between(other, few)).isCloseTo(there, within(1e-5));
  }

  /** Σ√eig(Σ1Σ2) is the sum of the singular values of XYᵀ, rows less their mean over √(N-1). */
  @Test
  void fewImagesOfManyFeatures() {
    FeatureSet few = Gaussians.draw(12, 100, 2, 1, 1);
    FeatureSet more = Gaussians.draw(150, 100, 1, 3, 2);
    Moments a = Moments.of(few);
    Moments b = Moments.of(more);
    double expected = a.totalVariance() + b.totalVariance();
    for (int j = 0; j < 100; j++) expected += Math.pow(a.mean()[j] - b.mean()[j], 2);
    SingularValueDecomposition_F64<DMatrixRMaj> svd =
        DecompositionFactory_DDRM.svd(12, 150, false, false, true);
    DMatrixRMaj product = new DMatrixRMaj(12, 150);
    CommonOps_DDRM.multTransB(centred(few, a), centred(more, b), product);
    assertThat(svd.decompose(product)).isTrue();
    for (double value : svd.getSingularValues()) expected -= 2 * value;
    assertThat(FrechetDistance.between(few, more)).isCloseTo(expected, within(1e-9 * expected));
    assertThat(FrechetDistance.between(more, few)).isCloseTo(expected, within(1e-9 * expected));
  }

  private static DMatrixRMaj centred(FeatureSet set, Moments moments) {
    DMatrixRMaj rows = new DMatrixRMaj(set.rows(), set.dimensions());
    double[] mean = moments.mean();
    for (int i = 0; i < set.rows(); i++) {
      for (int j = 0; j < set.dimensions(); j++) {
        rows.set(i, j, (set.value(i, j) - mean[j]) / Math.sqrt(set.rows() - 1));
      }
    }
    return rows;
  }

  @Test
  void fewImagesAndOtherDimensionsAreToldOf() {
    Moments few = Moments.of(Gaussians.draw(4, 4, 1));
    Moments enough = Moments.of(Gaussians.draw(5, 4, 1));
    assertThat(new FrechetDistance(enough).rankDeficient(enough)).isFalse();
    assertThat(new FrechetDistance(enough).rankDeficient(few)).isTrue();
    assertThat(new FrechetDistance(few).rankDeficient(enough)).isTrue();
    assertThatThrownBy(() -> new FrechetDistance(few).to(new Moments(5)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("same extractor");
  }

  @Test
  void infiniteSizeHasLessBias() {
    FeatureSet reals = Gaussians.draw(5000, 16, 1);
    FeatureSet synthetics = Gaussians.draw(1000, 16, 2);
    double biased = FrechetDistance.between(reals, synthetics);
    double extrapolated = FidInfinity.of(Moments.of(reals), synthetics, 1);
    assertThat(Math.abs(extrapolated)).isLessThan(biased / 2);
    assertThat(FidInfinity.of(Moments.of(reals), synthetics, 1)).isEqualTo(extrapolated);
  }

  @Test
  void sizesRunFromATenthToAll() {
    assertThat(FidInfinity.size(0, 1000)).isEqualTo(100);
    assertThat(FidInfinity.size(14, 1000)).isEqualTo(1000);
    assertThat(FidInfinity.size(0, 100_000)).isEqualTo(5000);
    assertThat(FidInfinity.size(0, 16)).isEqualTo(2);
  }
}
