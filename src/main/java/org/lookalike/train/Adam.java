package org.lookalike.train;

import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Network;

/**
 * Adam (Kingma and Ba 2015) on all parameters of a network, with decoupled weight decay (Loshchilov
 * and Hutter 2019). In Java, part by part: ND4J's updater takes several times as long.
 */
final class Adam {
  private static final float EPSILON = 1e-8f;

  /**
   * Added and taken away again, this rounds means to multiples of 8e-28, far below what moves a
   * weight. Those of weights without a gradient (of units that never win a maxout, or are dead)
   * would else fall to denormal numbers and stay there, which take a processor a hundred times as
   * long.
   */
  private static final float COARSE = 1e-20f;

  private final Network network;
  private final double beta1;
  private final double beta2;
  private final double decay;
  private final float[] first;
  private final float[] second;
  private float[] firstPart = new float[0];
  private float[] secondPart = new float[0];
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
  }

  /** One step by the network's gradients. */
  void step(double rate) {
    steps++;
    if (decay > 0) decayWeights(1 - rate * decay);
    double corrected = rate * Math.sqrt(1 - Math.pow(beta2, steps)) / (1 - Math.pow(beta1, steps));
    float b1 = (float) beta1;
    float c1 = (float) (1 - beta1);
    float b2 = (float) beta2;
    float c2 = (float) (1 - beta2);
    float r = (float) corrected;
    HostCopy.update(
        network.parameters(),
        network.gradients(),
        (p, g, from, n) -> move(p, g, from, n, b1, c1, b2, c2, r));
    network.parametersStepped();
  }

  /** The running means of a part go into arrays of its own, which the processor still holds. */
  private void move(
      float[] p, float[] g, int from, int n, float b1, float c1, float b2, float c2, float rate) {
    if (secondPart.length < n) {
      firstPart = new float[n];
      secondPart = new float[n];
    }
    System.arraycopy(second, from, secondPart, 0, n);
    if (b1 == 0) {
      // The mean of the gradients is the last one: half as much to read and write.
      move(p, g, secondPart, n, b2, c2, rate);
    } else {
      System.arraycopy(first, from, firstPart, 0, n);
      move(p, g, firstPart, secondPart, n, b1, c1, b2, c2, rate);
      System.arraycopy(firstPart, 0, first, from, n);
    }
    System.arraycopy(secondPart, 0, second, from, n);
  }

  // Arrays, each from its start, and numbers: only so do these become vector code.

  private static void move(
      float[] p,
      float[] g,
      float[] m,
      float[] v,
      int n,
      float b1,
      float c1,
      float b2,
      float c2,
      float rate) {
    for (int i = 0; i < n; i++) {
      m[i] = b1 * m[i] + c1 * g[i] + COARSE - COARSE;
      v[i] = b2 * v[i] + c2 * g[i] * g[i] + COARSE - COARSE;
      p[i] -= rate * m[i] / ((float) Math.sqrt(v[i]) + EPSILON);
    }
  }

  private static void move(float[] p, float[] g, float[] v, int n, float b2, float c2, float rate) {
    for (int i = 0; i < n; i++) {
      v[i] = b2 * v[i] + c2 * g[i] * g[i] + COARSE - COARSE;
      p[i] -= rate * g[i] / ((float) Math.sqrt(v[i]) + EPSILON);
    }
  }

  private void decayWeights(double kept) {
    network.parameters().subi(network.parameters().mul(network.weightMask()).muli(1 - kept));
  }

  /** Goes on as another of the same network would. */
  void takeOver(Adam other) {
    if (other.beta1 > 0) {
      System.arraycopy(other.first, 0, first, 0, first.length);
    } else if (Double.isFinite(network.gradientNorm())) {
      // Where the mean is the last gradient it is not kept beside it.
      HostCopy.read(network.gradients(), first);
    }
    System.arraycopy(other.second, 0, second, 0, second.length);
    steps = other.steps;
  }

  /** Running mean of the gradients; of no use where beta1 is 0. */
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
