package org.lookalike.nn;

/** One parameter of a layer: its name, shape and how it starts. */
final class ParameterSpec {
  final String name;
  final long[] shape;

  /** Standard deviation of the normal distribution it is drawn from; 0 starts at {@link #mean}. */
  final double deviation;

  final double mean;
  final boolean bias;

  private ParameterSpec(String name, double mean, double deviation, boolean bias, long... shape) {
    this.name = name;
    this.shape = shape;
    this.mean = mean;
    this.deviation = deviation;
    this.bias = bias;
  }

  static ParameterSpec weights(double deviation, long... shape) {
    return weights("W", deviation, shape);
  }

  static ParameterSpec weights(String name, double deviation, long... shape) {
    return new ParameterSpec(name, 0, deviation, false, shape);
  }

  static ParameterSpec bias(long length) {
    return new ParameterSpec("b", 0, 0, true, length);
  }

  static ParameterSpec normal(String name, double mean, double deviation, long length) {
    return new ParameterSpec(name, mean, deviation, true, length);
  }

  long length() {
    long product = 1;
    for (long side : shape) product *= side;
    return product;
  }
}
