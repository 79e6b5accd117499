package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpeedTest {
  private final Speed speed = new Speed();

  @Test
  void whatASessionBeginsWithIsNoPartOfIt() {
    assertThat(speed.imagesPerSecond()).isNaN();
    speed.add(16, 7);
    assertThat(speed.imagesPerSecond()).isNaN();
    assertThat(speed.secondsTo(1000)).isInfinite();
    speed.add(32, 7.2);
    assertThat(speed.imagesPerSecond()).isCloseTo(80, within(1e-6));
    assertThat(speed.secondsTo(832)).isCloseTo(10, within(1e-6));
    assertThat(speed.secondsTo(16)).as("passed already").isZero();
  }

  @Test
  void onlyTheLastMinuteCounts() {
    for (int second = 0; second <= 100; second++) speed.add(10 * second, second);
    for (int second = 1; second <= 60; second++) speed.add(1000 + 50 * second, 100 + second);
    assertThat(speed.imagesPerSecond()).isCloseTo(50, within(1e-6));
  }

  /** A round may take longer than what is looked back at. */
  @Test
  void longRoundsAreMeasured() {
    speed.add(0, 0);
    speed.add(16, 100);
    speed.add(32, 200);
    assertThat(speed.imagesPerSecond()).isCloseTo(0.16, within(1e-6));
  }

  /** As where a training goes back to an earlier state. */
  @Test
  void itIsMeasuredAnew() {
    speed.add(20_000, 100);
    speed.add(21_000, 110);
    speed.forget();
    speed.add(8_000, 111);
    assertThat(speed.imagesPerSecond()).isNaN();
    speed.add(8_400, 115);
    assertThat(speed.imagesPerSecond()).isCloseTo(100, within(1e-6));
  }
}
