package org.lookalike.nn;

import java.util.Map;
import org.lookalike.nn.onednn.ProductKernels;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Dense} by oneDNN's matrix products. */
final class OneDnnDense extends Operator {
  private final long in;
  private final long out;
  private final long[] shape;
  private final ProductKernels kernels = new ProductKernels();
  private final DenseCurvature curvature = new DenseCurvature(DataType.FLOAT);
  private long[] inputShape;
  private INDArray input;
  private INDArray direction;
  private Tensor error;

  OneDnnDense(long in, long out, long[] shape) {
    this.in = in;
    this.out = out;
    this.shape = shape;
  }

  private Tensor rows(INDArray values, long columns) {
    return Tensor.of(values.reshape('c', values.size(0), columns));
  }

  @Override
  Tensor forward(Tensor x, Pass pass) {
    boolean tangent = pass == Pass.TANGENT;
    INDArray plain = pool.plain(tangent ? "direction" : "input", x);
    if (tangent) direction = plain;
    else input = plain;
    inputShape = x.shape();
    long batch = inputShape[0];
    Tensor y = pool.plain(tangent ? "tangent" : "output", batch, out);
    Tensor bias = tangent ? null : Tensor.of(parameter("b").reshape('c', 1, out));
    kernels.multiply(rows(plain, in), parameterTensor("W"), bias, y);
    long[] full = new long[shape.length + 1];
    full[0] = batch;
    System.arraycopy(shape, 0, full, 1, shape.length);
    return Tensor.of(y.values().reshape('c', full));
  }

  @Override
  Tensor backward(Tensor given, Pass pass, boolean wantInput, boolean wantWeights) {
    error = rows(pool.plain("plain error", given), out);
    if (wantWeights) {
      weigh(input);
      kernels.multiply(ones(inputShape[0]), error, null, biasGradient());
    }
    if (!wantInput) return given;
    Tensor dx = pool.plain("error", inputShape[0], in);
    kernels.multiply(error, parameterTensor("W").transposed(), null, dx);
    return Tensor.of(dx.values().reshape('c', inputShape));
  }

  /** A row of ones: with it a product sums over the batch. */
  private Tensor ones(long batch) {
    Tensor ones = pool.plain("ones", 1, batch);
    if (ones.values().getFloat(0) != 1) ones.values().assign(1);
    return ones;
  }

  private Tensor biasGradient() {
    return Tensor.of(gradient("b").reshape('c', 1, out));
  }

  @Override
  void weighTangent() {
    weigh(direction);
    gradient("b").assign(0);
  }

  @Override
  boolean hasCurvature() {
    return true;
  }

  @Override
  INDArray forwardAlong(INDArray moved, Map<String, INDArray> along) {
    long batch = inputShape[0];
    INDArray movedRows = moved == null ? null : moved.reshape('c', batch, in);
    return curvature.forward(input.reshape('c', batch, in), movedRows, parameter("W"), along);
  }

  @Override
  INDArray[] backwardAlong(INDArray along, INDArray e, Map<String, INDArray> direction) {
    return curvature.backward(along, e, parameter("W"), direction, gradient("W"), gradient("b"));
  }

  private void weigh(INDArray x) {
    kernels.multiply(rows(x, in).transposed(), error, null, gradientTensor("W"));
  }
}
