package org.lookalike.gan;

import static org.lookalike.nn.ActivationFunction.Kind.LEAKY_RELU;
import static org.lookalike.nn.ActivationFunction.Kind.RELU;
import static org.lookalike.nn.ActivationFunction.Kind.TANH;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.lookalike.nn.BatchNormalisation;
import org.lookalike.nn.Convolution;
import org.lookalike.nn.Dense;

/**
 * DCGAN as Radford et al. 2015 rule it: strided and transposed 4x4 convolutions, batch
 * normalisation everywhere but in G's last and D's first layer, ReLU in G, leaky ReLU in D, tanh
 * output, weights from N(0, 0.02). The reference all else is measured against; it does not change.
 */
final class ClassicDcgan implements Architecture {
  private static final double DEVIATION = 0.02;
  private static final int WIDEST = 8;

  @Override
  public String name() {
    return "dcgan";
  }

  @Override
  public String explanation() {
    return "DCGAN as in the paper, with batch normalisation; the reference, several times slower";
  }

  @Override
  public int defaultWidth() {
    return 64;
  }

  @Override
  public int defaultLatent() {
    return 100;
  }

  @Override
  public boolean discriminatorHasBatchNormalisation() {
    return true;
  }

  /** Channels at half the full resolution and {@code level} halvings below. */
  private static int channels(NetworkShape shape, int level) {
    return shape.width() * Math.min(WIDEST, 1 << level);
  }

  @Override
  public ComputationGraphConfiguration generator(NetworkShape shape, long seed) {
    int last = shape.doublings() - 1;
    int c = channels(shape, last);
    Stack stack = new Stack(seed).add(new Dense(shape.latent(), DEVIATION, c, 4, 4));
    stack.add(new BatchNormalisation(c, DEVIATION)).activate(RELU);
    for (int level = last - 1; level >= 0; level--) {
      int next = channels(shape, level);
      stack.add(Convolution.transposed(c, next, 4, 2, 1, DEVIATION));
      stack.add(new BatchNormalisation(next, DEVIATION)).activate(RELU);
      c = next;
    }
    stack.add(Convolution.transposed(c, shape.channels(), 4, 2, 1, DEVIATION)).activate(TANH);
    return stack.build();
  }

  @Override
  public ComputationGraphConfiguration discriminator(NetworkShape shape, long seed) {
    int c = channels(shape, 0);
    Stack stack = new Stack(seed).add(Convolution.of(shape.channels(), c, 4, 2, 1, DEVIATION));
    stack.activate(LEAKY_RELU);
    for (int level = 1; level < shape.doublings(); level++) {
      int next = channels(shape, level);
      stack.add(Convolution.of(c, next, 4, 2, 1, DEVIATION));
      stack.add(new BatchNormalisation(next, DEVIATION)).activate(LEAKY_RELU);
      c = next;
    }
    return stack.add(new Dense(c * 16, DEVIATION, 1)).build();
  }
}
