package org.lookalike.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fully connected layer. Any {@code [batch, …]} with {@code in} values an image is read as a row;
 * the output is {@code [batch, shape…]}. Exact tangent mode.
 */
public final class Dense extends EngineLayer {
  private static final long serialVersionUID = 1L;

  private int in;
  private long[] shape;
  private double deviation;
  private boolean spectral;

  /** For DL4J's JSON. */
  Dense() {}

  /**
   * @param deviation standard deviation of the initial weights
   * @param shape one image's output, such as {@code 256, 4, 4}
   */
  public Dense(int in, double deviation, long... shape) {
    this.in = in;
    this.deviation = deviation;
    this.shape = shape.clone();
  }

  /** The same with spectral normalisation, if {@code normalised}. */
  public Dense spectral(boolean normalised) {
    spectral = normalised;
    return this;
  }

  private long out() {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    ParameterSpec weights = ParameterSpec.weights(deviation, in, out());
    ParameterSpec bias = ParameterSpec.bias(out());
    return spectral ? List.of(weights, bias, SpectralOperator.vector(in)) : List.of(weights, bias);
  }

  @Override
  public long[] outputShape(long[] input) {
    return shape.clone();
  }

  @Override
  public String describe() {
    StringBuilder line = new StringBuilder("dense " + in + " " + out());
    if (shape.length > 1) for (long side : shape) line.append(' ').append(side);
    return line.toString();
  }

  @Override
  Operator operator(DataType type) {
    Operator operator =
        Kernels.areOneDnn(type) ? new OneDnnDense(in, out(), shape) : new Computation(type);
    return spectral ? new SpectralOperator(operator) : operator;
  }

  private final class Computation extends PlainOperator {
    private INDArray input;
    private INDArray direction;
    private INDArray error;
    private final DenseCurvature curvature;

    Computation(DataType type) {
      super(type);
      curvature = new DenseCurvature(type);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      boolean tangent = pass == Pass.TANGENT;
      if (tangent) direction = x;
      else input = x;
      long batch = x.size(0);
      INDArray y = buffers.get(tangent ? "tangent" : "output", batch, out());
      INDArray rows = x.reshape(batch, in);
      Nd4j.gemm(rows, parameter("W"), y, false, false, 1, 0);
      if (!tangent) y.addiRowVector(parameter("b"));
      long[] full = new long[shape.length + 1];
      full[0] = batch;
      System.arraycopy(shape, 0, full, 1, shape.length);
      return y.reshape(full);
    }

    @Override
    INDArray backward(INDArray e, Pass pass, boolean wantInput, boolean wantWeights) {
      long batch = input.size(0);
      error = e.reshape(batch, out());
      INDArray dx = buffers.get("error", batch, in);
      if (wantWeights) {
        weigh(input);
        error.sum(gradient("b"), 0);
      }
      if (wantInput) Nd4j.gemm(error, parameter("W"), dx, false, true, 1, 0);
      return dx.reshape(input.shape());
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
    INDArray forwardAlong(INDArray moved, Map<String, INDArray> direction) {
      long batch = input.size(0);
      INDArray rows = moved == null ? null : moved.reshape('c', batch, in);
      return curvature.forward(input.reshape('c', batch, in), rows, parameter("W"), direction);
    }

    @Override
    INDArray[] backwardAlong(INDArray along, INDArray e, Map<String, INDArray> direction) {
      return curvature.backward(along, e, parameter("W"), direction, gradient("W"), gradient("b"));
    }

    private void weigh(INDArray x) {
      Nd4j.gemm(x.reshape(x.size(0), in), error, gradient("W"), true, false, 1, 0);
    }
  }
}
