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
   * The discriminator's loss.
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

  /** The discriminator's loss where it cannot tell reals from fakes; NaN if there is no such. */
  default double blindLoss() {
    return Double.NaN;
  }

  /** Discriminator steps a generator step where the user sets none. */
  default int defaultDiscriminatorSteps() {
    return 1;
  }

  /** Whether it brings WGAN-GP's penalty, weighted by {@code gp_weight}. */
  default boolean hasInterpolatePenalty() {
    return false;
  }

  /** Whether R1 and R2 are on where the user sets none. */
  default boolean zeroCentredPenaltiesByDefault() {
    return false;
  }
}
