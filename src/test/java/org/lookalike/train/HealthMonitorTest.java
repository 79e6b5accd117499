package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.lookalike.gan.Quality;

/** What is said of figures; {@link VerdictTest} causes them. */
class HealthMonitorTest {
  private static Verdict verdict(double kid, double floor) {
    HealthMonitor monitor = new HealthMonitor(AdversarialLosses.named("hinge"), 0);
    double[] position = {0};
    monitor.add(new Quality(kid, 0.001, floor, 100, 10, 0.8, 0.5, 0, position), 4000);
    return monitor.verdict();
  }

  @Test
  void soundIsNotYetGood() {
    Verdict far = verdict(0.3, 0.02);
    assertThat(far.kind()).isEqualTo(Verdict.Kind.HEALTHY);
    assertThat(far.toString())
        .isEqualTo(
            "Healthy: the game shows no fault, but the samples are still far from the real images:"
                + " KID is 15 times theirs, variety 80 %. Train longer.");
    assertThat(far.isTrouble()).isFalse();
  }

  @Test
  void nearIsSaidInMultiplesOfWhatRealImagesReach() {
    assertThat(verdict(0.06, 0.02).toString())
        .isEqualTo("Healthy: KID is 3.0 times that of real images, variety 80 % of theirs.");
    assertThat(verdict(0.01, 0.02).toString())
        .isEqualTo("Healthy: KID is that of real images, variety 80 % of theirs.");
  }

  /** Three judgements of samples that are nearer to training images than reals are. */
  private static Verdict close(double kid) {
    HealthMonitor monitor = new HealthMonitor(AdversarialLosses.named("hinge"), 0);
    for (int i = 0; i < 3; i++) {
      double[] position = {0};
      Quality quality = new Quality(kid, 0.001, 0.02, 100, 10, 0.65, 0.8, -9, position);
      monitor.add(quality, 16000 + 2000 * i);
    }
    return monitor.verdict();
  }

  @Test
  void whatLooksLikeTheRealsMayBeACopy() {
    assertThat(close(0.03).toString())
        .startsWith(
            "Memorising: a sample is nearer to a training image than another real image is in 80 %"
                + " of cases");
  }

  private static HistoryRow row(long images, double dLoss, double normG) {
    return new HistoryRow(images, 1, dLoss, 5, 3, -3, 1, Double.NaN, normG, 1, Double.NaN);
  }

  /** With a real label of 0.9 D's loss cannot fall below that label's entropy. */
  @Test
  void dominanceIsSeenWithLabelsThatAreNotSure() {
    AdversarialLoss loss = AdversarialLosses.named("non-saturating");
    double least = new Labels(TrainSettings.parse("real_label=0.9")).leastLoss((LabelledLoss) loss);
    assertThat(least).isCloseTo(0.325, within(1e-3));
    HealthMonitor monitor = new HealthMonitor(loss, least);
    monitor.recall(row(1000, 1, 4));
    for (int i = 0; i < 5; i++) monitor.add(row(4000 + i, 0.33, 0.04));
    assertThat(monitor.verdict().kind()).isEqualTo(Verdict.Kind.DISCRIMINATOR_DOMINATES);
  }

  @Test
  void labelsThatAreDrawnHaveALeastLossToo() {
    LabelledLoss squares = (LabelledLoss) AdversarialLosses.named("least-squares");
    TrainSettings noisy = TrainSettings.parse("noisy_labels=true");
    // Half the variances of two labels that are drawn evenly from ranges of 0.3.
    assertThat(new Labels(noisy).leastLoss(squares)).isCloseTo(0.0075, within(3e-4));
    assertThat(new Labels(TrainSettings.parse("fake_label=0.2")).leastLoss(squares))
        .isCloseTo(0, within(1e-9));
  }

  private static HealthMonitor playing() {
    HealthMonitor monitor = new HealthMonitor(AdversarialLosses.named("hinge"), 0);
    monitor.add(row(10_000, 1, 1));
    return monitor;
  }

