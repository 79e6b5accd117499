package org.lookalike.nn;

import org.lookalike.nn.onednn.ActivationKernels;
import org.lookalike.nn.onednn.ShiftKernels;
import org.lookalike.nn.onednn.SumKernels;
import org.lookalike.nn.onednn.Tensor;
import org.lookalike.nn.onednn.TensorPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Adds up what meets at a node: the errors of its consumers, and where branches join the sum of two
 * tensors of one shape, or of an image and {@code [batch, channels, 1, 1]}, whose values go to all
 * pixels of their channel.
 */
final class Addition {
  private final Buffers buffers;
  private final TensorPool pool = new TensorPool();
  private final ShiftKernels shifts = new ShiftKernels(pool);
  private final SumKernels sums = new SumKernels(pool);
  private final boolean oneDnn;
  private ActivationKernels rectifier;
  private Tensor output;

  Addition(DataType type) {
    buffers = new Buffers(type);
    oneDnn = Kernels.areOneDnn(type);
  }

  /** See {@link Operator#absorb(double)}. */
  boolean absorb(double slope) {
    if (!oneDnn) return false;
    rectifier = ActivationKernels.rectifier(slope, pool);
    return true;
  }

  /**
   * @param image as large as the sum
   * @param other as large, or a shift of each channel
   */
  Tensor forward(Tensor image, Tensor other, Pass pass) {
    if (pass == Pass.TANGENT) {
      Tensor tangent = sum("tangent", image, other, null);
      return rectifier == null ? tangent : rectifier.backward("rectified tangent", output, tangent);
    }
    output = sum("output", image, other, rectifier);
    return output;
  }

  /**
   * From the gradient with respect to the output that with respect to the sum, if a rectifier is
   * between.
   */
  Tensor backward(Tensor error) {
    return rectifier == null ? error : rectifier.backward("linear error", output, error);
  }

  private Tensor sum(String name, Tensor image, Tensor other, ActivationKernels after) {
    if (oneDnn && isShift(other, image)) return shifts.add(name, image, other, after);
    if (oneDnn) return sums.add(name, image, other, after);
    Tensor sum = copy(name, image);
    add(sum, other);
    return sum;
  }

  /**
   * The gradient with respect to a part of the sum.
   *
   * @param error that with respect to the sum
   */
  Tensor error(Tensor part, Tensor error) {
    if (!isShift(part, error)) return error;
    if (oneDnn) return shifts.sum("error of shift", error);
    INDArray sums = buffers.get("error of shift", part.size(0), part.size(1));
    error.values().sum(sums, 2, 3);
    return Tensor.of(sums.reshape('c', part.shape()));
  }

  private static boolean isShift(Tensor part, Tensor whole) {
    return whole.shape().length == 4 && part.size(2) == 1 && whole.size(2) > 1;
  }

  /** A tensor with the same values in a buffer of this name. */
  Tensor copy(String name, Tensor from) {
    Tensor copy =
        from.isPlain() ? Tensor.of(buffers.get(name, from.shape())) : pool.like(name, from);
    copy.values().assign(from.values());
    return copy;
  }

  /** Adds to {@code sum}, which changes. */
  void add(Tensor sum, Tensor other) {
    sum.values().addi(pool.as("other", other, sum).values());
  }

  long bytes() {
    return buffers.bytes() + pool.bytes();
  }

  void release() {
    buffers.release();
    pool.release();
  }
}
