package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatSortTest {
  private static void assertSortsLikeComparisons(FloatSort sort, float[] values) {
    float[] expected = values.clone();
    Arrays.sort(expected);
    sort.sort(values);
    assertThat(values).isEqualTo(expected);
  }

  @Test
  void floatsOfEveryKindAreSorted() {
    float[] values = {
      3,
      -2,
      0,
      -0f,
      1e-42f,
      -1e-42f,
      Float.NaN,
      1e38f,
      -1e38f,
      Float.MAX_VALUE,
      3,
      Float.NEGATIVE_INFINITY,
      Float.POSITIVE_INFINITY,
      Float.MIN_VALUE
    };
    assertSortsLikeComparisons(new FloatSort(values.length), values);
  }

  @Test
  void theSameRoomServesAgain() {
    FloatSort sort = new FloatSort(5000);
    Random random = new Random(1);
    for (int i = 0; i < 3; i++) {
      float[] values = new float[5000];
      for (int j = 0; j < values.length; j++) {
        values[j] = Float.intBitsToFloat(random.nextInt());
      }
      assertSortsLikeComparisons(sort, values);
    }
  }

  @Test
  void nothingIsSorted() {
    assertSortsLikeComparisons(new FloatSort(0), new float[0]);
  }
}
