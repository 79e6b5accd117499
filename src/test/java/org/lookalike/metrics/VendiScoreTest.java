package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lookalike.image.InputException;

class VendiScoreTest {
  @Test
  void testVector() {
    double[] x = {0, 0, 10, 10, 20, 20};
    double[][] kernel = new double[6][6];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 6; j++) kernel[i][j] = Math.exp(-Math.abs(x[i] - x[j]));
    }
    assertThat(VendiScore.ofKernel(kernel)).isCloseTo(2.9999, within(1e-4));
  }

  @Test
  void countsDirections() {
    float[][] rows = new float[12][];
    for (int i = 0; i < 12; i++) {
      rows[i] = new float[4];
      rows[i][i % 3] = i + 1;
    }
    assertThat(VendiScore.of(FeatureSet.of(rows))).isCloseTo(3, within(1e-5));
    assertThat(VendiScore.of(FeatureSet.of(rows[0], rows[3]))).isCloseTo(1, within(1e-5));
  }

  /** Both ways to the same eigenvalues: more rows than dimensions, and fewer. */
  @Test
  void agreesWithTheGeneralKernel() {
    for (int d : new int[] {5, 50}) {
      FeatureSet set = Gaussians.draw(20, d, 1, 1, 1);
      double[][] kernel = new double[20][20];
      for (int i = 0; i < 20; i++) {
        for (int j = 0; j < 20; j++) kernel[i][j] = cosine(set.row(i), set.row(j));
      }
      assertThat(VendiScore.of(set)).isCloseTo(VendiScore.ofKernel(kernel), within(1e-4));
      assertThat(VendiScore.of(Gaussians.shuffled(set)))
          .isCloseTo(VendiScore.of(set), within(1e-9));
    }
  }

  private static double cosine(float[] a, float[] b) {
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += a[i] * (double) b[i];
      aa += a[i] * (double) a[i];
      bb += b[i] * (double) b[i];
    }
    return ab / Math.sqrt(aa * bb);
  }

  @Test
  void zeroHasNoDirection() {
    assertThatThrownBy(() -> VendiScore.of(FeatureSet.of(new float[] {1, 0}, new float[2])))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("row 2");
  }
}
