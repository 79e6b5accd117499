package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lookalike.train.Referee.Act;
import org.lookalike.train.Verdict.Kind;

class RefereeTest {
  private final Referee referee = new Referee();

  private static Verdict verdict(Kind kind) {
    return new Verdict(kind, "figures.", "");
  }

  @ParameterizedTest
  @CsvSource({
    "HEALTHY, NONE, 1, 1, 0",
    "AT_EQUILIBRIUM, NONE, 1, 1, 0",
    "DISCRIMINATOR_DOMINATES, ADJUST, .5, 1, 0",
    "DISCRIMINATOR_BLIND, ADJUST, 1, .5, 0",
    "OSCILLATION, ADJUST, .5, .5, 0",
    "MEMORISING, ADJUST, 1, 1, .2",
    "MODE_COLLAPSE, RETURN, .5, .5, 0",
    "DIVERGED, RETURN, .5, .5, 0"
  })
  void eachVerdictHasItsAct(Kind kind, Act act, double d, double g, double augmentation) {
    assertThat(referee.consider(verdict(kind), 20_000, true, 0)).isEqualTo(act);
    Referee.Memory memory = referee.memory();
    assertThat(memory.discriminatorRate).isEqualTo(d);
    assertThat(memory.generatorRate).isEqualTo(g);
    assertThat(memory.augmentation).isEqualTo(augmentation);
    if (act != Act.NONE) assertThat(referee.reason()).contains("20,000", kind.label(), "figures");
  }

  @Test
  void itWaitsToSeeWhatComesOfAnAct() {
    Verdict dominates = verdict(Kind.DISCRIMINATOR_DOMINATES);
    assertThat(referee.consider(dominates, 20_000, true, 0)).isEqualTo(Act.ADJUST);
    assertThat(referee.consider(dominates, 25_000, true, 0)).isEqualTo(Act.NONE);
    assertThat(referee.consider(dominates, 31_000, true, 0)).isEqualTo(Act.ADJUST);
  }

  @Test
  void itEndsAtItsLimits() {
    for (int i = 0; i < 10; i++) {
      referee.consider(verdict(Kind.OSCILLATION), 20_000L * (i + 1), true, 0);
    }
    assertThat(referee.memory().discriminatorRate).isEqualTo(1.0 / 8);
    int returns = 0;
    for (int i = 0; i < 10; i++) {
      Act act = referee.consider(verdict(Kind.MODE_COLLAPSE), 500_000L + 20_000 * i, true, 0);
      if (act == Act.RETURN) returns++;
    }
    assertThat(returns).isEqualTo(3);
  }

  /** Small sets are shown augmented in every second case without it. */
  @Test
  void itAugmentsMoreThanIsDoneAlready() {
    Verdict memorising = verdict(Kind.MEMORISING);
    assertThat(referee.consider(memorising, 20_000, true, 0.5)).isEqualTo(Act.ADJUST);
    assertThat(referee.memory().augmentation).isEqualTo(0.7);
    assertThat(referee.reason()).contains("probability 0.7");
    assertThat(referee.consider(memorising, 40_000, true, 0.8)).isEqualTo(Act.NONE);
  }

  @Test
  void withoutAHealthyStateThereIsNoReturn() {
    assertThat(referee.consider(verdict(Kind.MODE_COLLAPSE), 20_000, false, 0)).isEqualTo(Act.NONE);
  }
}
