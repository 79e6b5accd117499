package org.lookalike.train;

import java.util.List;
import org.lookalike.gan.Gan;
import org.lookalike.image.InputException;
import org.lookalike.nn.ComputeDevice;

/**
 * What convolutions multiply while they train: floats, or numbers rounded to bfloat16, of which
 * some processors multiply twice as many in the same time.
 */
final class Precision {
  static final String FLOAT32 = "float32";
  static final String BFLOAT16 = "bfloat16";

  private final String asked;
  private final boolean canRound;

  /**
   * @param asked a value of {@link TrainSettings#PRECISION}
   * @param canRound whether the device has instructions for bfloat16
   */
  Precision(String asked, boolean canRound) {
    this.asked = asked;
    this.canRound = canRound;
  }

  /** On this machine. */
  static Precision of(TrainSettings settings) {
    return new Precision(settings.get(TrainSettings.PRECISION), ComputeDevice.hasBfloat16());
  }

  private boolean isPossible() {
    return canRound || !asked.equals(BFLOAT16);
  }

  private boolean isMixed() {
    return canRound && !asked.equals(FLOAT32);
  }

  /**
   * @throws InputException if the device cannot do what was asked for
   */
  void check() {
    if (isPossible()) return;
    throw new InputException(
        "precision=bfloat16 is not possible: this device has no instructions for it. Choose"
            + " precision=auto or float32.");
  }

  /**
   * Settings of a run that goes on here, though it may have begun where more was possible.
   *
   * @param messages where it is said, if it has to change
   */
  TrainSettings adapted(TrainSettings settings, List<String> messages) {
    if (isPossible()) return settings;
    messages.add(
        "precision=bfloat16 cannot be had here, for this device has no instructions for it. Goes on"
            + " with precision=auto, which is float32 here.");
    return settings.with(TrainSettings.PRECISION, TrainSettings.PRECISION.defaultValue());
  }

  /** The networks that play are given it; the average, which samples are made by, stays exact. */
  void giveTo(Gan gan) {
    gan.generator().setMixedPrecision(isMixed());
    gan.discriminator().setMixedPrecision(isMixed());
  }

  /** A line for the log. */
  String describe() {
    return isMixed()
        ? "Convolutions multiply numbers rounded to bfloat16 (precision=float32 does not round, and"
            + " is slower here); weights and samples stay float32."
        : "Convolutions multiply in float32.";
  }
}
