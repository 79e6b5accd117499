package org.lookalike.train;

import static org.lookalike.train.AdversarialLosses.sigmoid;
import static org.lookalike.train.AdversarialLosses.softplus;

/** D: cross entropy of its logits with the labels. */
abstract class CrossEntropyLoss extends LabelledLoss {
  @Override
  final double value(double logit, double label) {
    return label * softplus(-logit) + (1 - label) * softplus(logit);
  }

  @Override
  final double slope(double logit, double label) {
    return sigmoid(logit) - label;
  }

  @Override
  public final double blindLoss() {
    return 2 * Math.log(2);
  }
}
