package org.lookalike.image.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ij.process.ColorProcessor;
import ij.process.ImageStatistics;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lookalike.image.Dataset;

class BrightfieldSimulatorTest {
  private static final int SIDE = 96;

  private final SimulatedFields<ColorProcessor> fields =
      new SimulatedFields<>(seed -> new BrightfieldSimulator(SIDE, seed)::next);

  private static boolean isGrey(ColorProcessor field) {
    return Arrays.stream((int[]) field.getPixels())
        .allMatch(p -> (p & 0xFF) == (p >> 8 & 0xFF) && (p & 0xFF) == (p >> 16 & 0xFF));
  }

  @Test
  void theSameSeedDrawsTheSameFields() {
    fields.assertFollowTheSeed();
  }

  @Test
  void fieldsShowSomethingAndAreNotSaturated() {
    int empty = 0;
    int saturated = 0;
    for (ColorProcessor field : fields.draw(60, 5)) {
      ImageStatistics green = field.getChannel(2, null).getStats();
      if (green.stdDev < 3) empty++;
      if (field.getChannel(2, null).getHistogram()[255] > SIDE * SIDE / 5) saturated++;
    }
    assertThat(empty).isLessThan(6);
    assertThat(saturated).isLessThan(6);
  }

  /** Two thirds are stained, the others are seen without dyes. */
  @Test
  void someFieldsAreColouredAndSomeGrey() {
    long grey = fields.draw(60, 6).stream().filter(BrightfieldSimulatorTest::isGrey).count();
    assertThat(grey).isBetween(10L, 32L);
  }

  /** The networks they train are those of other than dark backgrounds. */
  @Test
  void backgroundsAreNotDark() throws Exception {
    try (Dataset dataset = fields.dataset(60, 7)) {
      assertThat(dataset.info().isDark()).isFalse();
      assertThat(dataset.channels()).isEqualTo(3);
    }
  }
}
