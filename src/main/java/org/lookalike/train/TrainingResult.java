package org.lookalike.train;

import java.nio.file.Path;

/** How a training ended and what it left behind. */
public final class TrainingResult {
  /** Why it ended. */
  public enum Outcome {
    FINISHED,
    CANCELLED,
    DIVERGED
  }

  private final Outcome outcome;
  private final Path model;
  private final long images;
  private final double seconds;
  private final String message;
  private final Verdict verdict;

  TrainingResult(
      Outcome outcome, Path model, long images, double seconds, String message, Verdict verdict) {
    this.outcome = outcome;
    this.model = model;
    this.images = images;
    this.seconds = seconds;
    this.message = message;
    this.verdict = verdict;
  }

  public Outcome outcome() {
    return outcome;
  }

  /** The model file. */
  public Path model() {
    return model;
  }

  /** Real images seen by what was kept. */
  public long images() {
    return images;
  }

  /** Seconds of training behind what was kept. */
  public double seconds() {
    return seconds;
  }

  /** What the curves said in the end; {@code null} if there were none. */
  public Verdict verdict() {
    return verdict;
  }

  /** One sentence for the user. */
  public String message() {
    return message;
  }
}
