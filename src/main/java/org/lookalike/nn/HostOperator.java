package org.lookalike.nn;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes a layer in Java, in double precision, on arrays in C order: for layers with little work,
 * for which a dozen ND4J operations would cost more than the work itself.
 */
abstract class HostOperator extends PlainOperator {
  HostOperator(DataType type) {
    super(type);
  }

  /**
   * All values of {@code array}.
   *
   * @param into where they go if it is long enough
   */
  static double[] read(INDArray array, double[] into) {
    int n = (int) array.length();
    double[] values = into.length >= n ? into : new double[n];
    HostCopy.read(array, values);
    return values;
  }

  static double[] sized(double[] array, int n) {
    return array.length >= n ? array : new double[n];
  }

  /** The buffer of that name with the given values. */
  final INDArray written(String name, double[] values, long... shape) {
    INDArray buffer = buffers.get(name, shape);
    HostCopy.write(values, buffer);
    return buffer;
  }
}
