package org.lookalike.train;

import static org.lookalike.train.AdversarialLosses.sigmoid;
import static org.lookalike.train.AdversarialLosses.softplus;

/** The game as first written, D: softplus(-a) + softplus(b); G: -softplus(b). */
final class MinimaxLoss extends CrossEntropyLoss {
  @Override
  public String name() {
    return "minimax";
  }

  @Override
  public String explanation() {
    return "The game as first written; its generator loss saturates when D wins";
  }

  @Override
  public String paper() {
    return "Goodfellow et al. 2014";
  }

  @Override
  public double generator(double[] a, double[] b, double[] db) {
    double sum = 0;
    int n = b.length;
    for (int i = 0; i < n; i++) {
      sum -= softplus(b[i]);
      db[i] = -sigmoid(b[i]) / n;
    }
    return sum / n;
  }
}
