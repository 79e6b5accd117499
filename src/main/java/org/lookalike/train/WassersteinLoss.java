package org.lookalike.train;

import java.util.Arrays;

/** D: b - a, with every weight clipped to a box; G: -b. */
class WassersteinLoss implements AdversarialLoss {
  private static final int CRITIC_STEPS = 5;

  @Override
  public String name() {
    return "wasserstein";
  }

  @Override
  public String explanation() {
    return "A critic estimates the Wasserstein distance, kept Lipschitz by clipping its weights";
  }

  @Override
  public String paper() {
    return "Arjovsky et al. 2017";
  }

  @Override
  public final double discriminator(double[] a, double[] b, double[] da, double[] db) {
    int n = a.length;
    Arrays.fill(da, -1.0 / n);
    Arrays.fill(db, 1.0 / n);
    return Arrays.stream(b).sum() / n - Arrays.stream(a).sum() / n;
  }

  @Override
  public final double generator(double[] a, double[] b, double[] db) {
    Arrays.fill(db, -1.0 / b.length);
    return -Arrays.stream(b).sum() / b.length;
  }

  @Override
  public final boolean isCritic() {
    return true;
  }

  @Override
  public final boolean isWasserstein() {
    return true;
  }

  @Override
  public final int defaultDiscriminatorSteps() {
    return CRITIC_STEPS;
  }

  @Override
  public boolean clipsWeights() {
    return true;
  }
}
