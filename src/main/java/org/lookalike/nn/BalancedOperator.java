package org.lookalike.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs a transposed convolution of stride 2 with 4x4 kernels whose values sum to the same at each
 * of the four places that a pixel of the output can have among those of the input: its parameters'
 * kernels, less what these sums differ by. So what is flat stays flat, but for rounding, and no
 * layer can draw a checkerboard or stripes on it (Sugawara et al. 2018).
 */
final class BalancedOperator extends DerivedWeightsOperator {
  /** Of a kernel. */
  static final int SIDE = 4;

  private static final int VALUES = SIDE * SIDE;

  /** Values of a kernel that one of the four places hears. */
  private static final int HEARD = VALUES / 4;

  private final Products products;

  /** Takes a kernel, as a row, to the nearest one that is balanced. */
  private final INDArray projection;

  BalancedOperator(Operator inner, DataType type) {
    super(inner);
    products = new Products(type);
    double[][] rows = new double[VALUES][VALUES];
    for (int i = 0; i < VALUES; i++) {
      for (int j = 0; j < VALUES; j++) {
        double ofSum = place(i) == place(j) ? 1 : 0;
        rows[i][j] = (i == j ? 1 : 0) - (ofSum - 0.25) / HEARD;
      }
    }
    projection = Nd4j.createFromArray(rows).castTo(type);
  }

  /** Of the four, the one that a kernel's value contributes to. */
  private static int place(int value) {
    return value / SIDE % 2 * 2 + value % 2;
  }

  @Override
  long[] derivedShape(long[] parameterShape) {
    return parameterShape;
  }

  @Override
  void derive(Pass pass) {
    project(parameter("W"), weights());
  }

  /** A projection is its own transpose. */
  @Override
  void pullBack() {
    project(weightGradient(), gradient("W"));
  }

  private void project(INDArray from, INDArray to) {
    products.times(rows(from), false, projection, false, rows(to));
  }

  private static INDArray rows(INDArray kernels) {
    return kernels.reshape('c', kernels.length() / VALUES, VALUES);
  }
}
