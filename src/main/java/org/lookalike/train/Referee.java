package org.lookalike.train;

import java.util.Locale;

/**
 * Acts on verdicts while a training runs: holds back the side that dominates, augments where the
 * model memorises, and sends the game back to its last healthy state after a collapse or
 * divergence. It changes nothing else, and after each act it waits to see what comes of it.
 */
final class Referee {
  /** What it remembers; Gson writes and reads it by name. */
  static final class Memory {
    /** Factors on the learning rates. */
    double discriminatorRate = 1;

    double generatorRate = 1;

    /** Probability of augmentations that it asks for. */
    double augmentation;

    /** How often it sent the game back; each time other latents are drawn. */
    int returns;

    /** Images at its last act. */
    long actedAt = Long.MIN_VALUE / 2;
  }

  /** What it wants done beside its factors. */
  enum Act {
    NONE,
    /** Rates or augmentation have changed. */
    ADJUST,
    /** Go back to the last healthy state. */
    RETURN
  }

  /** Images between two acts. */
  private static final long PATIENCE = 10_000;

  private static final double HALF = 0.5;
  private static final double LOWEST_RATE = 1.0 / 8;
  private static final double MORE_AUGMENTATION = 0.2;
  private static final double MOST_AUGMENTATION = 0.8;
  private static final int MOST_RETURNS = 3;

  private Memory memory = new Memory();
  private String reason = "";

  Memory memory() {
    Memory copy = new Memory();
    copy.discriminatorRate = memory.discriminatorRate;
    copy.generatorRate = memory.generatorRate;
    copy.augmentation = memory.augmentation;
    copy.returns = memory.returns;
    copy.actedAt = memory.actedAt;
    return copy;
  }

  void restore(Memory saved) {
    memory = saved;
  }

  /** One line about the last act. */
  String reason() {
    return reason;
  }

  /**
   * Considers a verdict.
   *
   * @param canReturn whether there is a healthy state to go back to
   * @param augmentation probability of the augmentations that D sees now
   */
  Act consider(Verdict verdict, long images, boolean canReturn, double augmentation) {
    boolean waits = images - memory.actedAt < PATIENCE;
    if (!verdict.isTrouble() || waits && verdict.kind() != Verdict.Kind.DIVERGED) return Act.NONE;
    Act act = act(verdict.kind(), canReturn, augmentation);
    if (act == Act.NONE) return act;
    memory.actedAt = images;
    reason =
        String.format(
            Locale.ROOT,
            "Referee, after %,d images, because of %s (%s): %s",
            images,
            verdict.kind().label(),
            verdict.evidence(),
            reason);
    return act;
  }

  private Act act(Verdict.Kind kind, boolean canReturn, double augmentation) {
    switch (kind) {
      case DISCRIMINATOR_DOMINATES:
        return slow(HALF, 1, "halves D's learning rate.");
      case DISCRIMINATOR_BLIND:
        return slow(1, HALF, "halves G's learning rate.");
      case OSCILLATION:
        return slow(HALF, HALF, "halves both learning rates.");
      case MEMORISING:
        return augment(augmentation);
      case MODE_COLLAPSE:
      case DIVERGED:
        return canReturn ? goBack() : Act.NONE;
      default:
        return Act.NONE;
    }
  }

  private Act slow(double ofD, double ofG, String what) {
    double d = Math.max(LOWEST_RATE, memory.discriminatorRate * ofD);
    double g = Math.max(LOWEST_RATE, memory.generatorRate * ofG);
    if (d == memory.discriminatorRate && g == memory.generatorRate) return Act.NONE;
    memory.discriminatorRate = d;
    memory.generatorRate = g;
    reason = what;
    return Act.ADJUST;
  }

  private Act augment(double now) {
    if (now >= MOST_AUGMENTATION) return Act.NONE;
    memory.augmentation = Math.min(MOST_AUGMENTATION, now + MORE_AUGMENTATION);
    reason =
        String.format(
            Locale.ROOT, "augments what D sees with probability %.1f.", memory.augmentation);
    return Act.ADJUST;
  }

  private Act goBack() {
    if (memory.returns >= MOST_RETURNS) return Act.NONE;
    memory.returns++;
    memory.discriminatorRate = Math.max(LOWEST_RATE, memory.discriminatorRate * HALF);
    memory.generatorRate = Math.max(LOWEST_RATE, memory.generatorRate * HALF);
    reason = "goes back to the last healthy state, with other latents and half the learning rates.";
    return Act.RETURN;
  }
}
