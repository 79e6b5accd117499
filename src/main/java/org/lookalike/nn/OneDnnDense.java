package org.lookalike.nn;

import java.util.HashMap;
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
  private final Map<String, Tensor[]> turned = new HashMap<>();
  private Tensor filled;
  private long[] inputShape;
  private INDArray input;
  private INDArray direction;
  private Tensor error;

  OneDnnDense(long in, long out, long[] shape) {
    this.in = in;
    this.out = out;
    this.shape = shape;
  }

  private Tensor rows(String name, INDArray values, long columns) {
    return shaped(name, values, values.size(0), columns);
  }

  @Override
  Tensor forward(Tensor x, Pass pass) {
    boolean tangent = pass == Pass.TANGENT;
    INDArray plain = pool.plain(tangent ? "direction" : "input", x);
    if (tangent) direction = plain;
    else input = plain;
    inputShape = x.shape();
    long batch = inputShape[0];
    String name = tangent ? "tangent" : "output";
    Tensor y = pool.plain(name, batch, out);
    Tensor bias = tangent ? null : shaped("bias", parameter("b"), 1, out);
    kernels.multiply(rows("rows of " + name, plain, in), parameterTensor("W"), bias, y);
    return shape.length == 1 ? y : shaped(name, y.values(), outputShape(batch));
  }

  private long[] outputShape(long batch) {
    long[] full = new long[shape.length + 1];
    full[0] = batch;
    System.arraycopy(shape, 0, full, 1, shape.length);
    return full;
  }

  @Override
  Tensor backward(Tensor given, Pass pass, boolean wantInput, boolean wantWeights) {
    error = rows("rows of error", pool.plain("plain error", given), out);
    if (wantWeights) {
      weigh(input);
      kernels.multiply(ones(inputShape[0]), error, null, biasGradient());
    }
    return wantInput ? ofInput("error", error) : given;
  }

  @Override
  boolean hasParts() {
    return true;
  }

  @Override
  Tensor backwardOfPart(Tensor given, int first) {
    INDArray plain = pool.plain("plain error of part", given);
    return ofInput("error of part", rows("rows of error of part", plain, out));
  }

  private Tensor ofInput(String name, Tensor rows) {
    Tensor dx = pool.plain(name, rows.size(0), in);
    kernels.multiply(rows, turned("W", parameterTensor("W")), null, dx);
    if (inputShape.length == 2) return dx;
    long[] part = inputShape.clone();
    part[0] = rows.size(0);
    return shaped(name, dx.values(), part);
  }

  /** A transposed matrix, kept as long as the matrix is the same. */
  private Tensor turned(String name, Tensor matrix) {
    Tensor[] kept = turned.computeIfAbsent(name, k -> new Tensor[2]);
    if (kept[0] != matrix) {
      kept[0] = matrix;
      kept[1] = matrix.transposed();
    }
    return kept[1];
  }

  /** A row of ones: with it a product sums over the batch. */
  private Tensor ones(long batch) {
    Tensor ones = pool.plain("ones", 1, batch);
    if (ones != filled) ones.values().assign(1);
    filled = ones;
    return ones;
  }

  private Tensor biasGradient() {
    return shaped("bias gradient", gradient("b"), 1, out);
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
    Tensor rows = rows(x == input ? "rows of output" : "rows of tangent", x, in);
    kernels.multiply(turned("input", rows), error, null, gradientTensor("W"));
  }
}
