package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.lookalike.image.InputException;

/** k-means, NDB and the data-copying test. */
class CellMeasuresTest {
  private static FeatureSet clusters(int n, int count, long seed) {
    float[] values = Gaussians.draw(n, 2, 0, 0.1, seed).values().clone();
    for (int i = 0; i < n; i++) values[2 * i] += 10 * (i % count);
    return new FeatureSet(values, n, 2);
  }

  @Test
  void kMeansFindsClusters() {
    int[] cells = KMeans.fit(clusters(300, 3, 1), 3, 5).cells(clusters(300, 3, 2));
    for (int i = 3; i < 300; i++) assertThat(cells[i]).isEqualTo(cells[i % 3]);
    assertThat(cells[0]).isNotEqualTo(cells[1]).isNotEqualTo(cells[2]);
    assertThat(cells[1]).isNotEqualTo(cells[2]);
  }

  @Test
  void kMeansOfEqualRows() {
    FeatureSet equal = new FeatureSet(new float[40], 20, 2);
    int[] sizes = KMeans.fit(equal, 2, 1).sizes(equal);
    assertThat(sizes[0] + sizes[1]).isEqualTo(20);
  }

  /** z = (0.5-0.4)/√(0.45·0.55·(1/100+1/100)) = 1.42; with 0.35, 2.14. */
  @Test
  void twoProportionTest() {
    assertThat(BinnedProportions.of(new int[] {50, 50}, new int[] {40, 60}).different()).isZero();
    BinnedProportions result = BinnedProportions.of(new int[] {50, 50}, new int[] {35, 65});
    assertThat(result.different()).isEqualTo(2);
    assertThat(result.share()).isEqualTo(1);
    // entropy((.425, .575)) less the mean of entropy((.5, .5)) and entropy((.35, .65)), in bits
    assertThat(result.divergence()).isCloseTo(0.0166745, within(1e-6));
    assertThat(BinnedProportions.of(new int[] {9, 0}, new int[] {0, 9}).divergence()).isEqualTo(1);
  }

  @Test
  void aLostModeShowsInItsBins() {
    FeatureSet reals = clusters(2000, 4, 1);
    BinnedProportions same = BinnedProportions.of(reals, clusters(2000, 4, 2), 1);
    assertThat(same.bins()).isEqualTo(100);
    assertThat(same.share()).isLessThan(0.15);
    BinnedProportions lost = BinnedProportions.of(reals, clusters(2000, 2, 2), 1);
    assertThat(lost.share()).isGreaterThan(0.6);
    assertThat(lost.divergence()).isGreaterThan(same.divergence() + 0.2);
    assertThat(BinnedProportions.of(clusters(50, 4, 1), reals, 1).bins()).isEqualTo(5);
  }

  @Test
  void copiesAreFarBelowZero() {
    FeatureSet training = Gaussians.draw(300, 20, 1);
    FeatureSet heldOut = Gaussians.draw(300, 20, 2);
    FeatureSet fresh = Gaussians.draw(300, 20, 3);
    FeatureSet poor = Gaussians.draw(300, 20, 0, 2, 3);
    assertThat(DataCopyingTest.of(training, heldOut, training, 1)).isLessThan(-8);
    assertThat(DataCopyingTest.of(training, heldOut, fresh, 1)).isBetween(-2.5, 2.5);
    assertThat(DataCopyingTest.of(training, heldOut, poor, 1)).isGreaterThan(5);
  }

  /** U = 0 of 3·4: z = -6/√(3·4·8/12). */
  @Test
  void mannWhitney() {
    double[] low = {1, 2, 3};
    double[] high = {4, 5, 6, 7};
    assertThat(DataCopyingTest.mannWhitneyZ(low, high)).isCloseTo(-2.1213203, within(1e-6));
    assertThat(DataCopyingTest.mannWhitneyZ(high, low)).isCloseTo(2.1213203, within(1e-6));
    assertThat(DataCopyingTest.mannWhitneyZ(low, low)).isZero();
    assertThat(DataCopyingTest.mannWhitneyZ(new double[3], new double[3])).isZero();
  }

  @Test
  void setsThatShareNoRegion() {
    FeatureSet training = clusters(60, 3, 1);
    FeatureSet left = training.subset(0);
    FeatureSet right =
        clusters(60, 3, 2).subset(IntStream.range(0, 60).filter(i -> i % 3 == 2).toArray());
    assertThatThrownBy(() -> DataCopyingTest.of(training, left, right, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("different regions");
  }
}
