package org.lookalike.imagej;

import ij.ImagePlus;
import java.io.IOException;
import org.lookalike.gan.GanModel;
import org.lookalike.metrics.LiveQuality;
import org.lookalike.train.Training;
import org.lookalike.train.TrainingResult;
import org.scijava.log.LogService;

/** Runs a training in ImageJ: with windows where there is a display, and shows what it learnt. */
final class TrainingJob {
  private static final int SAMPLES = 64;
  private static final long SAMPLE_SEED = 1;

  private final Training training;
  private final LogService log;
  private static volatile String lastVerdict = "";

  private String reason = "";

  TrainingJob(Training training, LogService log) {
    this.training = training;
    this.log = log;
  }

  /**
   * Trains until done, finished or cancelled.
   *
   * @return samples of the model; {@code null} if the training was cancelled or went wrong
   */
  ImagePlus run() throws IOException {
    training.judgeBy(new LiveQuality());
    training.addListener(new ImageJStatus(log));
    if (ImageJStatus.imageJIsOpen() && TrainingWindows.arePossible()) {
      training.addListener(new TrainingWindows(training.control()));
    } else if (ImageJStatus.imageJIsOpen()) {
      training.addListener(new EscapeKey(training.control()));
    }
    TrainingResult result = training.run();
    lastVerdict = result.verdict() == null ? "" : result.verdict().toString();
    switch (result.outcome()) {
      case FINISHED:
        return InputImages.synthetic(
            GanModel.read(result.model())
                .generate("Synthetic images", SAMPLES, SAMPLE_SEED, 1.0, null, () -> false));
      case DIVERGED:
        reason = result.message();
        return null;
      default:
        return null;
    }
  }

  /** What the curves of the last training said in the end; empty if there was none. */
  static String lastVerdict() {
    return lastVerdict;
  }

  /** Why there are no samples; empty if the user wanted it so. */
  String reason() {
    return reason;
  }
}
