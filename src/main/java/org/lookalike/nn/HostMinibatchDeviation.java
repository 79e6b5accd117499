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
  private double[] mean = new double[0];
  private double[] deviation = new double[0];

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
    if (!tangent) {
      input = given;
      measure(n, length, statistic);
    }
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
    for (int g = 0; g < groups; g++) {
      double sum = 0;
      for (int f = 0; f < length; f++) {
        int first = g * group * length + f;
        double total = 0;
        for (int i = 0; i < group; i++) total += x[first + i * length];
        double m = total / group;
        double squares = 0;
        for (int i = 0; i < group; i++) {
          double d = x[first + i * length] - m;
          squares += d * d;
        }
        double s = Math.sqrt(squares / group + MinibatchDeviation.EPSILON);
        mean[g * length + f] = m;
        deviation[g * length + f] = s;
        sum += s;
      }
      Arrays.fill(statistic, g * group, (g + 1) * group, sum / length);
    }
  }

  @Override
  Tensor backward(Tensor error, Pass pass, boolean wantInput, boolean wantWeights) {
    int n = (int) input.size(0);
    int pixels = (int) (input.size(2) * input.size(3));
    int length = (int) input.size(1) * pixels;
    errors = read("plain error", error, errors);
    y = sized(y, n * length);
    for (int i = 0; i < n; i++) {
      System.arraycopy(errors, i * (length + pixels), y, i * length, length);
    }
    if (pass == Pass.TRAIN) addOfStatistic(n, length, pixels);
    Tensor result = pool.plain("error", input.shape());
    HostCopy.write(y, result.values());
    return result;
  }

  private void addOfStatistic(int n, int length, int pixels) {
    x = read("input", input, x);
    int group = MinibatchDeviation.group(n, segments());
    for (int g = 0; g < n / group; g++) {
      double sum = 0;
      for (int i = g * group; i < (g + 1) * group; i++) {
        int at = i * (length + pixels) + length;
        for (int p = 0; p < pixels; p++) sum += errors[at + p];
      }
      double share = sum / ((double) length * group);
      for (int i = g * group; i < (g + 1) * group; i++) {
        for (int f = 0; f < length; f++) {
          int of = g * length + f;
          y[i * length + f] += (float) (share * (x[i * length + f] - mean[of]) / deviation[of]);
        }
      }
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

  private static double[] sized(double[] array, int n) {
    return array.length >= n ? array : new double[n];
  }
}
