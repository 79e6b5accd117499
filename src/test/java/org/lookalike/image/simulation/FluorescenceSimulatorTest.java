package org.lookalike.image.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import ij.process.ByteProcessor;
import ij.process.ImageStatistics;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.lookalike.image.Dataset;

class FluorescenceSimulatorTest {
  private static final int SIDE = 96;

  private final SimulatedFields<ByteProcessor> fields =
      new SimulatedFields<>(seed -> new FluorescenceSimulator(SIDE, seed)::next);

  @Test
  void theSameSeedDrawsTheSameFields() {
    fields.assertFollowTheSeed();
  }

  @Test
  void fieldsShowSomethingAndAreNotSaturated() {
    int empty = 0;
    for (ByteProcessor field : fields.draw(60, 5)) {
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
    double[] means = fields.draw(60, 6).stream().mapToDouble(f -> f.getStats().mean).toArray();
    Arrays.sort(means);
    assertThat(means[54]).isGreaterThan(3 * means[6]);
  }

  /** The networks they train are those of dark backgrounds. */
  @Test
  void backgroundsAreDark() throws Exception {
    try (Dataset dataset = fields.dataset(60, 7)) {
      assertThat(dataset.info().isDark()).isTrue();
    }
  }
}
