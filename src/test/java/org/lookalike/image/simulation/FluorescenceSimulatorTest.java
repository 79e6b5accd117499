package org.lookalike.image.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ImageStatistics;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lookalike.image.Dataset;
import org.lookalike.image.DatasetOptions;
import org.lookalike.image.ImageSources;

class FluorescenceSimulatorTest {
  private static final int SIDE = 96;

  private static ByteProcessor[] fields(int count, long seed) {
    FluorescenceSimulator simulator = new FluorescenceSimulator(SIDE, seed);
    ByteProcessor[] fields = new ByteProcessor[count];
    for (int i = 0; i < count; i++) fields[i] = simulator.next();
    return fields;
  }

  private static byte[] pixels(ByteProcessor field) {
    return (byte[]) field.getPixels();
  }

  @Test
  void theSameSeedDrawsTheSameFields() {
    ByteProcessor[] first = fields(12, 3);
    ByteProcessor[] again = fields(12, 3);
    for (int i = 0; i < first.length; i++) {
      assertThat(pixels(again[i])).isEqualTo(pixels(first[i]));
    }
    assertThat(pixels(fields(1, 4)[0])).isNotEqualTo(pixels(first[0]));
  }

  @Test
  void fieldsShowSomethingAndAreNotSaturated() {
    int empty = 0;
    for (ByteProcessor field : fields(60, 5)) {
      assertThat(field.getWidth()).isEqualTo(SIDE);
      ImageStatistics statistics = field.getStats();
      if (statistics.max - statistics.min < 10) empty++;
      assertThat(field.getHistogram()[255]).isLessThan(SIDE * SIDE / 20);
    }
    assertThat(empty).isLessThan(6);
  }

  /** Dim and bright fields, so that nothing can be learnt from brightness alone. */
  @Test
  void fieldsDifferInBrightness() {
    double[] means = Arrays.stream(fields(60, 6)).mapToDouble(f -> f.getStats().mean).toArray();
    Arrays.sort(means);
    assertThat(means[54]).isGreaterThan(3 * means[6]);
  }

  /** The networks they train are those of dark backgrounds. */
  @Test
  void backgroundsAreDark() throws Exception {
    ImageStack stack = new ImageStack(SIDE, SIDE);
    for (ByteProcessor field : fields(60, 7)) stack.addSlice(field);
    DatasetOptions options = DatasetOptions.defaults().withSize(64);
    try (Dataset dataset =
        Dataset.open(ImageSources.of(new ImagePlus("fields", stack)), options, line -> {})) {
      assertThat(dataset.info().isDark()).isTrue();
    }
  }
}