  private static void judge(HealthMonitor monitor, long from, double... kids) {
    for (int i = 0; i < kids.length; i++) {
      double[] position = {0};
      Quality quality = new Quality(kids[i], 0.001, 0.02, 100, 10, 0.8, 0.5, 0, position);
      monitor.add(quality, from + 2000 * i);
    }
  }

  /** Judged every 2,000 images from 16,000 on. */
  private static Verdict.Kind afterJudgements(double... kids) {
    HealthMonitor monitor = playing();
    judge(monitor, 16_000, kids);
    return monitor.verdict().kind();
  }

  @Test
  void onlyAKidBelowAllBeforeIsProgress() {
    Verdict.Kind stuck = Verdict.Kind.DISCRIMINATOR_DOMINATES;
    assertThat(afterJudgements(8, 8, 8, 8, 7.5, 7.5, 7, 7, 7)).isEqualTo(stuck);
    assertThat(afterJudgements(4, 9, 8, 40, 35, 30, 25, 20, 15)).isEqualTo(stuck);
    assertThat(afterJudgements(20, 40, 30, 20, 18, 12, 13, 14, 14)).isEqualTo(Verdict.Kind.HEALTHY);
    assertThat(afterJudgements(4, 4, 4, 4, 4, 4, 4, 4, 3)).isEqualTo(Verdict.Kind.HEALTHY);
    assertThat(afterJudgements(4, 4, 4, 4, 4, 4, 4, 4, 3.5)).isEqualTo(stuck);
  }

  @Test
  void itSaysSinceWhenNothingWasLearnt() {
    HealthMonitor monitor = playing();
    judge(monitor, 16_000, 4, 9, 8, 8, 8, 8, 8);
    assertThat(monitor.verdict().toString())
        .contains("KID is 400 times that of real images, and was 200 times after 16,000 images.");
  }

  /** Where sound trainings still move about a low KID is chance. */
  @Test
  void whatWasBeforeATrainingSettledIsNoMeasureOfProgress() {
    HealthMonitor monitor = playing();
    judge(monitor, 10_000, 2, 2, 2, 20, 18, 14, 11, 9, 7);
    assertThat(monitor.verdict().kind()).isEqualTo(Verdict.Kind.HEALTHY);
  }

  @Test
  void afterTheGameWasChangedProgressBeginsAnew() {
    double[] before = {2, 20, 20, 20, 20, 20, 20};
    double[] then = {20, 18, 14, 11, 9, 7};
    HealthMonitor unchanged = playing();
    judge(unchanged, 16_000, before);
    judge(unchanged, 30_000, then);
    assertThat(unchanged.verdict().kind()).isEqualTo(Verdict.Kind.DISCRIMINATOR_DOMINATES);
    HealthMonitor monitor = playing();
    judge(monitor, 16_000, before);
    monitor.changed(29_000);
    assertThat(monitor.verdict().kind()).isEqualTo(Verdict.Kind.HEALTHY);
    judge(monitor, 30_000, then);
    assertThat(monitor.verdict().kind()).isEqualTo(Verdict.Kind.HEALTHY);
  }

  @Test
  void whatAnEarlierSessionReachedIsKnown() {
    HealthMonitor monitor = playing();
    judge(monitor, 30_000, 20, 18, 14, 11, 9, 7);
    assertThat(monitor.verdict().kind()).isEqualTo(Verdict.Kind.HEALTHY);
    monitor = playing();
    HistoryRow plain = row(20_000, 1, 1);
    Quality reached = new Quality(2, 0.001, 0.02, 100, 10, 0.8, 0.5, 0, new double[] {0});
    monitor.recall(new HistoryRow(plain, reached, ""));
    judge(monitor, 30_000, 20, 18, 14, 11, 9, 7);
    assertThat(monitor.verdict().kind()).isEqualTo(Verdict.Kind.DISCRIMINATOR_DOMINATES);
  }

  @Test
  void whatIsBlurredLiesNearEverythingAndIsNoCopy() {
    assertThat(close(0.46).kind()).isEqualTo(Verdict.Kind.HEALTHY);
  }
}
