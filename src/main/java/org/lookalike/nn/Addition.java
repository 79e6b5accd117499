package org.lookalike.nn;

import java.util.List;
import org.lookalike.nn.onednn.ActivationKernels;
import org.lookalike.nn.onednn.ShiftKernels;
import org.lookalike.nn.onednn.Tensor;
import org.lookalike.nn.onednn.TensorPool;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Where branches of a network join: the sum of tensors of one shape, and of {@code [batch,
 * channels, 1, 1]} whose values go to all pixels of their channel.
 */
final class Addition {
  private final Buffers buffers;
  private final TensorPool pool = new TensorPool();
  private final ShiftKernels shifts = new ShiftKernels(pool);
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
   * @param parts the first as large as the sum
   */
  Tensor forward(List<Tensor> parts, Pass pass) {
    if (pass == Pass.TANGENT) {
      Tensor tangent = sum("tangent", parts);
      return rectifier == null ? tangent : rectifier.backward("rectified tangent", output, tangent);
    }
    output = sum("output", parts);
    if (rectifier != null) rectifier.inPlace(output);
    return output;
  }

  /**
   * From the gradient with respect to the output that with respect to the sum, if a rectifier is
   * between.
   */
  Tensor backward(Tensor error) {
    return rectifier == null ? error : rectifier.backward("linear error", output, error);
  }

  private Tensor sum(String name, List<Tensor> parts) {
    Tensor first = parts.get(0);
    List<Tensor> others = parts.subList(1, parts.size());
    Tensor sum = null;
    if (oneDnn) {
      for (Tensor part : others) {
        if (isShift(part, first)) sum = shifts.add(name, sum == null ? first : sum, part);
      }
    }
    if (sum == null) sum = copy(name, first);
    for (Tensor part : others) if (!oneDnn || !isShift(part, first)) add(sum, part);
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
    long[] shape = part.shape();
    return Tensor.of(error.values().sum(2, 3).reshape('c', shape));
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
