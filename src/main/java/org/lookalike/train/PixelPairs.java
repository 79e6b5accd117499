package org.lookalike.train;

import org.lookalike.gan.Gan;
import org.lookalike.gan.Latents;
import org.lookalike.gan.NetworkShape;
import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An early pixel loss: some latent vectors are tied to a real image each, and the generator is
 * drawn towards it, less and less over the first part of the training. It finds shapes and
 * brightness before the discriminator can say much.
 */
final class PixelPairs {
  private static final long STREAM = 8;

  private final Network generator;
  private final boolean squares;
  private final long seed;
  private final float[] images;
  private final int each;
  private final int latent;
  private final int batch;
  private final NetworkShape shape;
  private float[] values = new float[0];

  /**
   * @param images the real images of the pairs, at least {@code batch}
   * @param squares whether the loss is L2 (mean of squares) instead of L1 (mean of distances)
   */
  PixelPairs(Gan gan, float[] images, int batch, boolean squares, long seed) {
    generator = gan.generator();
    this.images = images;
    this.batch = batch;
    this.squares = squares;
    this.seed = seed;
    each = gan.shape().channels() * gan.shape().size() * gan.shape().size();
    latent = gan.shape().latent();
    shape = gan.shape();
  }

  /**
   * Adds the gradient of one batch of pairs to {@code sum}; the generator's own gradients are
   * overwritten.
   *
   * @return the weighted loss
   */
  double add(long step, double weight, INDArray sum) {
    int pairs = images.length / each;
    int first = (int) (step * batch % (pairs - batch + 1));
    float[] z = new float[batch * latent];
    Latents.fill(seed, STREAM, first, batch, latent, z);
    generator.setConditions(shape.conditions(first, batch));
    INDArray made = generator.forward(Nd4j.createFromArray(z).reshape(batch, latent), Pass.TRAIN);
    int n = batch * each;
    if (values.length < n) values = new float[n];
    HostCopy.read(made, values);
    double loss = 0;
    for (int i = 0; i < n; i++) {
      double difference = values[i] - images[first * each + i];
      loss += (squares ? difference * difference : Math.abs(difference)) / n;
      double slope = squares ? 2 * difference : Math.signum(difference);
      values[i] = (float) (weight * slope / n);
    }
    INDArray error = Nd4j.createUninitialized(made.dataType(), made.shape());
    HostCopy.write(values, error);
    generator.backward(error, Pass.TRAIN, false, true);
    sum.addi(generator.gradients());
    return weight * loss;
  }
}
