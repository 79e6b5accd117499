package org.lookalike.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Runs a convolution of stride 2 with 4x4 kernels that are its parameters' 3x3 kernels smoothed by
 * a box of 2x2: a convolution of pixels doubled before it, or averaged by twos after it, at the
 * cost of one of stride 2 (Karras et al. 2018).
 */
final class BoxedOperator extends DerivedWeightsOperator {
  /** Of a kernel of the parameters. */
  static final int SIDE = 3;

  /** Of a kernel of the convolution. */
  static final int LARGE = SIDE + 1;

  private final double factor;
  private double[] small = new double[0];
  private double[] boxed = new double[0];

  /**
   * @param factor of the box's four values
   */
  BoxedOperator(Operator inner, double factor) {
    super(inner);
    this.factor = factor;
  }

  @Override
  long[] derivedShape(long[] parameterShape) {
    return new long[] {parameterShape[0], parameterShape[1], LARGE, LARGE};
  }

  @Override
  void derive(Pass pass) {
    INDArray w = parameter("W");
    int kernels = (int) (w.length() / SIDE / SIDE);
    small = HostOperator.read(w, small);
    boxed = HostOperator.sized(boxed, kernels * LARGE * LARGE);
    for (int k = 0; k < kernels; k++) {
      int from = k * SIDE * SIDE;
      int to = k * LARGE * LARGE;
      for (int x = 0; x < LARGE; x++) {
        double first = pair(small, from, x);
        double second = pair(small, from + SIDE, x);
        double third = pair(small, from + 2 * SIDE, x);
        boxed[to + x] = factor * first;
        boxed[to + LARGE + x] = factor * (first + second);
        boxed[to + 2 * LARGE + x] = factor * (second + third);
        boxed[to + 3 * LARGE + x] = factor * third;
      }
    }
    HostCopy.write(boxed, weights());
  }

  @Override
  void pullBack() {
    INDArray gradient = gradient("W");
    int kernels = (int) (gradient.length() / SIDE / SIDE);
    boxed = HostOperator.read(weightGradient(), boxed);
    small = HostOperator.sized(small, kernels * SIDE * SIDE);
    for (int k = 0; k < kernels; k++) {
      for (int y = 0; y < SIDE; y++) {
        int i = k * LARGE * LARGE + y * LARGE;
        int to = k * SIDE * SIDE + y * SIDE;
        for (int x = 0; x < SIDE; x++, i++) {
          small[to + x] =
              factor * (boxed[i] + boxed[i + 1] + boxed[i + LARGE] + boxed[i + LARGE + 1]);
        }
      }
    }
    HostCopy.write(small, gradient);
  }

  /** Of a kernel's row, the values at x - 1 and at x, as far as there are any. */
  private static double pair(double[] values, int row, int x) {
    double left = x > 0 ? values[row + x - 1] : 0;
    return x < SIDE ? left + values[row + x] : left;
  }
}
