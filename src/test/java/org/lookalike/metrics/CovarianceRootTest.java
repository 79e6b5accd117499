package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CovarianceRootTest {
  private static void assertIsRoot(double[][] columns, double[] covariance, double tolerance) {
    int n = (int) Math.sqrt(covariance.length);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double product = 0;
        for (double[] column : columns) product += column[i] * column[j];
        assertThat(product).as(i + ", " + j).isCloseTo(covariance[i * n + j], within(tolerance));
      }
    }
  }

  @Test
  void ofManyImages() {
    double[] covariance = Moments.of(Gaussians.draw(300, 40, 1)).covariance();
    double[][] root = CovarianceRoot.columns(covariance, 40);
    assertThat(root).hasDimensions(40, 40);
    assertIsRoot(root, covariance, 1e-12);
  }

  /** Twelve images lie in eleven directions around their mean. */
  @Test
  void fewImagesGiveFewColumns() {
    double[] covariance = Moments.of(Gaussians.draw(12, 40, 1)).covariance();
    double[][] root = CovarianceRoot.columns(covariance, 40);
    assertThat(root).hasDimensions(11, 40);
    assertIsRoot(root, covariance, 1e-12);
  }

  @Test
  void valuesByHand() {
    double[] covariance = {1, 2, 0, 2, 4, 0, 0, 0, 9};
    double[][] root = CovarianceRoot.columns(covariance, 3);
    assertThat(root).isDeepEqualTo(new double[][] {{0, 0, 3}, {1, 2, 0}});
  }

  @Test
  void nothingVaries() {
    assertThat(CovarianceRoot.columns(new double[9], 3)).isEmpty();
  }
}
