package org.lookalike.gan;

import org.lookalike.gan.NetworkOptions.Minibatch;
import org.lookalike.gan.NetworkOptions.Normalisation;
import org.lookalike.nn.ActivationFunction;
import org.lookalike.nn.Convolution;

/**
 * DCGAN as Radford et al. 2015 rule it: strided and transposed 4x4 convolutions, batch
 * normalisation everywhere but in G's last and D's first layer, ReLU in G, leaky ReLU in D, tanh
 * output, weights from N(0, 0.02). The reference all else is measured against; it does not change.
 */
final class ClassicDcgan extends ConvolutionalDesign {
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
  public Normalisation discriminatorNormalisation() {
    return Normalisation.BATCH;
  }

  @Override
  public Normalisation generatorNormalisation() {
    return Normalisation.BATCH;
  }

  @Override
  public Minibatch minibatch() {
    return Minibatch.NONE;
  }

  @Override
  int finestStage(NetworkShape shape) {
    return shape.size() / 2;
  }

  @Override
  int channels(NetworkShape shape, int resolution) {
    return shape.width() * Math.min(WIDEST, finestStage(shape) / resolution);
  }

  @Override
  double deviation(double fanIn) {
    return DEVIATION;
  }

  @Override
  double linearDeviation(double fanIn) {
    return DEVIATION;
  }

  @Override
  double scaleDeviation() {
    return DEVIATION;
  }

  @Override
  ActivationFunction.Kind generatorActivation() {
    return ActivationFunction.Kind.RELU;
  }

  @Override
  void toImage(Stack stack, NetworkShape shape, int from, boolean spectral) {
    up(stack, shape.options().upsampling(), from, shape.channels(), spectral);
  }

  @Override
  void fromImage(Stack stack, int seen, int to, boolean spectral) {
    stack.add(Convolution.of(seen, to, 4, 2, 1, DEVIATION).spectral(spectral));
  }

  @Override
  boolean hasLastConvolution() {
    return false;
  }
}
