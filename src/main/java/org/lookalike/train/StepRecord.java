package org.lookalike.train;

/** Sums over the steps since the last row of the history. */
final class StepRecord {
  private int dSteps;
  private int gSteps;
  private double dLoss;
  private double gLoss;
  private double dReal;
  private double dFake;
  private double accuracy;
  private double dNorm;
  private double gNorm;

  void addDiscriminator(AdversarialLoss loss, double value, double[] a, double[] b, double norm) {
    dSteps++;
    dLoss += value;
    dNorm += norm;
    int n = a.length;
    double middle = loss.boundary();
    for (int i = 0; i < n; i++) {
      dReal += a[i] / n;
      dFake += b[i] / n;
      if (loss.isCritic()) accuracy += (a[i] > b[i] ? 1.0 : 0.0) / n;
      else accuracy += ((a[i] > middle ? 0.5 : 0) + (b[i] < middle ? 0.5 : 0)) / n;
    }
  }

  void addGenerator(double value, double norm) {
    gSteps++;
    gLoss += value;
    gNorm += norm;
  }

  boolean isEmpty() {
    return dSteps == 0;
  }

  HistoryRow toRow(AdversarialLoss loss, long images, double seconds, double adaProbability) {
    double wasserstein = loss.isWasserstein() ? (dReal - dFake) / dSteps : Double.NaN;
    return new HistoryRow(
        images,
        seconds,
        dLoss / dSteps,
        gLoss / gSteps,
        dReal / dSteps,
        dFake / dSteps,
        accuracy / dSteps,
        wasserstein,
        gNorm / gSteps,
        dNorm / dSteps,
        adaProbability);
  }
}
