package org.lookalike.train;

import java.util.function.Supplier;

/**
 * The state a training goes back to after a collapse. A collapse is only seen when it has lasted,
 * so a state that was found sound counts once the next one is sound too.
 *
 * @param <S> a state
 */
final class LastHealthy<S> {
  private S state;
  private S candidate;

  /**
   * Takes note of a judgement.
   *
   * @param sound whether nothing was the matter
   * @param now gives the state that was judged
   */
  void judged(boolean sound, Supplier<S> now) {
    if (sound && candidate != null) state = candidate;
    candidate = sound ? now.get() : null;
  }

  /** Whether there is one. */
  boolean isKnown() {
    return state != null;
  }

  /** The state to go back to; what was seen after it is forgotten. */
  S goBack() {
    candidate = null;
    return state;
  }
}
