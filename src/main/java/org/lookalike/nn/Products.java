package org.lookalike.nn;

import org.lookalike.nn.onednn.ProductKernels;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Products of small matrices, for layers that need several. */
final class Products {
  private final DataType type;
  private final ProductKernels kernels = new ProductKernels();

  Products(DataType type) {
    this.type = type;
  }

  /**
   * A new matrix, the product of two in C order.
   *
   * @param turnA whether {@code a} is to be transposed
   * @param turnB whether {@code b} is to be transposed
   */
  INDArray times(INDArray a, boolean turnA, INDArray b, boolean turnB) {
    long rows = turnA ? a.size(1) : a.size(0);
    long columns = turnB ? b.size(0) : b.size(1);
    INDArray c = Nd4j.createUninitialized(type, new long[] {rows, columns}, 'c');
    times(a, turnA, b, turnB, c);
    return c;
  }

  /** The same, into {@code c}. */
  void times(INDArray a, boolean turnA, INDArray b, boolean turnB, INDArray c) {
    if (!Kernels.areOneDnn(type)) {
      Nd4j.gemm(a, b, c, turnA, turnB, 1, 0);
      return;
    }
    Tensor left = Tensor.of(a);
    Tensor right = Tensor.of(b);
    kernels.multiply(
        turnA ? left.transposed() : left, turnB ? right.transposed() : right, null, Tensor.of(c));
  }
}
