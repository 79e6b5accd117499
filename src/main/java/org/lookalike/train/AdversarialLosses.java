package org.lookalike.train;

import java.util.List;
import java.util.stream.Collectors;

/** The register of losses. */
public final class AdversarialLosses {
  private static final List<AdversarialLoss> ALL =
      List.of(
          new RelativisticLoss(),
          new NonSaturatingLoss(),
          new MinimaxLoss(),
          new LeastSquaresLoss(),
          new HingeLoss(),
          new WassersteinLoss(),
          new WassersteinGpLoss(),
          new DraganLoss());

  private AdversarialLosses() {}

  /** Their names; the first is the default. */
  public static List<String> names() {
    return ALL.stream().map(AdversarialLoss::name).collect(Collectors.toList());
  }

  /**
   * @throws IllegalArgumentException if there is none of that name
   */
  public static AdversarialLoss named(String name) {
    for (AdversarialLoss loss : ALL) if (loss.name().equals(name)) return loss;
    throw new IllegalArgumentException("no loss " + name);
  }

  /** log(1 + e^t), without overflow. */
  static double softplus(double t) {
    return Math.max(t, 0) + Math.log1p(Math.exp(-Math.abs(t)));
  }

  /** The derivative of {@link #softplus}. */
  static double sigmoid(double t) {
    return t >= 0 ? 1 / (1 + Math.exp(-t)) : Math.exp(t) / (1 + Math.exp(t));
  }
}
