package org.lookalike.train;

import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Adds the gradient of {@code sum_i w_i (n_i - t)^2}, n_i the norm of the critic's gradient at
 * image i, to a vector: exactly, by a tangent pass instead of second derivatives. With u_i the
 * direction of the gradient and T(u) the directional derivative, which is linear in u, it is the
 * gradient of {@code sum_i T(2 w_i (n_i - t) u_i)}.
 */
final class GradientPenalty {
  private static final double SMALLEST_NORM = 1e-12;

  private final Network critic;
  private final int outputs;
  private float[] values = new float[0];

  /**
   * @param outputs values the critic gives for an image, of which the first is the one meant
   */
  GradientPenalty(Network critic, int outputs) {
    this.critic = critic;
    this.outputs = outputs;
  }

  /**
   * To be called after a {@link Pass#TRAIN} forward pass of {@code critic} on {@code n} images.
   *
   * @param weights w_i, one an image
   * @param target t
   * @param sum receives the penalty's gradient on top of what it holds
   * @return the penalty
   */
  double addGradient(double[] weights, double target, INDArray sum) {
    int n = weights.length;
    INDArray ones = Nd4j.zeros(n, outputs);
    ones.getColumn(0).assign(1);
    INDArray g = critic.backward(ones, Pass.FROZEN, true, false);
    int each = (int) (g.length() / n);
    if (values.length < g.length()) values = new float[n * each];
    HostCopy.read(g, values);
    double penalty = 0;
    for (int i = 0; i < n; i++) {
      double squares = 0;
      for (int p = i * each; p < (i + 1) * each; p++) squares += (double) values[p] * values[p];
      double norm = Math.max(Math.sqrt(squares), SMALLEST_NORM);
      penalty += weights[i] * (norm - target) * (norm - target);
      double factor = 2 * weights[i] * (norm - target) / norm;
      for (int p = i * each; p < (i + 1) * each; p++) values[p] *= (float) factor;
    }
    HostCopy.write(values, g);
    critic.forward(g, Pass.TANGENT);
    critic.weighTangent();
    sum.addi(critic.gradients());
    return penalty;
  }
}
