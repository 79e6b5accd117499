package org.lookalike.gan;

import org.lookalike.gan.NetworkOptions.Minibatch;
import org.lookalike.gan.NetworkOptions.Normalisation;
import org.lookalike.gan.NetworkOptions.Output;
import org.lookalike.gan.NetworkOptions.Refinement;
import org.lookalike.gan.NetworkOptions.Upsampling;
import org.lookalike.nn.ActivationFunction;
import org.lookalike.nn.Convolution;

/**
 * The default: channels halve with each doubling of the resolution, so every stage costs the same
 * and two processor cores see over a hundred images a second at 64 px. Leaky ReLU, He
 * initialisation, minibatch standard deviation in D and no normalisation there, since the penalties
 * are for single images.
 */
final class LightNet extends ConvolutionalDesign {
  private static final int MOST_CHANNELS = 512;
  private static final double GAIN =
      Math.sqrt(2 / (1 + ActivationFunction.LEAK * ActivationFunction.LEAK));

  @Override
  public String name() {
    return "light";
  }

  @Override
  public String explanation() {
    return "Small nets whose stages all cost the same, made for processors";
  }

  @Override
  public int defaultWidth() {
    return 16;
  }

  @Override
  public int defaultLatent() {
    return 128;
  }

  @Override
  public Normalisation discriminatorNormalisation() {
    return Normalisation.NONE;
  }

  /**
   * What was found to help (docs/recipe.md): everywhere a second look at the pixels. On dark
   * backgrounds, where grain is most of what D can see, noise; no tanh, which can hardly reach the
   * darkest value; and a latent vector that reaches each stage, as fields differ as a whole.
   * Elsewhere batch normalisation, which draws outlines early, and doubled pixels. Neither these
   * nor balanced kernels show a checkerboard.
   */
  @Override
  public NetworkOptions usualOptions(boolean dark) {
    NetworkOptions options = new NetworkOptions().withRefinement(Refinement.LAST);
    return dark
        ? options
            .withUpsampling(Upsampling.BALANCED)
            .withNormalisationG(Normalisation.NONE)
            .withNoise(true)
            .withLatentSkips(true)
            .withOutput(Output.LINEAR)
        : options.withUpsampling(Upsampling.NEAREST).withNormalisationG(Normalisation.BATCH);
  }

  @Override
  public Normalisation generatorNormalisation() {
    return Normalisation.NONE;
  }

  @Override
  public Minibatch minibatch() {
    return Minibatch.DEVIATION;
  }

  @Override
  int finestStage(NetworkShape shape) {
    return shape.size();
  }

  @Override
  int channels(NetworkShape shape, int resolution) {
    return Math.min(MOST_CHANNELS, shape.width() * (shape.size() / resolution));
  }

  /** He et al. 2015 for leaky ReLU. */
  @Override
  double deviation(double fanIn) {
    return GAIN / Math.sqrt(fanIn);
  }

  @Override
  double linearDeviation(double fanIn) {
    return 1 / Math.sqrt(fanIn);
  }

  @Override
  double scaleDeviation() {
    return 0;
  }

  @Override
  ActivationFunction.Kind generatorActivation() {
    return ActivationFunction.Kind.LEAKY_RELU;
  }

  @Override
  void toImage(Stack stack, NetworkShape shape, int from, boolean spectral) {
    double deviation = linearDeviation(from * 9);
    stack.add(Convolution.of(from, shape.channels(), 3, 1, 1, deviation).spectral(spectral));
  }

  @Override
  void fromImage(Stack stack, int seen, int to, boolean spectral) {
    stack.add(Convolution.of(seen, to, 3, 1, 1, deviation(seen * 9)).spectral(spectral));
  }

  @Override
  boolean hasLastConvolution() {
    return true;
  }
}
