package org.lookalike.train;

/**
 * ADA (Karras et al. 2020): the probability of augmentations rises while the discriminator is too
 * sure of the reals, and falls else. How sure is the mean sign of D(real); under losses whose
 * logits have no zero, of D(real) - D(fake).
 */
final class AugmentationControl {
  private static final int EVERY = 4;

  private final boolean adapts;
  private final double target;
  private final double imagesToFull;

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
    imagesToFull = settings.get(TrainSettings.ADA_IMAGES);
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
