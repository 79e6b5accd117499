package org.lookalike.lab;

import java.util.Locale;
import org.lookalike.train.TrainSettings;

/** Says in plain words what a run shows and what to try. */
final class LabAdvice {
  static final String BROKEN =
      "The losses are no longer finite: the game broke down. Lower the learning rates and restart.";

  /** Share of the planned steps before which nothing can be said. */
  private static final double EARLY = 0.05;

  /** Fewer samples of high quality than this are chance hits on a mode. */
  private static final double BLURRED = 0.1;

  private static final double GOOD = 0.9;

  /** Reverse KL above this share of its largest value: few modes get nearly all samples. */
  private static final double UNEVEN = 0.35;

  private LabAdvice() {}

  /**
   * @param settings by which the run is played
   */
  static String of(LabSnapshot snapshot, TrainSettings settings) {
    if (snapshot.step() < EARLY * snapshot.planned()) {
      return "The generator has hardly begun; wait until its samples have reached the modes.";
    }
    return of(snapshot.coverage(), snapshot.mixture().modes(), settings);
  }

  /**
   * @param all modes there are
   */
  static String of(Coverage coverage, int all, TrainSettings settings) {
    boolean uneven = coverage.reverseKl() > UNEVEN * Math.log(all);
    String count = String.format(Locale.ROOT, "%d of %d modes: ", coverage.modes(), all);
    if (2 * coverage.modes() <= all && uneven) return count + "collapsed; " + remedy(settings);
    if (coverage.highQuality() < BLURRED) {
      return "Samples lie everywhere and hardly any on a mode: not collapsed, but not sharp yet.";
    }
    if (coverage.modes() < all) {
      return count + "some are missed; " + remedy(settings);
    }
    if (uneven) {
      return count + "all are found, but some get most of the samples; " + remedy(settings);
    }
    return count
        + (coverage.highQuality() < GOOD
            ? "all are found, equally often; the samples still get sharper."
            : "the generator has learnt the whole mixture.");
  }

  private static String remedy(TrainSettings settings) {
    if (!settings.get(TrainSettings.LOSS).equals("relativistic")) {
      return "try loss relativistic with r1 and r2 0.01.";
    }
    if (isZero(settings.get(TrainSettings.R1)) || isZero(settings.get(TrainSettings.R2))) {
      return "try r1 and r2 0.01.";
    }
    if (settings.get(TrainSettings.PACK) == 1) return "give it time, or try pack 2 (starts anew).";
    return "give it time, or try lower learning rates.";
  }

  private static boolean isZero(Double value) {
    return value != null && value == 0;
  }
}
