package org.lookalike.nn;

import java.util.function.Supplier;
import org.lookalike.nn.onednn.ActivationKernels;
import org.lookalike.nn.onednn.BiasKernels;
import org.lookalike.nn.onednn.ConvolutionKernels;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Convolution} in oneDNN's layouts, with the rectifier that follows it. */
final class OneDnnConvolution extends Operator {
  private static final int FEW = 8;

  private final int out;
  private final int kernel;
  private final int stride;
  private final int padding;
  private final boolean transposed;
  private final ConvolutionKernels kernels;
  private final BiasKernels biases = new BiasKernels(pool);
  private double slope = ConvolutionKernels.LINEAR;
  private ActivationKernels rectifier;
  private boolean hasBias = true;
  private Tensor input;
  private Tensor direction;
  private Tensor output;

  OneDnnConvolution(int in, int out, int kernel, int stride, int padding, boolean transposed) {
    this.out = out;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
    this.transposed = transposed;
    kernels =
        transposed
            ? new ConvolutionKernels(out, in, kernel, stride, padding, pool)
            : new ConvolutionKernels(in, out, kernel, stride, padding, pool);
  }

  @Override
  boolean absorb(double slope) {
    this.slope = slope;
    rectifier = ActivationKernels.rectifier(slope, pool);
    return true;
  }

  @Override
  Supplier<INDArray> leaveBias() {
    hasBias = false;
    return () -> parameter("b");
  }

  private Tensor weights() {
    return Tensor.of(parameter("W"));
  }

  @Override
  Tensor forward(Tensor x, Pass pass) {
    if (pass == Pass.TANGENT) {
      direction = x;
      Tensor y = transposed ? spread("linear", x) : linear("linear", x);
      return rectifier == null ? y : rectifier.backward("tangent", output, y);
    }
    input = x;
    if (transposed) {
      output = spread("output", x);
      if (hasBias) biases.add(output, parameter("b"), slope);
    } else {
      Tensor bias = hasBias ? Tensor.of(parameter("b")) : null;
      output = kernels.forward("output", x, weights(), bias, slope);
    }
    if (out < FEW && rectifier == null) output = unpadded();
    return output;
  }

  /** Blocks hold 8 or 16 channels, so a picture of one would be handed on 16 times as large. */
  private Tensor unpadded() {
    return Tensor.of(pool.plain("unpadded", output));
  }

  private Tensor linear(String name, Tensor x) {
    return kernels.forward(name, x, weights(), null, ConvolutionKernels.LINEAR);
  }

  /** The transposed convolution without bias: the input gradient of the plain one. */
  private Tensor spread(String name, Tensor x) {
    return kernels.data(name, x, weights(), x.size(0), out, side(x.size(2)), side(x.size(3)));
  }

  private long side(long n) {
    return (n - 1) * stride + kernel - 2L * padding;
  }

  @Override
  Tensor backward(Tensor error, Pass pass, boolean wantInput, boolean wantWeights) {
    boolean tangent = pass == Pass.TANGENT;
    Tensor x = tangent ? direction : input;
    Tensor e = rectifier == null ? error : rectifier.backward("linear error", output, error);
    if (wantWeights) weigh(x, e, tangent);
    if (!wantInput) return error;
    return transposed
        ? linear("input error", e)
        : kernels.data("input error", e, weights(), x.shape());
  }

  private void weigh(Tensor x, Tensor e, boolean tangent) {
    boolean learnsBias = hasBias && !tangent;
    Tensor dw = Tensor.of(gradient("W"));
    if (transposed) kernels.weights(e, x, dw, null);
    else kernels.weights(x, e, dw, learnsBias ? Tensor.of(gradient("b")) : null);
    // A batch's mean takes a bias before it away, so its gradient is zero then too.
    if (!learnsBias) gradient("b").assign(0);
    else if (transposed) biases.sum(e, gradient("b"));
  }
}
