package org.lookalike.image;

/**
 * Maps each channel's intensities to [-1, 1] and back: values between low and high go to 0..1,
 * optionally by their square root, then to [-1, 1]. What lies outside is clipped. Gson writes and
 * reads its fields by name.
 */
public final class IntensityScaling {
  private int bitDepth;
  private double[] low;
  private double[] high;
  private boolean[] squareRoot;

  IntensityScaling(int bitDepth, double[] low, double[] high, boolean[] squareRoot) {
    this.bitDepth = bitDepth;
    this.low = low;
    this.high = high;
    this.squareRoot = squareRoot;
  }

  /** Lowest value of the channel that is not clipped. */
  public double low(int channel) {
    return low[channel];
  }

  public double high(int channel) {
    return high[channel];
  }

  public boolean squareRoot(int channel) {
    return squareRoot[channel];
  }

  /** A value in the image's units to [-1, 1]; NaN counts as low. */
  public float toModel(float value, int channel) {
    double range = high[channel] - low[channel];
    if (!(range > 0) || Float.isNaN(value)) return -1;
    double v = Math.max(0, Math.min(1, (value - low[channel]) / range));
    if (squareRoot[channel]) v = Math.sqrt(v);
    return (float) (2 * v - 1);
  }

  /** A value in [-1, 1] to the image's units, rounded to what its bit depth can hold. */
  public float toNative(float value, int channel) {
    double v = Math.max(0, Math.min(1, (value + 1.0) / 2));
    if (squareRoot[channel]) v *= v;
    double result = low[channel] + v * Math.max(0, high[channel] - low[channel]);
    return (float) (bitDepth == 32 ? result : Math.rint(result));
  }

  /**
   * What is left of a value in [-1, 1] in an image: clipped, rounded to its bit depth, and in
   * proportion to intensity, from -1 at {@link #low} to 1 at {@link #high}.
   */
  float saved(float value, int channel) {
    double range = high[channel] - low[channel];
    if (!(range > 0)) return -1;
    return (float) (2 * (toNative(value, channel) - low[channel]) / range - 1);
  }
}
