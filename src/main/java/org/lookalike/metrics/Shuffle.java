package org.lookalike.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Random choices without repetition, the same for the same seed. */
final class Shuffle {
  private final SplittableRandom random;

  Shuffle(long seed) {
    // The first outputs of neighbouring seeds resemble each other.
    random = new SplittableRandom(seed).split();
  }

  /** {@code count} different numbers below {@code among}, in random order. */
  int[] choose(int count, int among) {
    int[] order = new int[among];
    for (int i = 0; i < among; i++) order[i] = i;
    for (int i = 0; i < count; i++) {
      int j = i + random.nextInt(among - i);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return Arrays.copyOf(order, count);
  }
}
