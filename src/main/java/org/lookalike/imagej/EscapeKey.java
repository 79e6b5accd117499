package org.lookalike.imagej;

import ij.IJ;
import org.lookalike.train.Progress;
import org.lookalike.train.TrainingControl;
import org.lookalike.train.TrainingListener;
import org.lookalike.train.TrainingRun;

/** Cancels a training that has no windows, as in batch mode, when Escape is pressed in ImageJ. */
final class EscapeKey implements TrainingListener {
  private final TrainingControl control;

  EscapeKey(TrainingControl control) {
    this.control = control;
  }

  @Override
  public void started(TrainingRun run) {
    IJ.resetEscape();
  }

  @Override
  public void progressed(Progress progress) {
    if (IJ.escapePressed()) control.cancel();
  }
}
