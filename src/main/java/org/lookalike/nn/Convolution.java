package org.lookalike.nn;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Two-dimensional convolution with bias, or its transpose: {@code [batch, in, h, w]} to {@code
 * [batch, out, h', w']}. Exact tangent mode.
 */
public final class Convolution extends EngineLayer {
  private static final long serialVersionUID = 1L;

  private static final double MEAN_OF_FOUR = 0.25;

  private int in;
  private int out;
  private int kernel;
  private int stride;
  private int padding;
  private boolean transposed;
  private double deviation;
  private boolean boxed;
  private boolean balanced;
  private boolean spectral;

  /** For DL4J's JSON. */
  Convolution() {}

  private Convolution(
      int in, int out, int kernel, int stride, int padding, boolean transposed, double deviation) {
    this.in = in;
    this.out = out;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
    this.transposed = transposed;
    this.deviation = deviation;
  }

  /**
   * @param deviation standard deviation of the initial weights
   */
  public static Convolution of(
      int in, int out, int kernel, int stride, int padding, double deviation) {
    return new Convolution(in, out, kernel, stride, padding, false, deviation);
  }

  /** The transposed (fractionally strided) convolution. */
  public static Convolution transposed(
      int in, int out, int kernel, int stride, int padding, double deviation) {
    return new Convolution(in, out, kernel, stride, padding, true, deviation);
  }

  /**
   * Each pixel doubled in both directions, then a 3x3 convolution: no checkerboards (Odena et al.
   * 2016). Computed as one transposed convolution.
   */
  public static Convolution doubling(int in, int out, double deviation) {
    Convolution convolution = transposed(in, out, BoxedOperator.LARGE, 2, 1, deviation);
    convolution.boxed = true;
    return convolution;
  }

  /**
   * A transposed convolution that doubles height and width and whose kernels let flat areas stay
   * flat; see {@link BalancedOperator}.
   */
  public static Convolution balanced(int in, int out, double deviation) {
    Convolution convolution = transposed(in, out, BalancedOperator.SIDE, 2, 1, deviation);
    convolution.balanced = true;
    return convolution;
  }

  /** A 3x3 convolution, then the mean of each 2x2 pixels. Computed as one convolution. */
  public static Convolution halving(int in, int out, double deviation) {
    Convolution convolution = of(in, out, BoxedOperator.LARGE, 2, 1, deviation);
    convolution.boxed = true;
    return convolution;
  }

  /** The same with spectral normalisation, if {@code normalised}. */
  public Convolution spectral(boolean normalised) {
    spectral = normalised;
    return this;
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    // ND4J's transposed convolution reads the same layout with the roles exchanged.
    long first = transposed ? in : out;
    long second = transposed ? out : in;
    int side = boxed ? BoxedOperator.SIDE : kernel;
    ParameterSpec weights = ParameterSpec.weights(deviation, first, second, side, side);
    ParameterSpec bias = ParameterSpec.bias(out);
    return spectral
        ? List.of(weights, bias, SpectralOperator.vector(first))
        : List.of(weights, bias);
  }

  @Override
  public long[] outputShape(long[] input) {
    return new long[] {out, side(input[1]), side(input[2])};
  }

  @Override
  public String describe() {
    if (balanced) return String.format("balanced %d %d", in, out);
    if (boxed) return String.format("%s %d %d", transposed ? "doubling" : "halving", in, out);
    String kind = transposed ? "transposed" : "convolution";
    return String.format("%s %d %d %d %d %d", kind, in, out, kernel, stride, padding);
  }

  private long side(long n) {
    return transposed
        ? (n - 1) * stride + kernel - 2L * padding
        : (n + 2L * padding - kernel) / stride + 1;
  }

  @Override
  Operator operator(DataType type) {
    Operator operator =
        Kernels.areOneDnn(type)
            ? new OneDnnConvolution(in, out, kernel, stride, padding, transposed)
            : new Computation(type);
    if (boxed) operator = new BoxedOperator(operator, transposed ? 1 : MEAN_OF_FOUR);
    if (balanced) operator = new BalancedOperator(operator, type);
    return spectral ? new SpectralOperator(operator) : operator;
  }

  private final class Computation extends PlainOperator {
    private INDArray input;
    private INDArray direction;
    private INDArray error;

    Computation(DataType type) {
      super(type);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      boolean tangent = pass == Pass.TANGENT;
      if (tangent) direction = x;
      else input = x;
      INDArray y =
          buffers.get(
              tangent ? "tangent" : "output", x.size(0), out, side(x.size(2)), side(x.size(3)));
      INDArray w = parameter("W");
      INDArray b = tangent ? null : parameter("b");
      if (transposed) Ops.convolveTransposed(x, w, b, y, kernel, stride, padding);
      else Ops.convolve(x, w, b, y, kernel, stride, padding);
      return y;
    }

    @Override
    INDArray backward(INDArray e, Pass pass, boolean wantInput, boolean wantWeights) {
      INDArray w = parameter("W");
      INDArray dx = buffers.get("error", input.shape());
      error = e;
      if (!wantWeights) {
        if (!wantInput) return dx;
        if (transposed) Ops.convolve(e, w, null, dx, kernel, stride, padding);
        else Ops.convolveTransposed(e, w, null, dx, kernel, stride, padding);
        return dx;
      }
      weigh(input, dx);
      Ops.sumPerChannel(e, gradient("b"));
      return dx;
    }

    @Override
    void weighTangent() {
      weigh(direction, buffers.get("unused", direction.shape()));
      gradient("b").assign(0);
    }

    private void weigh(INDArray x, INDArray dx) {
      INDArray e = error;
      INDArray w = parameter("W");
      INDArray dw = gradient("W");
      if (transposed) Ops.convolveTransposedBackward(x, w, e, dx, dw, kernel, stride, padding);
      else Ops.convolveBackward(x, w, e, dx, dw, kernel, stride, padding);
    }
  }
}
