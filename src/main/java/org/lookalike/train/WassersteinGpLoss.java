package org.lookalike.train;

/** The Wasserstein game with the gradient's norm held at 1 between reals and fakes. */
final class WassersteinGpLoss extends WassersteinLoss {
  @Override
  public String name() {
    return "wasserstein-gp";
  }

  @Override
  public String explanation() {
    return "A critic estimates the Wasserstein distance, kept 1-Lipschitz by a gradient penalty";
  }

  @Override
  public String paper() {
    return "Gulrajani et al. 2017";
  }

  @Override
  public boolean clipsWeights() {
    return false;
  }

  @Override
  public NormPenalty normPenalty() {
    return NormPenalty.BETWEEN;
  }
}
