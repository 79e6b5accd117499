package org.lookalike.gan;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.lookalike.gan.NetworkOptions.Conditional;
import org.lookalike.gan.NetworkOptions.Minibatch;
import org.lookalike.gan.NetworkOptions.Spectral;
import org.lookalike.nn.Conditioning;
import org.lookalike.nn.Dense;
import org.lookalike.nn.SampleDistances;

/** How networks of all designs begin and end: latents and classes in, logits out. */
final class Heads {
  /** Sizes of minibatch discrimination's tensor, as in the paper. */
  private static final int KERNELS = 50;

  private static final int KERNEL_DIMENSIONS = 5;

  private Heads() {}

  /** Appends class or generator to a generator's latent vectors; the length they have then. */
  static int latents(Stack stack, NetworkShape shape) {
    if (shape.generators() > 1) {
      stack.add(new Conditioning(Conditioning.Kind.SPREAD, shape.generators()));
      return shape.generators() * (shape.latent() + 1);
    }
    if (!shape.hasClasses()) return shape.latent();
    int classes = shape.options().classes();
    stack.add(new Conditioning(Conditioning.Kind.APPEND, classes));
    return shape.latent() + classes;
  }

  /** Appends the class to what a discriminator sees, if it is to be there; the channels then. */
  static int seen(Stack stack, NetworkShape shape) {
    if (shape.options().conditional() != Conditional.CONCATENATION) return shape.seenChannels();
    int classes = shape.options().classes();
    stack.add(new Conditioning(Conditioning.Kind.APPEND, classes));
    return shape.seenChannels() + classes;
  }

  /**
   * A discriminator's outputs from its features.
   *
   * @param length features an image
   * @param deviation of the initial weights
   * @param minibatch whether images are compared here
   */
  static ComputationGraphConfiguration outputs(
      Stack stack, NetworkShape shape, int length, double deviation, Minibatch minibatch) {
    boolean spectral = shape.options().spectral() != Spectral.NONE;
    int outputs = shape.discriminatorOutputs();
    String features = stack.here();
    stack.add(new Dense(length, deviation, outputs).spectral(spectral));
    String logits = stack.here();
    if (minibatch == Minibatch.DISCRIMINATION) {
      stack.from(features);
      stack.add(new Dense(length, deviation, KERNELS * KERNEL_DIMENSIONS).spectral(spectral));
      stack.add(new SampleDistances(KERNELS, KERNEL_DIMENSIONS));
      stack.add(new Dense(KERNELS, 1 / Math.sqrt(KERNELS), outputs).spectral(spectral));
      stack.join(logits, stack.here());
      logits = stack.here();
    }
    if (shape.options().conditional() == Conditional.PROJECTION) {
      int classes = shape.options().classes();
      stack.from(features).add(new Dense(length, deviation, classes).spectral(spectral));
      stack.add(new Conditioning(Conditioning.Kind.SELECT, classes));
      stack.join(logits, stack.here());
    }
    return stack.build();
  }
}
