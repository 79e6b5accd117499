package org.lookalike.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntensityScalingTest {
  private static IntensityScaling scaling(int bits, double low, double high, boolean root) {
    return new IntensityScaling(
        bits, new double[] {low}, new double[] {high}, new boolean[] {root});
  }

  @ParameterizedTest(name = "{0} bits, {1} to {2}, square root {3}")
  @CsvSource({
    "8,0,255,false",
    "8,3,200,true",
    "16,0,65535,false",
    "16,0,65535,true",
    "16,100,4095,true"
  })
  void whatLiesWithinComesBackExactly(int bits, int low, int high, boolean root) {
    IntensityScaling scaling = scaling(bits, low, high, root);
    for (int v = low; v <= high; v++) {
      float model = scaling.toModel(v, 0);
      assertThat(model).isBetween(-1f, 1f);
      assertThat(scaling.toNative(model, 0)).isEqualTo(v);
    }
    assertThat(scaling.toNative(scaling.toModel(low - 50, 0), 0)).isEqualTo(low);
    assertThat(scaling.toNative(scaling.toModel(high + 50, 0), 0)).isEqualTo(high);
  }

  @Test
  void floatsComeBackNearly() {
    IntensityScaling scaling = scaling(32, -2.5, 7.25, true);
    for (float v = -2.4f; v < 7.2f; v += 0.013f) {
      assertThat(scaling.toNative(scaling.toModel(v, 0), 0)).isCloseTo(v, within(1e-5f));
    }
    assertThat(scaling.toModel(Float.NaN, 0)).isEqualTo(-1);
  }

  @Test
  void aConstantChannelStaysConstant() {
    IntensityScaling scaling = scaling(16, 77, 77, false);
    assertThat(scaling.toNative(scaling.toModel(77, 0), 0)).isEqualTo(77);
  }

  /** A quarter of the range is a quarter to the eye, whatever scale the networks see it in. */
  @Test
  void whatIsSavedIsRoundedAndInProportion() {
    for (boolean root : new boolean[] {false, true}) {
      IntensityScaling scaling = scaling(8, 10, 210, root);
      assertThat(scaling.saved(scaling.toModel(60, 0), 0)).isCloseTo(-0.5f, within(1e-6f));
      assertThat(scaling.saved(scaling.toModel(60.4f, 0), 0)).isCloseTo(-0.5f, within(1e-6f));
      assertThat(scaling.saved(-1.2f, 0)).isEqualTo(-1);
      assertThat(scaling.saved(1.2f, 0)).isEqualTo(1);
    }
    IntensityScaling exact = scaling(32, 10, 210, true);
    assertThat(exact.saved(exact.toModel(60.4f, 0), 0)).isCloseTo(-0.496f, within(1e-5f));
  }
}
