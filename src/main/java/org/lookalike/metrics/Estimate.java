package org.lookalike.metrics;

/** A mean and how far what it was taken over spreads, in the measure's own units. */
public final class Estimate {
  private final double mean;
  private final double deviation;

  private Estimate(double mean, double deviation) {
    this.mean = mean;
    this.deviation = deviation;
  }

  /** With the population standard deviation (divided by N), as papers report KID and IS. */
  static Estimate ofPopulation(double... values) {
    return new Estimate(mean(values), Math.sqrt(squares(values) / values.length));
  }

  /** With the sample standard deviation (divided by N-1); {@code NaN} for a single value. */
  static Estimate ofSample(double... values) {
    return new Estimate(mean(values), Math.sqrt(squares(values) / (values.length - 1)));
  }

  static Estimate of(double mean, double deviation) {
    return new Estimate(mean, deviation);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) sum += v;
    return sum / values.length;
  }

  private static double squares(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double v : values) sum += (v - mean) * (v - mean);
    return sum;
  }

  public double mean() {
    return mean;
  }

  /** Standard deviation. */
  public double deviation() {
    return deviation;
  }

  @Override
  public String toString() {
    return mean + " ± " + deviation;
  }
}
