package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FinaleTest {
  @Test
  void runsTheScheduleFromWhereRatesFall() {
    Finale finale = new Finale(200, 1000, 0.1, 0.5);
    assertThat(finale.left(200)).isCloseTo(30, within(1e-9));
    assertThat(finale.fraction(200)).isEqualTo(0.5);
    assertThat(finale.fraction(215)).isCloseTo(0.75, within(1e-9));
    assertThat(finale.fraction(230)).isEqualTo(1);
    assertThat(finale.left(240)).isZero();
  }

  @Test
  void goesOnWhereRatesHaveFallenAlready() {
    assertThat(new Finale(200, 1000, 0.8, 0.5).fraction(200)).isEqualTo(0.8);
  }

  @Test
  void isNeverLongerThanTheTrainingOrAMinuteAndAHalf() {
    assertThat(new Finale(200, 12, 0.95, 0.5).left(200)).isEqualTo(12);
    assertThat(new Finale(36000, 1e6, 0.1, 0.5).left(36000)).isEqualTo(90);
  }

  @Test
  void isOverAtOnceWhereNothingWasTrained() {
    assertThat(new Finale(0, 600, 0, 0.5).fraction(0)).isEqualTo(1);
  }

  @Test
  void isOverAtOnceWhereRatesNeverFall() {
    assertThat(new Finale(200, 1000, 0.1, 1).fraction(200)).isEqualTo(1);
  }
}
