package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LastHealthyTest {
  private final LastHealthy<String> states = new LastHealthy<>();

  /** A collapse is found at the second bad judgement; the state of the first was no good. */
  @Test
  void theStateWhereACollapseBeganIsNotHealthy() {
    states.judged(true, () -> "first");
    assertThat(states.isKnown()).isFalse();
    states.judged(true, () -> "second");
    states.judged(true, () -> "about to collapse");
    states.judged(false, () -> "collapsing");
    states.judged(false, () -> "collapsed");
    assertThat(states.goBack()).isEqualTo("second");
  }

  @Test
  void afterAReturnWhatFollowedIsForgotten() {
    states.judged(true, () -> "first");
    states.judged(true, () -> "second");
    assertThat(states.goBack()).isEqualTo("first");
    states.judged(true, () -> "third");
    assertThat(states.goBack()).isEqualTo("first");
    states.judged(true, () -> "fourth");
    states.judged(true, () -> "fifth");
    assertThat(states.goBack()).isEqualTo("fourth");
  }
}
