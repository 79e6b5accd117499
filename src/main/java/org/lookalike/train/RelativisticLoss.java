package org.lookalike.train;

import static org.lookalike.train.AdversarialLosses.sigmoid;
import static org.lookalike.train.AdversarialLosses.softplus;

import java.util.Arrays;

/** Paired: D: softplus(-(a-b)); G: softplus(-(b-a)). */
final class RelativisticLoss implements AdversarialLoss {
  @Override
  public String name() {
    return "relativistic";
  }

  @Override
  public String explanation() {
    return "D tells which of a real and a fake is real; with R1 and R2 the most stable";
  }

  @Override
  public String paper() {
    return "Jolicoeur-Martineau 2018; Huang et al. 2024 (R3GAN)";
  }

  @Override
  public double blindLoss() {
    return Math.log(2);
  }

  @Override
  public double discriminator(double[] a, double[] b, double[] da, double[] db) {
    double sum = 0;
    int n = a.length;
    for (int i = 0; i < n; i++) {
      sum += softplus(b[i] - a[i]);
      db[i] = sigmoid(b[i] - a[i]) / n;
      da[i] = -db[i];
    }
    return sum / n;
  }

  @Override
  public double generator(double[] a, double[] b, double[] db) {
    double sum = 0;
    int n = b.length;
    for (int i = 0; i < n; i++) {
      sum += softplus(a[i] - b[i]);
      db[i] = -sigmoid(a[i] - b[i]) / n;
    }
    return sum / n;
  }

  @Override
  public double[] generatorSlopeOfReals(double[] db) {
    return Arrays.stream(db).map(slope -> -slope).toArray();
  }

  @Override
  public boolean generatorSeesReals() {
    return true;
  }

  @Override
  public boolean isCritic() {
    return true;
  }

  @Override
  public boolean zeroCentredPenaltiesByDefault() {
    return true;
  }
}
