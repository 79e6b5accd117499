package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ScheduleTest {
  private static Schedule schedule(String settings) {
    return new Schedule(TrainSettings.parse(settings));
  }

  @Test
  void ratesFallFromTheShareAskedForToTheLast() {
    Schedule schedule = schedule("anneal_from=0.5 anneal_to=0.2 anneal_images=20000");
    schedule.plan(30_000);
    assertThat(schedule.anneals(0.5)).isFalse();
    assertThat(schedule.rate(0.5)).isEqualTo(1);
    assertThat(schedule.rate(0.75)).isCloseTo(0.6, within(1e-12));
    assertThat(schedule.rate(1)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.rate(1.1)).as("a last round may be late").isCloseTo(0.2, within(1e-12));
  }

  @Test
  void inALongTrainingTheyFallOverSoManyImages() {
    Schedule schedule = schedule("anneal_from=0.5 anneal_to=0 anneal_images=20000");
    schedule.plan(100_000);
    assertThat(schedule.start()).isCloseTo(0.8, within(1e-12));
    assertThat(schedule.rate(0.79)).isEqualTo(1);
    assertThat(schedule.rate(0.9)).isCloseTo(0.5, within(1e-12));
    assertThat(schedule.noise(0.4)).as("instance noise ends there").isCloseTo(0.5, within(1e-12));
    assertThat(schedule.noise(0.8)).isEqualTo(0);
  }

  @Test
  void whereTheyBeganToFallCanBeSaid() {
    Schedule schedule = schedule("anneal_from=0.5 anneal_images=20000");
    schedule.beginAt(0.7);
    assertThat(schedule.start()).isEqualTo(0.7);
    schedule.beginAt(0.2);
    assertThat(schedule.start()).isEqualTo(0.5);
  }

  @Test
  void ratesThatNeverFallDoNot() {
    Schedule schedule = schedule("anneal_from=1 anneal_images=20000");
    schedule.plan(1000);
    assertThat(schedule.anneals(1)).isFalse();
    assertThat(schedule.rate(1)).isEqualTo(1);
  }

  @Test
  void theAverageRemembersNoMoreThanAShareOfWhatWasSeen() {
    Schedule schedule = schedule("ema_images=1000");
    assertThat(schedule.averageDecay(0, 16)).isEqualTo(0);
    assertThat(schedule.averageDecay(2_000, 100)).isCloseTo(0.5, within(1e-12));
    assertThat(schedule.averageDecay(1_000_000, 1000)).isCloseTo(0.5, within(1e-12));
  }
}
