package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lookalike.image.InputException;

class NearestNeighboursTest {
  private static double[] sortedDistances(FeatureSet a, int row, FeatureSet b, boolean exceptRow) {
    double[] distances = new double[b.rows()];
    for (int i = 0; i < b.rows(); i++) {
      for (int j = 0; j < a.dimensions(); j++) {
        double difference = a.value(row, j) - b.value(i, j);
        distances[i] += difference * difference;
      }
      distances[i] = exceptRow && i == row ? Double.MAX_VALUE : Math.sqrt(distances[i]);
    }
    Arrays.sort(distances);
    return distances;
  }

  /** More rows than a block and dimensions that do not fill the last pass. */
  @Test
  void agreesWithPlainSearch() {
    FeatureSet queries = Gaussians.draw(70, 37, 1);
    FeatureSet among = Gaussians.draw(1100, 37, 2);
    NearestNeighbours found = NearestNeighbours.of(queries, among, 4);
    NearestNeighbours within = NearestNeighbours.within(queries, 4);
    for (int i = 0; i < queries.rows(); i++) {
      double[] expected = sortedDistances(queries, i, among, false);
      double[] expectedWithin = sortedDistances(queries, i, queries, true);
      for (int k = 0; k < 4; k++) {
        assertThat(found.distance(i, k)).isCloseTo(expected[k], within(1e-5));
        assertThat(within.distance(i, k)).isCloseTo(expectedWithin[k], within(1e-5));
        assertThat(within.neighbour(i, k)).isNotEqualTo(i);
      }
    }
  }

  @Test
  void distancesAreTheSameInBothDirectionsAndZeroForCopies() {
    FeatureSet a = Gaussians.draw(40, 33, 100, 1, 1);
    FeatureSet b = Gaussians.draw(60, 33, 100, 1, 2);
    float[][] there = new float[40][60];
    float[][] back = new float[60][40];
    RowPairs.squaredDistances(
        a, b, (row, first, n, values) -> System.arraycopy(values, 0, there[row], first, n));
    RowPairs.squaredDistances(
        b, a, (row, first, n, values) -> System.arraycopy(values, 0, back[row], first, n));
    for (int i = 0; i < 40; i++) {
      for (int j = 0; j < 60; j++) assertThat(there[i][j]).isEqualTo(back[j][i]);
    }
    NearestNeighbours self = NearestNeighbours.of(a, a, 1);
    for (int i = 0; i < 40; i++) {
      assertThat(self.neighbour(i, 0)).isEqualTo(i);
      assertThat(self.distance(i, 0)).isZero();
    }
  }

  @Test
  void ofEqualNeighboursTheFirst() {
    FeatureSet set =
        FeatureSet.of(new float[] {0}, new float[] {1}, new float[] {-1}, new float[] {1});
    NearestNeighbours nearest = NearestNeighbours.within(set, 3);
    assertThat(nearest.neighbour(0, 0)).isEqualTo(1);
    assertThat(nearest.neighbour(0, 1)).isEqualTo(2);
    assertThat(nearest.neighbour(0, 2)).isEqualTo(3);
  }

  @Test
  void tooFewRowsAreToldOf() {
    FeatureSet three = Gaussians.draw(3, 2, 1);
    assertThatThrownBy(() -> NearestNeighbours.within(three, 3))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("needs at least 4 images and there are 3");
  }
}
