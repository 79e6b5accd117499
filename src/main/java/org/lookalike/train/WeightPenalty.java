package org.lookalike.train;

import org.lookalike.nn.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** L1 and L2 penalties, {@code l1 * sum|w| + l2/2 * sum w²}, on the weights of a network. */
final class WeightPenalty {
  private final double l1;
  private final double l2;

  WeightPenalty(double l1, double l2) {
    this.l1 = l1;
    this.l2 = l2;
  }

  /** Adds the penalties' gradient to the network's. */
  void add(Network network) {
    INDArray gradients = network.gradients();
    if (l1 == 0 && l2 == 0) return;
    INDArray weights = network.parameters().mul(network.weightMask());
    if (l1 > 0) gradients.addi(Transforms.sign(weights, true).muli(l1));
    if (l2 > 0) gradients.addi(weights.mul(l2));
  }
}
