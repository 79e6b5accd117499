package org.lookalike.train;

import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Feature matching (Salimans et al. 2016): the generator minimises {@code ‖mean f(real) - mean
 * f(fake)‖²}, f the features before the discriminator's last layer.
 */
final class FeatureMatching {
  private final Network discriminator;
  private double[] target = new double[0];
  private float[] values = new float[0];

  FeatureMatching(Network discriminator) {
    this.discriminator = discriminator;
  }

  /** Takes the mean features of the reals, after the discriminator's pass on them. */
  void seeReals() {
    target = means(discriminator.features());
  }

  /**
   * The loss of the fakes, after the discriminator's pass on them.
   *
   * @param weight factor on loss and error
   * @return the loss, and its gradient with respect to the features
   */
  Result ofFakes(double weight) {
    INDArray features = discriminator.features();
    double[] means = means(features);
    int n = (int) features.size(0);
    double loss = 0;
    float[] slope = new float[means.length];
    for (int f = 0; f < means.length; f++) {
      double difference = means[f] - target[f];
      loss += difference * difference;
      slope[f] = (float) (weight * 2 * difference / n);
    }
    float[] error = new float[n * means.length];
    for (int i = 0; i < n; i++) System.arraycopy(slope, 0, error, i * slope.length, slope.length);
    INDArray array = Nd4j.createFromArray(error).reshape('c', features.shape());
    return new Result(weight * loss, array);
  }

  private double[] means(INDArray features) {
    int n = (int) features.size(0);
    int length = (int) features.length() / n;
    if (values.length < n * length) values = new float[n * length];
    HostCopy.read(features, values);
    double[] means = new double[length];
    for (int i = 0; i < n * length; i++) means[i % length] += (double) values[i] / n;
    return means;
  }

  /** A loss and the error it puts on the features. */
  static final class Result {
    final double loss;
    final INDArray error;

    Result(double loss, INDArray error) {
      this.loss = loss;
      this.error = error;
    }
  }
}
