package org.lookalike.train;

/**
 * The short end of a training that is finished early: the schedule runs from where the learning
 * rates begin to fall to its end in a fraction of the time trained so far. Annealed generators are
 * much closer to the real images than those at full rates (docs/recipe.md).
 */
final class Finale {
  private static final double SHARE = 0.15;
  private static final double MOST_SECONDS = 90;

  private final double start;
  private final double length;
  private final double from;

  /**
   * @param now seconds trained
   * @param left seconds until the planned end
   * @param fraction of the planned training that lies behind
   * @param annealFrom where learning rates begin to fall; 1 if they never do
   */
  Finale(double now, double left, double fraction, double annealFrom) {
    start = now;
    length = annealFrom < 1 ? Math.min(left, Math.min(MOST_SECONDS, SHARE * now)) : 0;
    from = Math.max(fraction, annealFrom);
  }

  /** The place in the schedule. */
  double fraction(double now) {
    return length > 0 ? Math.min(1, from + (1 - from) * (now - start) / length) : 1;
  }

  /** Seconds until it is over. */
  double left(double now) {
    return Math.max(0, start + length - now);
  }
}
