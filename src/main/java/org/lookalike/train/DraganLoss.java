package org.lookalike.train;

/** The non-saturating game with the gradient's norm held at 1 around the reals. */
final class DraganLoss extends NonSaturatingLoss {
  @Override
  public String name() {
    return "dragan";
  }

  @Override
  public String explanation() {
    return "The classic game, with D's gradient held at 1 around real images";
  }

  @Override
  public String paper() {
    return "Kodali et al. 2017";
  }

  @Override
  public NormPenalty normPenalty() {
    return NormPenalty.AROUND_REALS;
  }
}
