package org.lookalike.gan;

import static org.lookalike.nn.ActivationFunction.Kind.LEAKY_RELU;
import static org.lookalike.nn.ActivationFunction.Kind.TANH;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.lookalike.gan.NetworkOptions.Downsampling;
import org.lookalike.gan.NetworkOptions.Minibatch;
import org.lookalike.gan.NetworkOptions.Normalisation;
import org.lookalike.gan.NetworkOptions.Output;
import org.lookalike.gan.NetworkOptions.Refinement;
import org.lookalike.gan.NetworkOptions.Spectral;
import org.lookalike.gan.NetworkOptions.Upsampling;
import org.lookalike.nn.ActivationFunction;
import org.lookalike.nn.Convolution;
import org.lookalike.nn.Dense;
import org.lookalike.nn.Dropout;
import org.lookalike.nn.MinibatchDeviation;
import org.lookalike.nn.PixelNoise;
import org.lookalike.nn.Resampling;
import org.lookalike.nn.SelfAttention;

/**
 * What convolutional designs have in common: stages that double or halve the resolution between 4
 * px and the image, and all of {@link NetworkOptions}.
 *
 * <p>Residual stages start as their shortcut alone: the last convolution beside it starts at 0
 * (Fixup, Zhang et al. 2019), so that they need no normalisation.
 */
abstract class ConvolutionalDesign implements Architecture {
  private static final int SMALLEST = 4;

  /** Where attention sits: the places there are few, and far apart in the image. */
  private static final int ATTENTION_SIDE = 16;

  /** Resolution of the last stage before the image. */
  abstract int finestStage(NetworkShape shape);

  /** Feature channels at a resolution. */
  abstract int channels(NetworkShape shape, int resolution);

  /** Standard deviation of the initial weights where {@code fanIn} values feed a rectifier. */
  abstract double deviation(double fanIn);

  /** The same where nothing follows. */
  abstract double linearDeviation(double fanIn);

  /** Of batch normalisation's initial scales around 1. */
  abstract double scaleDeviation();

  abstract ActivationFunction.Kind generatorActivation();

  /** From the last stage of the generator to the image, before tanh. */
  abstract void toImage(Stack stack, NetworkShape shape, int from, boolean spectral);

  /** From the image to the first stage of the discriminator, before its activation. */
  abstract void fromImage(Stack stack, int seen, int to, boolean spectral);

  /** Whether a 3x3 convolution stands between the last stage of D and its output. */
  abstract boolean hasLastConvolution();

  @Override
  public final ComputationGraphConfiguration generator(NetworkShape shape, long seed) {
    NetworkOptions options = shape.options();
    boolean spectral = options.spectral() == Spectral.BOTH;
    Normalisation normalisation = options.normalisationG(generatorNormalisation());
    Stack stack = new Stack(seed);
    int latent = Heads.latents(stack, shape);
    // Several generators differ in their first layer alone.
    boolean several = shape.generators() > 1;
    String vector = several ? Stack.INPUT : stack.here();
    int length = several ? shape.latent() : latent;
    int c = channels(shape, SMALLEST);
    double start = deviation(shape.latent());
    stack.add(new Dense(latent, start, c, SMALLEST, SMALLEST).spectral(spectral));
    stack.normalise(normalisation, c, scaleDeviation()).activate(generatorActivation());
    for (int side = 2 * SMALLEST; side <= finestStage(shape); side *= 2) {
      int next = channels(shape, side);
      if (options.isResidual()) {
        residualUp(stack, options.upsampling(), c, next, normalisation, spectral);
      } else {
        up(stack, options.upsampling(), c, next, spectral);
        stack.normalise(normalisation, next, scaleDeviation());
      }
      if (options.hasLatentSkips()) skip(stack, vector, length, next, spectral);
      stack.activate(generatorActivation());
      attend(stack, options, side, next, spectral);
      if (options.hasNoise()) noise(stack, side, next);
      if (refines(options, side == finestStage(shape))) refine(stack, next, spectral);
      c = next;
    }
    toImage(stack, shape, c, spectral);
    if (options.output() == Output.TANH) stack.activate(TANH);
    return stack.build();
  }

  /** Adds attention, if it is asked for, at the one stage that has it. */
  private static void attend(
      Stack stack, NetworkOptions options, int side, int channels, boolean spectral) {
    if (!options.hasAttention() || side != ATTENTION_SIDE) return;
    stack.add(new SelfAttention(channels).spectral(spectral));
  }

  /** Lets the latent vector shift each channel, so that it also opens and closes rectifiers. */
  private static void skip(Stack stack, String vector, int length, int channels, boolean spectral) {
    String image = stack.here();
    double deviation = spectral ? 1 / Math.sqrt(length) : 0;
    stack.from(vector).add(new Dense(length, deviation, channels, 1, 1).spectral(spectral));
    stack.join(image, stack.here());
  }

  /** Adds noise in a strength of its own to each channel; at first in none. */
  private static void noise(Stack stack, int side, int channels) {
    String image = stack.here();
    stack.from(Stack.INPUT).add(new PixelNoise(side));
    stack.add(Convolution.of(1, channels, 1, 1, 0, 0));
    stack.join(image, stack.here());
  }

  private static boolean refines(NetworkOptions options, boolean last) {
    Refinement refinement = options.refinement();
    return refinement == Refinement.ALL || refinement == Refinement.LAST && last;
  }

