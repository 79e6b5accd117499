package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
  private final Pace pace = new Pace(600);

  @Test
  void itIsKnownAfterAFewSeconds() {
    pace.measure(0, 0);
    assertThat(pace.total(400, 4)).isNaN();
    assertThat(pace.total(1000, 10)).isCloseTo(60_000, within(1e-6));
    assertThat(pace.total(50_000, 600)).as("at the end").isEqualTo(50_000);
    Pace ofASecond = new Pace(1);
    ofASecond.measure(0, 0);
    assertThat(ofASecond.total(20, 0.1)).isCloseTo(200, within(1e-6));
  }

  /** As where a training goes back, or is resumed on another computer. */
  @Test
  void itIsMeasuredAnew() {
    pace.measure(0, 0);
    pace.measure(20_000, 300);
    assertThat(pace.total(20_000, 310)).as("no round was played").isNaN();
    assertThat(pace.total(22_000, 310)).isCloseTo(22_000 + 200 * 290, within(1e-6));
  }
}
