package org.lookalike.metrics;

import java.util.Random;
import java.util.stream.IntStream;
import org.lookalike.nn.ActivationFunction;
import org.lookalike.nn.Convolution;
import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Four stages of convolutions with fixed random weights and leaky rectifiers; the resolution halves
 * from one to the next. Of each feature map the mean and the standard deviation are taken.
 *
 * <p>With plain filters it sees intensities, colours and large forms, and little beside them. With
 * contrast filters, whose weights add up to nothing in each channel, and with what they give
 * divided by its local strength, it sees structure: outlines, grain, blur, checkerboards (Jarrett
 * et al. 2009: that is most of what makes a network of random filters a good one).
 */
final class RandomNet implements AutoCloseable {
  private static final int FIRST_KERNEL = 3;
  private static final int KERNEL = 4;
  private static final double GAIN =
      Math.sqrt(2 / (1 + ActivationFunction.LEAK * ActivationFunction.LEAK));

  /** Of the window over which local strength is taken. */
  private static final int RADIUS = 2;

  /**
   * Strength of the whole image, against the local one's 1, in the divisor. With much less of it
   * the grain of a dark background counts as much as what lies on it.
   */
  private static final double WHOLE = 3;

  /** So much in any case: an image's contrasts below some 5 % of the range hardly count. */
  private static final double FAINT = 0.03;

  private final boolean contrast;
  private final int[] maps;
  private final Network[] stages;

  private RandomNet(int channels, boolean contrast, long seed, int... maps) {
    this.contrast = contrast;
    this.maps = maps;
    stages = new Network[maps.length];
    Random random = new Random(seed);
    int in = channels;
    for (int i = 0; i < maps.length; i++) {
      int kernel = i == 0 ? FIRST_KERNEL : KERNEL;
      // An image's border is an edge to a padded contrast filter.
      int padding = contrast ? 0 : 1;
      stages[i] = Network.chain(Convolution.of(in, maps[i], kernel, i == 0 ? 1 : 2, padding, 0));
      stages[i].parameters().assign(weights(random, in, maps[i], kernel));
      stages[i].parametersChanged();
      in = maps[i];
    }
  }

  /**
   * @param maps feature maps of each stage
   */
  static RandomNet ofIntensities(int channels, long seed, int... maps) {
    return new RandomNet(channels, false, seed, maps);
  }

  /** The same of contrasts. */
  static RandomNet ofContrasts(int channels, long seed, int... maps) {
    return new RandomNet(channels, true, seed, maps);
  }

  /** By Java's generator, which is the same everywhere; in the scale of He et al. 2015. */
  private INDArray weights(Random random, int in, int out, int kernel) {
    int area = kernel * kernel;
    int fanIn = in * area;
    float[] values = new float[out * fanIn + out];
    for (int i = 0; i < out * fanIn; i++) {
      values[i] = (float) (random.nextGaussian() * GAIN / Math.sqrt(fanIn));
    }
    if (!contrast) return Nd4j.createFromArray(values);
    for (int first = 0; first < out * fanIn; first += area) {
      float sum = 0;
      for (int i = 0; i < area; i++) sum += values[first + i];
      for (int i = 0; i < area; i++) values[first + i] -= sum / area;
    }
    return Nd4j.createFromArray(values);
  }

  /** How many values a row gets. */
  int dimensions() {
    int sum = contrast ? maps.length : 0;
    for (int m : maps) sum += 2 * m;
    return sum;
  }

  /**
   * Writes the features of each image.
   *
   * @param images {@code [rows, channels, size, size]}
   * @param rows receive {@link #dimensions()} values each
   * @param from the first of them
   */
  void write(INDArray images, float[][] rows, int from) {
    INDArray x = images;
    int at = from;
    for (int s = 0; s < maps.length; s++) {
      x = stages[s].forward(x, Pass.INFER);
      long[] shape = x.shape().clone();
      float[] values = new float[(int) x.length()];
      HostCopy.read(x, values);
      int side = (int) shape[2];
      int stage = s;
      int start = at;
      IntStream.range(0, rows.length)
          .parallel()
          .forEach(
              i -> describe(values, i * maps[stage] * side * side, stage, side, rows[i], start));
      at += 2 * maps[s] + (contrast ? 1 : 0);
      if (s < maps.length - 1) x = Nd4j.createFromArray(values).reshape(shape);
    }
  }

  /** Normalises one image's maps where they are of contrasts, rectifies and summarises them. */
  private void describe(float[] values, int first, int stage, int side, float[] row, int at) {
    int count = maps[stage];
    if (contrast) row[at + 2 * count] = normalise(values, first, count, side);
    summarise(values, first, count, side * side, row, at);
  }

  /** Divides one image's maps by their local strength; the logarithm of their whole strength. */
  private static float normalise(float[] values, int first, int maps, int side) {
    int pixels = side * side;
    double[] squares = new double[pixels];
    for (int m = 0; m < maps; m++) {
      for (int p = 0; p < pixels; p++) squares[p] += Math.pow(values[first + m * pixels + p], 2);
    }
    double whole = 0;
    for (int p = 0; p < pixels; p++) whole += squares[p] / maps / pixels;
    double[] divisors = window(squares, side);
    for (int p = 0; p < pixels; p++) {
      double mean = (divisors[p] / maps + WHOLE * whole) / (1 + WHOLE);
      divisors[p] = Math.sqrt(mean + FAINT);
    }
    for (int m = 0; m < maps; m++) {
      for (int p = 0; p < pixels; p++) values[first + m * pixels + p] /= divisors[p];
    }
    return (float) Math.log(whole + FAINT);
  }

  /** Means over squares of {@code 2 RADIUS + 1} pixels, as far as they lie in the image. */
  private static double[] window(double[] values, int side) {
    double[] rows = new double[values.length];
    double[] both = new double[values.length];
    along(values, rows, side, 1, side);
    along(rows, both, side, side, 1);
    return both;
  }

  private static void along(double[] from, double[] to, int side, int step, int lines) {
    for (int line = 0; line < side; line++) {
      for (int i = 0; i < side; i++) {
        int low = Math.max(0, i - RADIUS);
        int high = Math.min(side - 1, i + RADIUS);
        double sum = 0;
        for (int j = low; j <= high; j++) sum += from[line * lines + j * step];
        to[line * lines + i * step] = sum / (high - low + 1);
      }
    }
  }

  /** Rectifies one image's maps and writes the mean and the standard deviation of each. */
  private static void summarise(
      float[] values, int first, int maps, int pixels, float[] row, int at) {
    for (int m = 0; m < maps; m++) {
      int from = first + m * pixels;
      double sum = 0;
      for (int p = from; p < from + pixels; p++) {
        if (values[p] < 0) values[p] *= (float) ActivationFunction.LEAK;
        sum += values[p];
      }
      double mean = sum / pixels;
      double squares = 0;
      for (int p = from; p < from + pixels; p++) squares += Math.pow(values[p] - mean, 2);
      row[at + m] = (float) mean;
      row[at + maps + m] = (float) Math.sqrt(squares / pixels);
    }
  }

  @Override
  public void close() {
    for (Network stage : stages) stage.releaseBuffers();
  }
}