  /** A second convolution at the same resolution; at first it adds nothing. */
  private void refine(Stack stack, int channels, boolean spectral) {
    String image = stack.here();
    double deviation = zeroUnless(spectral, channels * 9);
    stack.add(Convolution.of(channels, channels, 3, 1, 1, deviation).spectral(spectral));
    stack.join(image, stack.here()).activate(generatorActivation());
  }

  final void up(Stack stack, Upsampling kind, int from, int to, boolean spectral) {
    switch (kind) {
      case NEAREST:
        stack.add(Convolution.doubling(from, to, deviation(from * 9)).spectral(spectral));
        break;
      case BALANCED:
        stack.add(Convolution.balanced(from, to, deviation(from * 4)).spectral(spectral));
        break;
      case PIXEL_SHUFFLE:
        stack.add(Convolution.of(from, 4 * to, 3, 1, 1, deviation(from * 9)).spectral(spectral));
        stack.add(new Resampling(Resampling.Kind.PIXEL_SHUFFLE));
        break;
      default:
        // Each output pixel of a 4x4 stride-2 transposed convolution hears 2x2 input pixels.
        stack.add(
            Convolution.transposed(from, to, 4, 2, 1, deviation(from * 4)).spectral(spectral));
    }
  }

  private void residualUp(
      Stack stack,
      Upsampling kind,
      int from,
      int to,
      Normalisation normalisation,
      boolean spectral) {
    String start = stack.here();
    up(stack, kind, from, to, spectral);
    stack.normalise(normalisation, to, scaleDeviation()).activate(generatorActivation());
    stack.add(Convolution.of(to, to, 3, 1, 1, zeroUnless(spectral, to * 9)).spectral(spectral));
    String main = stack.here();
    stack.from(start).add(new Resampling(Resampling.Kind.NEAREST));
    stack.add(Convolution.of(from, to, 1, 1, 0, deviation(from)).spectral(spectral));
    stack.join(stack.here(), main);
  }

  private static Convolution down(Downsampling kind, int from, int to, double deviation) {
    return kind == Downsampling.AVERAGE
        ? Convolution.halving(from, to, deviation)
        : Convolution.of(from, to, 4, 2, 1, deviation);
  }

  /**
   * Values that feed an output. Averages of 3x3 convolutions hear 9 where neighbours are alike and
   * 2.25 where they have nothing in common: taken in between.
   */
  private static double downFanIn(Downsampling kind, int channels) {
    return channels * (kind == Downsampling.AVERAGE ? 4.5 : 16);
  }

  private void residualDown(
      Stack stack,
      Downsampling kind,
      int from,
      int to,
      Normalisation normalisation,
      boolean spectral) {
    String start = stack.here();
    stack.add(Convolution.of(from, from, 3, 1, 1, deviation(from * 9)).spectral(spectral));
    stack.normalise(normalisation, from, scaleDeviation()).activate(LEAKY_RELU);
    double scale = zeroUnless(spectral, downFanIn(kind, from));
    stack.add(down(kind, from, to, scale).spectral(spectral));
    String main = stack.here();
    stack.from(start).add(new Resampling(Resampling.Kind.AVERAGE));
    stack.add(Convolution.of(from, to, 1, 1, 0, deviation(from)).spectral(spectral));
    stack.join(stack.here(), main);
  }

  /** Spectral normalisation cannot divide zeros by their norm. */
  private double zeroUnless(boolean spectral, double fanIn) {
    return spectral ? deviation(fanIn) : 0;
  }

  @Override
  public final ComputationGraphConfiguration discriminator(NetworkShape shape, long seed) {
    NetworkOptions options = shape.options();
    boolean spectral = options.spectral() != Spectral.NONE;
    Normalisation normalisation = options.normalisationD(discriminatorNormalisation());
    Minibatch minibatch = options.minibatch(minibatch());
    Downsampling kind = options.downsampling();
    Stack stack = new Stack(seed);
    int seen = Heads.seen(stack, shape);
    int c = channels(shape, finestStage(shape));
    fromImage(stack, seen, c, spectral);
    boolean more = finestStage(shape) > SMALLEST || hasLastConvolution();
    activate(stack, options, more);
    attend(stack, options, finestStage(shape), c, spectral);
    for (int side = finestStage(shape) / 2; side >= SMALLEST; side /= 2) {
      int next = channels(shape, side);
      if (options.isResidual()) {
        residualDown(stack, kind, c, next, normalisation, spectral);
      } else {
        stack.add(down(kind, c, next, deviation(downFanIn(kind, c))).spectral(spectral));
        stack.normalise(normalisation, next, scaleDeviation());
      }
      activate(stack, options, side > SMALLEST || hasLastConvolution());
      attend(stack, options, side, next, spectral);
      c = next;
    }
    int length = c;
    if (minibatch == Minibatch.DEVIATION) {
      stack.add(new MinibatchDeviation());
      length++;
    }
    if (hasLastConvolution()) {
      stack.add(Convolution.of(length, c, 3, 1, 1, deviation(length * 9)).spectral(spectral));
      activate(stack, options, false);
      length = c;
    }
    length *= SMALLEST * SMALLEST;
    return Heads.outputs(stack, shape, length, linearDeviation(length), minibatch);
  }

  private static void activate(Stack stack, NetworkOptions options, boolean moreToCome) {
    if (moreToCome) stack.activate(LEAKY_RELU);
    else stack.activateFeatures(LEAKY_RELU);
    if (options.dropout() > 0) stack.add(new Dropout(options.dropout()));
  }
}
