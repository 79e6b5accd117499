package org.lookalike.train;

/** How far a training has come. */
public final class Progress {
  private final long images;
  private final double seconds;
  private final double fraction;
  private final double imagesPerSecond;
  private final double secondsLeft;

  public Progress(
      long images, double seconds, double fraction, double imagesPerSecond, double secondsLeft) {
    this.images = images;
    this.seconds = seconds;
    this.fraction = fraction;
    this.imagesPerSecond = imagesPerSecond;
    this.secondsLeft = secondsLeft;
  }

  /** Real images the discriminator has seen, over all sessions of the run. */
  public long images() {
    return images;
  }

  /** Seconds of training, over all sessions of the run. */
  public double seconds() {
    return seconds;
  }

  /** 0 to 1. */
  public double fraction() {
    return fraction;
  }

  /** Speed over the last minute; NaN after the first round, which is no measure of it. */
  public double imagesPerSecond() {
    return imagesPerSecond;
  }

  /** Infinite while that is not known. */
  public double secondsLeft() {
    return secondsLeft;
  }
}
