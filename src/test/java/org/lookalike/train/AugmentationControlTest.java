package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class AugmentationControlTest {
  private static final int BATCH = 10;
  private static final double[] FAKES = new double[BATCH];

  /** D(real) of a batch, a share of which D knows for reals. */
  private static double[] reals(double known) {
    double[] logits = new double[BATCH];
    for (int i = 0; i < BATCH; i++) logits[i] = i < known * BATCH ? 1 : -1;
    return logits;
  }

  /** Plays steps from an image on; {@code total} images are the whole training. */
  private static double play(
      AugmentationControl control, double known, long from, int steps, double total) {
    AdversarialLoss loss = AdversarialLosses.named("non-saturating");
    for (int i = 0; i < steps; i++) {
      long images = from + (long) i * BATCH;
      control.follow(images / total);
      control.observe(loss, reals(known), FAKES, BATCH);
    }
    return control.probability;
  }

  private static AugmentationControl control(String typed) {
    return new AugmentationControl(TrainSettings.parse("augment=translation " + typed));
  }

  @Test
  void risesFromNothingToAlwaysInATenthOfTheTraining() {
    for (double total : new double[] {40_000, 200_000}) {
      AugmentationControl control = control("");
      int half = (int) (total / 20 / BATCH);
      assertThat(play(control, 1, 0, half, total)).isCloseTo(0.5, within(0.01));
      assertThat(play(control, 1, (long) half * BATCH, half, total)).isCloseTo(1, within(0.01));
    }
  }

  @Test
  void fallsAgainWhereLessThanTheTargetAreKnown() {
    AugmentationControl control = control("");
    play(control, 1, 0, 400, 40_000);
    // Seven of ten are a mean sign of 0.4; the target is 0.6.
    assertThat(play(control, 0.7, 4000, 200, 40_000)).isCloseTo(0.5, within(0.01));
    assertThat(play(control, 0.7, 6000, 400, 40_000)).isEqualTo(0);
  }

  @Test
  void theTimeBeforeTheFirstStepDoesNotCount() {
    AugmentationControl control = control("");
    for (int i = 0; i < 4; i++) {
      control.follow(0.3 + 0.0001 * i);
      control.observe(AdversarialLosses.named("hinge"), reals(1), FAKES, BATCH);
    }
    assertThat(control.probability).isCloseTo(0.003, within(1e-9));
  }

  @Test
  void aLeapOfTheScheduleIsNoLeapOfTheProbability() {
    AugmentationControl control = control("");
    play(control, 1, 0, 80, 40_000);
    double before = control.probability;
    // Finish is pressed and the schedule goes on from its end; or the training was extended.
    assertThat(play(control, 1, 30_000, 4, 40_000)).isBetween(before, before + 0.0501);
    assertThat(play(control, 1, 2000, 4, 40_000)).isBetween(before, before + 0.0501);
  }

  @Test
  void aGivenPaceIsKeptWhateverTheTrainingsLength() {
    assertThat(play(control("ada_images=8000"), 1, 0, 400, 1e6)).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void aGivenProbabilityStays() {
    assertThat(play(control("augment_p=0.3"), 1, 0, 400, 4000)).isEqualTo(0.3);
  }
}
