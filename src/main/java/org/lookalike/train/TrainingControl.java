package org.lookalike.train;

/** How others stop a training; safe to use from any thread. The trainer looks after each step. */
public final class TrainingControl {
  /** What was asked for. */
  public enum Request {
    NONE,
    FINISH,
    FINISH_NOW,
    CANCEL
  }

  private volatile Request request = Request.NONE;

  /**
   * Let the learning rates fall for a short while (15 % of the time trained, at most 90 seconds),
   * then stop and keep everything.
   */
  public synchronized void finish() {
    if (request != Request.CANCEL) request = Request.FINISH;
  }

  /** Stop after this step and keep everything, as if the time were up. */
  public synchronized void finishNow() {
    if (request != Request.CANCEL) request = Request.FINISH_NOW;
  }

  /** Stop after this step; the last checkpoint and model stay as they are. Cannot be undone. */
  public synchronized void cancel() {
    request = Request.CANCEL;
  }

  public Request request() {
    return request;
  }
}
