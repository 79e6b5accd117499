package org.lookalike.train;

import static org.lookalike.train.AdversarialLosses.sigmoid;
import static org.lookalike.train.AdversarialLosses.softplus;

/** D: softplus(-a) + softplus(b); G: softplus(-b). */
class NonSaturatingLoss extends CrossEntropyLoss {
  @Override
  public String name() {
    return "non-saturating";
  }

  @Override
  public String explanation() {
    return "The classic game with a generator loss that keeps its gradient";
  }

  @Override
  public String paper() {
    return "Goodfellow et al. 2014";
  }

  @Override
  public final double generator(double[] a, double[] b, double[] db) {
    double sum = 0;
    int n = b.length;
    for (int i = 0; i < n; i++) {
      sum += softplus(-b[i]);
      db[i] = -sigmoid(-b[i]) / n;
    }
    return sum / n;
  }
}
