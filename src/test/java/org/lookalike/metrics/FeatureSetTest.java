package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lookalike.image.InputException;

class FeatureSetTest {
  private static FeatureSet numbered(int rows) {
    float[] values = new float[rows];
    for (int i = 0; i < rows; i++) values[i] = i;
    return new FeatureSet(values, rows, 1);
  }

  @Test
  void subsetKeepsRowsAndNames() {
    FeatureSet set =
        new FeatureSet(new float[] {1, 2, 3, 4, 5, 6}, 3, 2, List.of("a.tif", "b.tif", "c.tif"));
    FeatureSet chosen = set.subset(2, 0);
    assertThat(chosen.rows()).isEqualTo(2);
    assertThat(chosen.row(0)).containsExactly(5, 6);
    assertThat(chosen.row(1)).containsExactly(1, 2);
    assertThat(chosen.names()).containsExactly("c.tif", "a.tif");
  }

  @Test
  void halvesAreDisjointOfOneSizeAndFollowTheSeed() {
    FeatureSet set = numbered(11);
    List<FeatureSet> halves = set.randomHalves(3);
    Set<Float> seen = new HashSet<>();
    for (FeatureSet half : halves) {
      assertThat(half.rows()).isEqualTo(5);
      for (int i = 0; i < 5; i++) seen.add(half.value(i, 0));
    }
    assertThat(seen).hasSize(10);
    assertThat(set.randomHalves(3).get(0).values()).isEqualTo(halves.get(0).values());
    assertThat(set.randomHalves(4).get(0).values()).isNotEqualTo(halves.get(0).values());
  }

  /** Patches of one image in both halves would make these more alike than images are. */
  @Test
  void halvesShareNoImage() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 40; i++) names.add("image " + i % 8);
    FeatureSet set = new FeatureSet(new float[40], 40, 1, names);
    for (long seed = 0; seed < 10; seed++) {
      List<FeatureSet> halves = set.randomHalves(seed);
      assertThat(halves.get(0).names()).doesNotContainAnyElementsOf(halves.get(1).names());
    }
  }

  /** Few rows are to be of many images, as those of a set they are compared with are. */
  @Test
  void aSmallPairIsOfManyImagesToo() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 800; i++) names.add("image " + i % 20);
    FeatureSet set = new FeatureSet(new float[800], 800, 1, names);
    for (long seed = 0; seed < 10; seed++) {
      List<FeatureSet> pair = set.randomPair(30, seed);
      assertThat(pair.get(0).names()).doesNotContainAnyElementsOf(pair.get(1).names());
      for (FeatureSet side : pair) {
        assertThat(side.rows()).isEqualTo(30);
        assertThat(new HashSet<>(side.names())).hasSizeGreaterThan(6);
      }
    }
  }

  @Test
  void impossibleInputIsToldInOneSentence() {
    assertThatThrownBy(
            () ->
                new FeatureSet(
                    new float[] {1, 2, 3, Float.NaN}, 2, 2, List.of("good.tif", "bad.tif")))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "Feature 2 of bad.tif is no finite number; leave that image out or compute it again.");
    assertThatThrownBy(() -> FeatureSet.of(new float[2], new float[3]))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("Row 2 has 3 features");
    assertThatThrownBy(() -> numbered(1).randomHalves(1))
        .isInstanceOf(InputException.class)
        .hasMessage("Splitting in two needs at least 2 images and there is 1; add images.");
    assertThatThrownBy(() -> FeatureSet.of()).isInstanceOf(InputException.class);
  }
}
