package org.lookalike.train;

import org.lookalike.nn.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.updaters.AdamUpdater;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adam (Kingma and Ba 2015) on all parameters of a network, with decoupled weight decay (Loshchilov
 * and Hutter 2019).
 */
final class Adam {
  private static final double EPSILON = 1e-8;

  private final Network network;
  private final double beta1;
  private final double beta2;
  private final double decay;
  private final INDArray first;
  private final INDArray second;
  private int steps;

  /**
   * @param decay share of each weight, times the rate, taken away in a step
   */
  Adam(Network network, double beta1, double beta2, double decay) {
    this.decay = decay;
    this.network = network;
    INDArray parameters = network.parameters();
    this.beta1 = beta1;
    this.beta2 = beta2;
    first = Nd4j.zeros(parameters.dataType(), parameters.length());
    second = Nd4j.zeros(parameters.dataType(), parameters.length());
  }

  /** One step by the network's gradients, which are overwritten with the change made. */
  void step(double rate) {
    INDArray gradients = network.gradients();
    Nd4j.exec(new AdamUpdater(gradients, second, first, rate, beta1, beta2, EPSILON, steps));
    if (decay > 0) {
      network.parameters().subi(network.parameters().mul(network.weightMask()).muli(rate * decay));
    }
    network.parameters().subi(gradients);
    network.parametersChanged();
    steps++;
  }

  /** Goes on as another of the same network would. */
  void takeOver(Adam other) {
    first.assign(other.first);
    second.assign(other.second);
    steps = other.steps;
  }

  /** Running mean of the gradients. */
  INDArray first() {
    return first;
  }

  /** Running mean of their squares. */
  INDArray second() {
    return second;
  }

  int steps() {
    return steps;
  }

  void setSteps(int steps) {
    this.steps = steps;
  }
}
