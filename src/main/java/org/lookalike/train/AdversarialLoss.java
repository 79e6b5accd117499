package org.lookalike.train;

/**
 * What the two players minimise, in terms of the discriminator's logits of reals ({@code a}) and
 * fakes ({@code b}). Adding a loss means adding a class and registering it in {@link
 * AdversarialLosses}.
 */
public interface AdversarialLoss {
  /** As typed in settings. */
  String name();

  /** One line for dialogs. */
  String explanation();

  /** Where it comes from. */
  String paper();

  /**
   * The discriminator's loss with labels 1 for reals and 0 for fakes.
   *
   * @param da receives the gradient with respect to each {@code a}
   * @param db receives the gradient with respect to each {@code b}
   */
  double discriminator(double[] a, double[] b, double[] da, double[] db);

  /**
   * The generator's loss.
   *
   * @param a logits of reals; {@code null} unless {@link #generatorSeesReals()}
   * @param db receives the gradient with respect to each {@code b}
   */
  double generator(double[] a, double[] b, double[] db);

  /**
   * The gradient of the generator's loss with respect to each {@code a}, which only the
   * discriminator's weights can answer to.
   *
   * @param db that with respect to each {@code b}
   */
  default double[] generatorSlopeOfReals(double[] db) {
    return new double[db.length];
  }

  /** Whether the generator's loss depends on the logits of reals. */
  default boolean generatorSeesReals() {
    return false;
  }

  /** Whether logits are a critic's scores without a zero point, not log odds. */
  default boolean isCritic() {
    return false;
  }

  /** Whether mean(a) - mean(b) estimates the Wasserstein distance. */
  default boolean isWasserstein() {
    return false;
  }

  /** The logit between reals and fakes, where logits have such a place. */
  default double boundary() {
    return 0;
  }

  /** The discriminator's loss where it cannot tell reals from fakes; NaN if there is no such. */
  default double blindLoss() {
    return Double.NaN;
  }

  /** Discriminator steps a generator step where the user sets none. */
  default int defaultDiscriminatorSteps() {
    return 1;
  }

  /** Where the gradient's norm is held at 1, weighted by {@code gp_weight}. */
  default NormPenalty normPenalty() {
    return NormPenalty.NONE;
  }

  /** Whether the critic is kept Lipschitz by clipping its weights to {@code clip}. */
  default boolean clipsWeights() {
    return false;
  }

  /** Places at which the norm of the discriminator's gradient is held at 1. */
  enum NormPenalty {
    NONE,
    /** Random points between a real and a fake (WGAN-GP). */
    BETWEEN,
    /** Random points around a real (DRAGAN). */
    AROUND_REALS
  }

  /** Whether R1 and R2 are on where the user sets none. */
  default boolean zeroCentredPenaltiesByDefault() {
    return false;
  }
}
