package org.lookalike.train;

import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Network;

/**
 * Adam (Kingma and Ba 2015) on all parameters of a network, with decoupled weight decay (Loshchilov
 * and Hutter 2019). In Java, in one loop: ND4J's four operations for a step take three times as
 * long.
 */
final class Adam {
  private static final double EPSILON = 1e-8;

  private final Network network;
  private final double beta1;
  private final double beta2;
  private final double decay;
  private final float[] first;
  private final float[] second;
  private final float[] gradients;
  private final float[] parameters;
  private int steps;

  /**
   * @param decay share of each weight, times the rate, taken away in a step
   */
  Adam(Network network, double beta1, double beta2, double decay) {
    this.decay = decay;
    this.network = network;
    this.beta1 = beta1;
    this.beta2 = beta2;
    int n = (int) network.parameters().length();
    first = new float[n];
    second = new float[n];
    gradients = new float[n];
    parameters = new float[n];
  }

  /** One step by the network's gradients. */
  void step(double rate) {
    steps++;
    HostCopy.read(network.gradients(), gradients);
    if (decay > 0) decayWeights(1 - rate * decay);
    HostCopy.read(network.parameters(), parameters);
    double corrected = rate * Math.sqrt(1 - Math.pow(beta2, steps)) / (1 - Math.pow(beta1, steps));
    move(
        (float) beta1,
        (float) (1 - beta1),
        (float) beta2,
        (float) (1 - beta2),
        (float) corrected,
        (float) EPSILON);
    HostCopy.write(parameters, network.parameters());
    network.parametersChanged();
  }

  /** A method of its own with nothing but arrays and numbers, so that it becomes vector code. */
  private void move(float b1, float c1, float b2, float c2, float rate, float epsilon) {
    float[] m = first;
    float[] v = second;
    float[] g = gradients;
    float[] p = parameters;
    for (int i = 0; i < p.length; i++) {
      m[i] = b1 * m[i] + c1 * g[i];
      v[i] = b2 * v[i] + c2 * g[i] * g[i];
      p[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + epsilon);
    }
  }

  private void decayWeights(double kept) {
    network.parameters().subi(network.parameters().mul(network.weightMask()).muli(1 - kept));
  }

  /** Goes on as another of the same network would. */
  void takeOver(Adam other) {
    System.arraycopy(other.first, 0, first, 0, first.length);
    System.arraycopy(other.second, 0, second, 0, second.length);
    steps = other.steps;
  }

  /** Running mean of the gradients. */
  float[] first() {
    return first;
  }

  /** Running mean of their squares. */
  float[] second() {
    return second;
  }

  int steps() {
    return steps;
  }

  void setSteps(int steps) {
    this.steps = steps;
  }
}
