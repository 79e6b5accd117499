package org.lookalike.imagej;

import ij.IJ;
import org.lookalike.train.Progress;
import org.lookalike.train.TrainingListener;
import org.lookalike.train.TrainingResult;
import org.scijava.log.LogService;

/**
 * Reports a training in ImageJ's status bar, progress bar and Log window; without ImageJ's window,
 * in SciJava's log.
 */
final class ImageJStatus implements TrainingListener {
  private static final long INTERVAL_NANOS = 250_000_000L;

  private final LogService log;
  private long lastShown = System.nanoTime() - INTERVAL_NANOS;

  ImageJStatus(LogService log) {
    this.log = log;
  }

  /** Without ImageJ's own window this is a script's context, where nothing may open. */
  static boolean imageJIsOpen() {
    return IJ.getInstance() != null && IJ.getInstance().isDisplayable();
  }

  @Override
  public void message(String line) {
    tell(line, log);
  }

  /** One line for the user: in ImageJ's Log window, without ImageJ's own window in the log. */
  static void tell(String line, LogService log) {
    if (imageJIsOpen()) IJ.log(line);
    else log.info(line);
  }

  @Override
  public void progressed(Progress progress) {
    if (!imageJIsOpen()) return;
    long now = System.nanoTime();
    if (now - lastShown < INTERVAL_NANOS) return;
    lastShown = now;
    IJ.showProgress(progress.fraction());
    IJ.showStatus("Training GAN: " + ProgressText.of(progress));
  }

  @Override
  public void ended(TrainingResult result) {
    if (!imageJIsOpen()) return;
    IJ.showProgress(1.0);
    IJ.showStatus("Training GAN: done");
  }

  @Override
  public void failed(Throwable cause) {
    if (!imageJIsOpen()) return;
    IJ.showProgress(1.0);
    IJ.showStatus("Training GAN: failed");
  }
}
