package org.lookalike.train;

/**
 * Told what happens in a training. Windows, files, the console and progress bars are all listeners.
 *
 * <p>Calls come from the training thread, in order; a listener that draws must hand over to its own
 * thread and return at once. The arrays handed over are the listener's to keep.
 */
public interface TrainingListener {
  /** Before the first step, after everything has been checked. */
  default void started(TrainingRun run) {}

  /** One line in plain words for the log. */
  default void message(String line) {}

  /** After every step; keep it cheap. */
  default void progressed(Progress progress) {}

  /** A row of {@code history.csv}. */
  default void measured(HistoryRow row) {}

  /** New pictures of the fixed latents. */
  default void sampled(SampleGrid grid) {}

  /** The last call: the training is over and its files are written. */
  default void ended(TrainingResult result) {}
}
