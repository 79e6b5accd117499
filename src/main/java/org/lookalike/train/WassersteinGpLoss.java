package org.lookalike.train;

import java.util.Arrays;

/** D: b - a, with the gradient's norm held at 1 between reals and fakes; G: -b. */
final class WassersteinGpLoss implements AdversarialLoss {
  private static final int CRITIC_STEPS = 5;

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
  public double discriminator(double[] a, double[] b, double[] da, double[] db) {
    int n = a.length;
    Arrays.fill(da, -1.0 / n);
    Arrays.fill(db, 1.0 / n);
    return Arrays.stream(b).sum() / n - Arrays.stream(a).sum() / n;
  }

  @Override
  public double generator(double[] a, double[] b, double[] db) {
    Arrays.fill(db, -1.0 / b.length);
    return -Arrays.stream(b).sum() / b.length;
  }

  @Override
  public boolean isCritic() {
    return true;
  }

  @Override
  public boolean isWasserstein() {
    return true;
  }

  @Override
  public int defaultDiscriminatorSteps() {
    return CRITIC_STEPS;
  }

  @Override
  public boolean hasInterpolatePenalty() {
    return true;
  }
}
