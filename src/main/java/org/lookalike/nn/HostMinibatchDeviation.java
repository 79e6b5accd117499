package org.lookalike.nn;

import java.util.Arrays;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * {@link MinibatchDeviation} by loops over Java arrays. There are few values so deep in the net,
 * and a dozen native operations on them cost more than they compute.
 */
final class HostMinibatchDeviation extends Operator {
  private Tensor input;
  private float[] x = new float[0];
  private float[] y = new float[0];
  private float[] errors = new float[0];
  private float[] mean = new float[0];
  private float[] deviation = new float[0];

  @Override
  Tensor forward(Tensor given, Pass pass) {
    int n = (int) given.size(0);
    int c = (int) given.size(1);
    int pixels = (int) (given.size(2) * given.size(3));
    int length = c * pixels;
    boolean tangent = pass == Pass.TANGENT;
    Tensor result =
        pool.plain(tangent ? "tangent" : "output", n, c + 1, given.size(2), given.size(3));
    x = read(tangent ? "direction" : "input", given, x);
    y = sized(y, n * (length + pixels));
    for (int i = 0; i < n; i++) {
      System.arraycopy(x, i * length, y, i * (length + pixels), length);
    }
    double[] statistic = new double[n];
    if (!tangent) input = given;
    if (!tangent && isComparing()) measure(n, length, statistic);
    for (int i = 0; i < n; i++) {
      int at = i * (length + pixels) + length;
      Arrays.fill(y, at, at + pixels, (float) statistic[i]);
    }
    HostCopy.write(y, result.values());
    return result;
  }

  /** Fills mean and deviation, {@code [groups, length]}, and the statistic of each image. */
  private void measure(int n, int length, double[] statistic) {
    int group = MinibatchDeviation.group(n, segments());
    int groups = n / group;
    mean = sized(mean, groups * length);
    deviation = sized(deviation, groups * length);
    Arrays.fill(mean, 0, groups * length, 0);
    Arrays.fill(deviation, 0, groups * length, (float) MinibatchDeviation.EPSILON);
    float share = 1f / group;
    int grouped = groups * group;
    for (int i = 0; i < grouped; i++) {
      addMean(x, i * length, mean, i / group * length, length, share);
    }
    for (int i = 0; i < grouped; i++) {
      addVariance(x, i * length, mean, deviation, i / group * length, length, share);
    }
    for (int g = 0; g < groups; g++) {
      root(deviation, g * length, length);
      double sum = 0;
      for (int f = g * length; f < (g + 1) * length; f++) sum += deviation[f];
      Arrays.fill(statistic, g * group, (g + 1) * group, sum / length);
    }
  }

  // Methods with nothing but arrays and numbers become vector code.

  private static void addMean(float[] x, int at, float[] mean, int to, int length, float share) {
    for (int f = 0; f < length; f++) mean[to + f] += share * x[at + f];
  }

  private static void addVariance(
      float[] x, int at, float[] mean, float[] variance, int to, int length, float share) {
    for (int f = 0; f < length; f++) {
      float d = x[at + f] - mean[to + f];
      variance[to + f] += share * d * d;
    }
  }

  private static void root(float[] values, int at, int length) {
    for (int f = 0; f < length; f++) values[at + f] = (float) Math.sqrt(values[at + f]);
  }

  @Override
  Tensor backward(Tensor error, Pass pass, boolean wantInput, boolean wantWeights) {
    return ofInput("error", error, 0, pass == Pass.TRAIN);
  }

  @Override
  boolean hasParts() {
    return true;
  }

  @Override
  Tensor backwardOfPart(Tensor error, int first) {
    return ofInput("error of part", error, first, true);
  }

  /**
   * @param first image of the error, with which a group begins
   */
  private Tensor ofInput(String name, Tensor error, int first, boolean statisticMoves) {
    int n = (int) error.size(0);
    int pixels = (int) (input.size(2) * input.size(3));
    int length = (int) input.size(1) * pixels;
    errors = read("plain error", error, errors);
    y = sized(y, n * length);
    for (int i = 0; i < n; i++) {
      System.arraycopy(errors, i * (length + pixels), y, i * length, length);
    }
    if (statisticMoves && isComparing()) addOfStatistic(first, n, length, pixels);
    Tensor result = pool.plain(name, n, input.size(1), input.size(2), input.size(3));
    HostCopy.write(y, result.values());
    return result;
  }

  private void addOfStatistic(int first, int n, int length, int pixels) {
    x = read("input", input, x);
    int group = MinibatchDeviation.group((int) input.size(0), segments());
    for (int g = 0; g < n / group; g++) {
      double sum = 0;
      for (int i = g * group; i < (g + 1) * group; i++) {
        int at = i * (length + pixels) + length;
        for (int p = 0; p < pixels; p++) sum += errors[at + p];
      }
      float share = (float) (sum / ((double) length * group));
      for (int i = g * group; i < (g + 1) * group; i++) {
        addScaled(i * length, first * length, (g + first / group) * length, length, share);
      }
    }
  }

  /**
   * @param shift from the errors' images to the input's
   */
  private void addScaled(int at, int shift, int of, int length, float share) {
    float[] to = y;
    float[] values = x;
    float[] centre = mean;
    float[] scale = deviation;
    for (int f = 0; f < length; f++) {
      to[at + f] += share * (values[at + shift + f] - centre[of + f]) / scale[of + f];
    }
  }

  private float[] read(String name, Tensor tensor, float[] into) {
    INDArray values = pool.plain(name, tensor);
    float[] result = sized(into, (int) values.length());
    HostCopy.read(values, result);
    return result;
  }

  private static float[] sized(float[] array, int n) {
    return array.length >= n ? array : new float[n];
  }
}
