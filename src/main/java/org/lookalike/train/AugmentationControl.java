package org.lookalike.train;

/**
 * ADA (Karras et al. 2020): the probability of augmentations rises while the discriminator is too
 * sure of the reals, and falls else. How sure is the mean sign of D(real); under losses whose
 * logits have no zero, of D(real) - D(fake). Its pace follows the length of the training, if none
 * was given: the paper's half a million images from 0 to 1 would be over before it did anything.
 */
final class AugmentationControl {
  private static final int EVERY = 4;

  /** Share of a training in which the probability can go from 0 to 1. */
  private static final double SHARE = 0.1;

  private final boolean adapts;
  private final double target;

  /** {@code null} to follow the training's length. */
  private final Double given;

  /** Images in which the probability can go from 0 to 1; none yet known: it stays. */
  private double imagesToFull = Double.POSITIVE_INFINITY;

  /** The probability now. */
  double probability;

  /** Sum of the mean signs since the last change. */
  double signs;

  /** Steps since the last change. */
  int steps;

  AugmentationControl(TrainSettings settings) {
    Double fixed = settings.get(TrainSettings.AUGMENT_P);
    boolean augments = !settings.get(TrainSettings.AUGMENT).equals(Augmentation.NONE);
    adapts = augments && fixed == null;
    probability = augments && fixed != null ? fixed : 0;
    target = settings.get(TrainSettings.ADA_TARGET);
    given = settings.get(TrainSettings.ADA_IMAGES);
    if (given != null) imagesToFull = given;
  }

  /** To be told where the training stands: {@code images} are {@code fraction} of it. */
  void follow(long images, double fraction) {
    if (given == null && images > 0 && fraction > 0) imagesToFull = SHARE * images / fraction;
  }

  /** Takes note of a discriminator step of {@code batch} images. */
  void observe(AdversarialLoss loss, double[] a, double[] b, int batch) {
    if (!adapts) return;
    for (int i = 0; i < a.length; i++) {
      signs += Math.signum(a[i] - (loss.isCritic() ? b[i] : loss.boundary())) / a.length;
    }
    if (++steps < EVERY) return;
    double change = EVERY * batch / imagesToFull;
    probability += signs / EVERY > target ? change : -change;
    probability = Math.min(1, Math.max(0, probability));
    signs = 0;
    steps = 0;
  }
}
