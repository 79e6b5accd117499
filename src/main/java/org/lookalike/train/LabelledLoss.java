package org.lookalike.train;

/**
 * A loss that compares each logit with a label: 1 for reals and 0 for fakes, unless labels are
 * smoothed, noisy or flipped.
 */
abstract class LabelledLoss implements AdversarialLoss {
  private static final double[] NO_LABELS = {};

  /** The loss of one logit. */
  abstract double value(double logit, double label);

  /** Its derivative by the logit. */
  abstract double slope(double logit, double label);

  @Override
  public final double discriminator(double[] a, double[] b, double[] da, double[] db) {
    return discriminator(a, b, NO_LABELS, NO_LABELS, da, db);
  }

  /**
   * The discriminator's loss with given labels.
   *
   * @param realLabels one a real; empty for 1
   * @param fakeLabels one a fake; empty for 0
   */
  final double discriminator(
      double[] a, double[] b, double[] realLabels, double[] fakeLabels, double[] da, double[] db) {
    double sum = 0;
    int n = a.length;
    for (int i = 0; i < n; i++) {
      double real = realLabels.length == 0 ? 1 : realLabels[i];
      double fake = fakeLabels.length == 0 ? 0 : fakeLabels[i];
      sum += value(a[i], real) + value(b[i], fake);
      da[i] = slope(a[i], real) / n;
      db[i] = slope(b[i], fake) / n;
    }
    return sum / n;
  }
}
