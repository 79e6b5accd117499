package org.lookalike.lab;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lookalike.train.TrainSettings;

class LabAdviceTest {
  /** A hundred samples on each of the given modes of the ring. */
  private static String advice(String settings, int... modes) {
    float[] points = new float[200 * modes.length];
    for (int i = 0; i < points.length / 2; i++) {
      double[] centre = Mixture.RING.centre(modes[i / 100]);
      points[2 * i] = (float) centre[0];
      points[2 * i + 1] = (float) centre[1];
    }
    return of(points, settings);
  }

  private static String of(float[] points, String settings) {
    return LabAdvice.of(
        Coverage.of(Mixture.RING, points), Mixture.RING.modes(), TrainSettings.parse(settings));
  }

  @Test
  void aCollapseIsNamedWithTheNextRemedy() {
    assertThat(advice("loss=non-saturating", 2, 5))
        .isEqualTo("2 of 8 modes: collapsed; try loss relativistic with r1 and r2 0.01.");
    assertThat(advice("loss=relativistic r1=0 r2=0.01", 2, 5)).endsWith("try r1 and r2 0.01.");
    assertThat(advice("loss=relativistic", 2, 5)).contains("pack 2 (starts anew)");
    assertThat(advice("loss=relativistic pack=2", 2, 5)).contains("lower learning rates");
  }

  @Test
  void fewMissedModesAreNoCollapse() {
    assertThat(advice("loss=hinge", 0, 1, 2, 3, 4, 5))
        .startsWith("6 of 8 modes: some are missed; try");
  }

  @Test
  void allModesAreOnlyEnoughIfTheyAreAlike() {
    assertThat(advice("loss=hinge", 0, 1, 2, 3, 4, 5, 6, 7))
        .isEqualTo("8 of 8 modes: the generator has learnt the whole mixture.");
    int[] uneven = new int[40];
    for (int mode = 0; mode < 8; mode++) uneven[mode] = mode;
    assertThat(advice("loss=hinge", uneven)).contains("some get most of the samples");
  }

  @Test
  void scatteredSamplesAreNotCalledCollapsed() {
    float[] scattered = new float[800];
    for (int i = 0; i < 400; i++) {
      double angle = 2 * Math.PI * i / 400;
      scattered[2 * i] = (float) (0.7 * Math.cos(angle));
      scattered[2 * i + 1] = (float) (0.7 * Math.sin(angle));
    }
    assertThat(of(scattered, "loss=hinge")).contains("not collapsed");
  }
}
