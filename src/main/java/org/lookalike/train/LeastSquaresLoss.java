package org.lookalike.train;

/** D: (a-1)²/2 + b²/2; G: (b-1)²/2. */
final class LeastSquaresLoss extends LabelledLoss {
  @Override
  public String name() {
    return "least-squares";
  }

  @Override
  public String explanation() {
    return "Logits are drawn to their labels by squares, so that G's gradient does not vanish";
  }

  @Override
  public String paper() {
    return "Mao et al. 2017";
  }

  @Override
  double value(double logit, double label) {
    return (logit - label) * (logit - label) / 2;
  }

  @Override
  double slope(double logit, double label) {
    return logit - label;
  }

  /** Logits of one half between the labels. */
  @Override
  public double blindLoss() {
    return 0.25;
  }

  @Override
  public double boundary() {
    return 0.5;
  }

  @Override
  public double generator(double[] a, double[] b, double[] db) {
    double sum = 0;
    int n = b.length;
    for (int i = 0; i < n; i++) {
      sum += value(b[i], 1);
      db[i] = slope(b[i], 1) / n;
    }
    return sum / n;
  }
}
