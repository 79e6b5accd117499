package org.lookalike.nn;

import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes a layer by ND4J operations on arrays in C order, of any float type, on any device. */
abstract class PlainOperator extends Operator {
  protected final Buffers buffers;

  PlainOperator(DataType type) {
    buffers = new Buffers(type);
  }

  abstract INDArray forward(INDArray x, Pass pass);

  abstract INDArray backward(INDArray error, Pass pass, boolean wantInput, boolean wantWeights);

  @Override
  final Tensor forward(Tensor x, Pass pass) {
    String name = pass == Pass.TANGENT ? "plain direction" : "plain input";
    return Tensor.of(forward(pool.plain(name, x), pass));
  }

  @Override
  final Tensor backward(Tensor error, Pass pass, boolean wantInput, boolean wantWeights) {
    return Tensor.of(backward(pool.plain("plain error", error), pass, wantInput, wantWeights));
  }

  @Override
  final long bufferBytes() {
    return super.bufferBytes() + buffers.bytes();
  }

  @Override
  final void release() {
    super.release();
    buffers.release();
  }
}
