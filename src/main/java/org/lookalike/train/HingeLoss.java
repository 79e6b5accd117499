package org.lookalike.train;

import java.util.Arrays;

/** D: max(0, 1-a) + max(0, 1+b); G: -b. */
final class HingeLoss implements AdversarialLoss {
  @Override
  public String name() {
    return "hinge";
  }

  @Override
  public String explanation() {
    return "D stops pushing what it already tells with a margin";
  }

  @Override
  public String paper() {
    return "Lim and Ye 2017; Miyato et al. 2018 (SNGAN)";
  }

  /** Logits of 0. */
  @Override
  public double blindLoss() {
    return 2;
  }

  @Override
  public double discriminator(double[] a, double[] b, double[] da, double[] db) {
    double sum = 0;
    int n = a.length;
    for (int i = 0; i < n; i++) {
      sum += Math.max(0, 1 - a[i]) + Math.max(0, 1 + b[i]);
      da[i] = a[i] < 1 ? -1.0 / n : 0;
      db[i] = b[i] > -1 ? 1.0 / n : 0;
    }
    return sum / n;
  }

  @Override
  public double generator(double[] a, double[] b, double[] db) {
    Arrays.fill(db, -1.0 / b.length);
    return -Arrays.stream(b).sum() / b.length;
  }
}
