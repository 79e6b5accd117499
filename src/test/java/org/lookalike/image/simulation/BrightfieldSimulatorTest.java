package org.lookalike.image.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import ij.process.ImageStatistics;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lookalike.image.Dataset;
import org.lookalike.image.DatasetOptions;
import org.lookalike.image.ImageSources;

class BrightfieldSimulatorTest {
  private static final int SIDE = 96;

  private static ColorProcessor[] fields(int count, long seed) {
    BrightfieldSimulator simulator = new BrightfieldSimulator(SIDE, seed);
    ColorProcessor[] fields = new ColorProcessor[count];
    for (int i = 0; i < count; i++) fields[i] = simulator.next();
    return fields;
  }

  private static int[] pixels(ColorProcessor field) {
    return (int[]) field.getPixels();
  }

  private static boolean isGrey(ColorProcessor field) {
    return Arrays.stream(pixels(field))
        .allMatch(p -> (p & 0xFF) == (p >> 8 & 0xFF) && (p & 0xFF) == (p >> 16 & 0xFF));
  }

  @Test
  void theSameSeedDrawsTheSameFields() {
    ColorProcessor[] first = fields(12, 3);
    ColorProcessor[] again = fields(12, 3);
    for (int i = 0; i < first.length; i++) {
      assertThat(pixels(again[i])).isEqualTo(pixels(first[i]));
    }
    assertThat(pixels(fields(1, 4)[0])).isNotEqualTo(pixels(first[0]));
  }

  @Test
  void fieldsShowSomethingAndAreNotSaturated() {
    int empty = 0;
    int saturated = 0;
    for (ColorProcessor field : fields(60, 5)) {
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
    long grey = Arrays.stream(fields(60, 6)).filter(BrightfieldSimulatorTest::isGrey).count();
    assertThat(grey).isBetween(10L, 32L);
  }

  /** The networks they train are those of other than dark backgrounds. */
  @Test
  void backgroundsAreNotDark() throws Exception {
    ImageStack stack = new ImageStack(SIDE, SIDE);
    for (ColorProcessor field : fields(60, 7)) stack.addSlice(field);
    DatasetOptions options = DatasetOptions.defaults().withSize(64);
    try (Dataset dataset =
        Dataset.open(ImageSources.of(new ImagePlus("fields", stack)), options, line -> {})) {
      assertThat(dataset.info().isDark()).isFalse();
      assertThat(dataset.channels()).isEqualTo(3);
    }
  }
}
