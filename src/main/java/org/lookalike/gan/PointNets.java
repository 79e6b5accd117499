package org.lookalike.gan;

import static org.lookalike.nn.ActivationFunction.Kind.LEAKY_RELU;
import static org.lookalike.nn.ActivationFunction.Kind.RELU;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.lookalike.gan.NetworkOptions.Minibatch;
import org.lookalike.gan.NetworkOptions.Normalisation;
import org.lookalike.gan.NetworkOptions.Spectral;
import org.lookalike.nn.ActivationFunction;
import org.lookalike.nn.Dense;
import org.lookalike.nn.Dropout;
import org.lookalike.nn.Maxout;

/**
 * Dense networks for points of a line or plane, {@code [batch, coordinates, 1, 1]}: where a GAN's
 * modes can be counted. Not for images, so not among {@link Architectures}.
 */
public final class PointNets implements Architecture {
  private static final double GAIN =
      Math.sqrt(2 / (1 + ActivationFunction.LEAK * ActivationFunction.LEAK));

  /** Standard deviation of the published nets' initial weights. */
  private static final double DEVIATION = 0.02;

  private static final int GENERATOR_LAYERS = 4;
  private static final int DISCRIMINATOR_LAYERS = 3;
  private static final int PIECES = 5;
  private static final int LATENT = 2;

  private final boolean published;

  private PointNets(boolean published) {
    this.published = published;
  }

  /**
   * Those of VEEGAN (Srivastava et al. 2017) and PacGAN (Lin et al. 2018): G of four layers with
   * batch normalisation and ReLU, D of three maxout layers half as wide, weights from N(0, 0.02).
   */
  public static PointNets published() {
    return new PointNets(true);
  }

  /** Leaky ReLU, He initialisation, no normalisation; four and three layers of the same width. */
  public static PointNets plain() {
    return new PointNets(false);
  }

  @Override
  public String name() {
    return published ? "published" : "plain";
  }

  @Override
  public String explanation() {
    return published
        ? "Batch normalisation in G, maxout in D, as in the papers' comparisons"
        : "Leaky ReLU without normalisation";
  }

  @Override
  public int defaultWidth() {
    return 400;
  }

  @Override
  public int defaultLatent() {
    return LATENT;
  }

  @Override
  public Normalisation generatorNormalisation() {
    return published ? Normalisation.BATCH : Normalisation.NONE;
  }

  @Override
  public Normalisation discriminatorNormalisation() {
    return Normalisation.NONE;
  }

  @Override
  public Minibatch minibatch() {
    return Minibatch.NONE;
  }

  @Override
  public boolean hasCurvature() {
    return true;
  }

  private double deviation(double fanIn) {
    return published ? DEVIATION : GAIN / Math.sqrt(fanIn);
  }

  @Override
  public ComputationGraphConfiguration generator(NetworkShape shape, long seed) {
    boolean spectral = shape.options().spectral() == Spectral.BOTH;
    Normalisation normalisation = shape.options().normalisationG(generatorNormalisation());
    Stack stack = new Stack(seed);
    int from = Heads.latents(stack, shape);
    int fanIn = shape.latent();
    for (int layer = 0; layer < GENERATOR_LAYERS; layer++) {
      stack.add(new Dense(from, deviation(fanIn), shape.width(), 1, 1).spectral(spectral));
      stack.normalise(normalisation, shape.width(), published ? DEVIATION : 0);
      stack.activate(published ? RELU : LEAKY_RELU);
      from = shape.width();
      fanIn = from;
    }
    double linear = published ? DEVIATION : 1 / Math.sqrt(from);
    return stack.add(new Dense(from, linear, shape.channels(), 1, 1)).build();
  }

  @Override
  public ComputationGraphConfiguration discriminator(NetworkShape shape, long seed) {
    NetworkOptions options = shape.options();
    boolean spectral = options.spectral() != Spectral.NONE;
    Stack stack = new Stack(seed);
    int from = Heads.seen(stack, shape);
    int width = published ? shape.width() / 2 : shape.width();
    for (int layer = 1; layer <= DISCRIMINATOR_LAYERS; layer++) {
      boolean last = layer == DISCRIMINATOR_LAYERS;
      if (published) {
        stack.add(new Dense(from, DEVIATION, width * PIECES).spectral(spectral));
        Maxout maxout = new Maxout(width, PIECES);
        if (last) stack.addFeatures(maxout);
        else stack.add(maxout);
      } else {
        stack.add(new Dense(from, deviation(from), width).spectral(spectral));
        if (last) stack.activateFeatures(LEAKY_RELU);
        else stack.activate(LEAKY_RELU);
      }
      if (options.dropout() > 0) stack.add(new Dropout(options.dropout()));
      from = width;
    }
    double linear = published ? DEVIATION : 1 / Math.sqrt(from);
    return Heads.outputs(stack, shape, from, linear, options.minibatch(minibatch()));
  }
}
