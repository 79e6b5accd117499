package org.lookalike.train;

/**
 * ADA (Karras et al. 2020): the probability of augmentations rises while the discriminator is too
 * sure of the reals, and falls else. How sure is the mean sign of D(real); under losses whose
 * logits have no zero, of D(real) - D(fake). Its pace follows the length of the training, if none
 * was given: many a training is over before the paper's half a million images from 0 to 1.
 */
final class AugmentationControl {
  private static final int EVERY = 4;

  /** Share of a training in which the probability can go from 0 to 1. */
  private static final double SHARE = 0.1;

  /** Most that the probability changes at once while it follows the training. */
  private static final double LARGEST = 0.05;

  private final boolean adapts;
  private final double target;

  /** Images in which the probability can go from 0 to 1; {@code null}: a share of the training. */
  private final Double imagesToFull;

  /** Where the training stands. */
  private double now;

  /** The probability now. */
  double probability;

  /** Sum of the mean signs since the last change. */
  double signs;

  /** Steps since the last change. */
  int steps;

  /** Where the training stood at the last change; {@code null} before the first step. */
  Double changedAt;

  AugmentationControl(TrainSettings settings) {
    Double fixed = settings.get(TrainSettings.AUGMENT_P);
    boolean augments = !settings.get(TrainSettings.AUGMENT).equals(Augmentation.NONE);
    adapts = augments && fixed == null;
    probability = augments && fixed != null ? fixed : 0;
    target = settings.get(TrainSettings.ADA_TARGET);
    imagesToFull = settings.get(TrainSettings.ADA_IMAGES);
  }

  /** To be told which share of the training lies behind, before each round. */
  void follow(double fraction) {
    now = fraction;
    if (changedAt == null) changedAt = fraction;
  }

  /** Takes note of a discriminator step of {@code batch} images. */
  void observe(AdversarialLoss loss, double[] a, double[] b, int batch) {
    if (!adapts) return;
    for (int i = 0; i < a.length; i++) {
      signs += Math.signum(a[i] - (loss.isCritic() ? b[i] : loss.boundary())) / a.length;
    }
    if (++steps < EVERY) return;
    double change = imagesToFull != null ? EVERY * batch / imagesToFull : passed() / SHARE;
    probability += signs / EVERY > target ? change : -change;
    probability = Math.min(1, Math.max(0, probability));
    signs = 0;
    steps = 0;
    changedAt = now;
  }

  /** Share of the training since the last change, but for leaps where its planned end moves. */
  private double passed() {
    return Math.min(SHARE * LARGEST, Math.max(0, now - changedAt));
  }
}
