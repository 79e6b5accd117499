package org.lookalike.train;

import org.lookalike.gan.Quality;

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

  /** How good the samples are now, some times in a training. */
  default void judged(Quality quality, long images) {}

  /** What the curves say, with each row. */
  default void diagnosed(Verdict verdict) {}

  /** New pictures of the fixed latents. */
  default void sampled(SampleGrid grid) {}

  /** The last call: the training is over and its files are written. */
  default void ended(TrainingResult result) {}

  /** The last call where a file, the memory, a computation or a listener failed. */
  default void failed(Throwable cause) {}
}
