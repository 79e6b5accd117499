package org.lookalike.imagej;

import ij.process.ColorProcessor;
import org.lookalike.lab.LabSnapshot;
import org.lookalike.train.TrainSettings;

/** What a lab's window shows at one moment. */
final class LabView {
  /** Whether steps are being played. */
  enum State {
    PLAYING,
    PAUSED,
    OVER
  }

  final LabSnapshot snapshot;
  final ColorProcessor curves;

  /** One sentence on what can be seen and what to try. */
  final String advice;

  final State state;

  /** By which the run is played. */
  final TrainSettings settings;

  LabView(
      LabSnapshot snapshot,
      ColorProcessor curves,
      String advice,
      State state,
      TrainSettings settings) {
    this.settings = settings;
    this.snapshot = snapshot;
    this.curves = curves;
    this.advice = advice;
    this.state = state;
  }
}
