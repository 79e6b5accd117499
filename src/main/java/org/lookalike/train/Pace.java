package org.lookalike.train;

/** How many images a training that ends by the clock will have seen, going by those so far. */
final class Pace {
  private static final double SECONDS = 5;

  /** Of the training's time, where that is shorter. */
  private static final double SHARE = 0.05;

  private final double end;
  private long imagesBefore;
  private double since;

  /**
   * @param end of the training in seconds
   */
  Pace(double end) {
    this.end = end;
  }

  /** Forgets what was, and measures from now on. */
  void measure(long images, double now) {
    imagesBefore = images;
    since = now;
  }

  /** Images at the end; NaN until a few seconds have been measured. */
  double total(long images, double now) {
    double spent = now - since;
    if (images == imagesBefore || spent < Math.min(SECONDS, SHARE * end)) return Double.NaN;
    return images + (images - imagesBefore) / spent * Math.max(0, end - now);
  }
}
