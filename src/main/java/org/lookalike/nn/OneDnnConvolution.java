package org.lookalike.nn;

import java.util.function.Supplier;
import org.lookalike.nn.onednn.ActivationKernels;
import org.lookalike.nn.onednn.BiasKernels;
import org.lookalike.nn.onednn.ConvolutionKernels;
import org.lookalike.nn.onednn.Operand;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Convolution} in oneDNN's layouts, with the rectifier that follows it. */
final class OneDnnConvolution extends Operator {
  private static final int FEW = 8;

  private final int in;
  private final int out;
  private final int kernel;
  private final int stride;
  private final int padding;
  private final boolean transposed;
  private final ConvolutionKernels kernels;

  /** In place of the forward pass of a layer of few outputs; {@code null} if there are many. */
  private final PixelBlocks outputBlocks;

  /** In place of the input gradient of an ordinary layer of few inputs; else {@code null}. */
  private final PixelBlocks inputBlocks;

  private final BiasKernels biases = new BiasKernels(pool);
  private double slope = ConvolutionKernels.LINEAR;
  private ActivationKernels rectifier;
  private boolean hasBias = true;
  private Operand input;
  private Operand direction;
  private Tensor output;
  private Operand linearError;

  OneDnnConvolution(int in, int out, int kernel, int stride, int padding, boolean transposed) {
    this.in = in;
    this.out = out;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
    this.transposed = transposed;
    kernels =
        transposed
            ? new ConvolutionKernels(out, in, kernel, stride, padding, pool)
            : new ConvolutionKernels(in, out, kernel, stride, padding, pool);
    if (transposed) {
      outputBlocks = PixelBlocks.of(in, out, kernel, stride, padding, pool);
      inputBlocks = null;
    } else {
      int turned = kernel - 1 - padding;
      outputBlocks = stride == 1 ? PixelBlocks.of(in, out, kernel, 1, turned, pool) : null;
      inputBlocks = PixelBlocks.of(out, in, kernel, stride, padding, pool);
    }
  }

  @Override
  boolean absorb(double slope) {
    this.slope = slope;
    rectifier = ActivationKernels.rectifier(slope, pool);
    return true;
  }

  /** Layers next to the image stay exact: the grain of a dark background is close to rounding. */
  @Override
  void setMixedPrecision(boolean mixed) {
    kernels.setRounding(mixed && in >= FEW && out >= FEW);
  }

  @Override
  Supplier<INDArray> leaveBias() {
    hasBias = false;
    return () -> parameter("b");
  }

  private Tensor weights() {
    return parameterTensor("W");
  }

  private PixelBlocks.Weights blockWeights(INDArray array) {
    boolean ordinary = !transposed && outputBlocks != null;
    return new PixelBlocks.Weights(array, ordinary, version());
  }

  private boolean isInBlocks(Operand x) {
    return outputBlocks != null && outputBlocks.fit(x.tensor());
  }

  private Tensor toBlocks(String name, Operand x, INDArray bias) {
    return outputBlocks.forward(name, x, blockWeights(parameter("W")), bias);
  }

  @Override
  Tensor forward(Tensor x, Pass pass) {
    if (pass == Pass.TANGENT) {
      direction = pool.operand(x);
      Tensor y = transposed ? spread("linear", direction) : linear("linear", direction);
      return rectifier == null ? y : rectifier.backward("tangent", output, y);
    }
    input = pool.operand(x);
    if (isInBlocks(input) && rectifier == null) {
      output = toBlocks("output", input, hasBias ? parameter("b") : null);
      return output;
    }
    if (transposed) {
      output = spread("output", input);
      if (hasBias) output = biases.add(output, parameter("b"), rectifier);
    } else {
      Tensor bias = hasBias ? parameterTensor("b") : null;
      output = kernels.forward("output", input, weights(), bias, slope);
    }
    if (out < FEW && rectifier == null) output = unpadded();
    return output;
  }

  /** Blocks hold 8 or 16 channels, so a picture of one would be handed on 16 times as large. */
  private Tensor unpadded() {
    return Tensor.of(pool.plain("unpadded", output));
  }

  private Tensor linear(String name, Operand x) {
    if (!transposed && isInBlocks(x)) return toBlocks(name, x, null);
    return kernels.forward(name, x, weights(), null, ConvolutionKernels.LINEAR);
  }

  /** The transposed convolution without bias: the input gradient of the plain one. */
  private Tensor spread(String name, Operand operand) {
    if (transposed && isInBlocks(operand)) return toBlocks(name, operand, null);
    Tensor x = operand.tensor();
    long[] shape = {x.size(0), out, side(x.size(2)), side(x.size(3))};
    return kernels.data(name, operand, weights(), shape);
  }

  private long side(long n) {
    return (n - 1) * stride + kernel - 2L * padding;
  }

  @Override
  Tensor backward(Tensor error, Pass pass, boolean wantInput, boolean wantWeights) {
    linearError = linearError("linear error", output, error);
    // A batch's mean takes a bias before it away, so its gradient is zero then too.
    if (wantWeights) weigh(input, hasBias);
    return wantInput ? ofInput("input error", linearError) : error;
  }

  @Override
  boolean hasParts() {
    return true;
  }

  @Override
  Tensor backwardOfPart(Tensor error, int first) {
    Tensor part = output.images(first, error.size(0));
    return ofInput("input error of part", linearError("linear error of part", part, error));
  }

  /** The error before the rectifier, if there is one. */
  private Operand linearError(String name, Tensor output, Tensor error) {
    return pool.operand(rectifier == null ? error : rectifier.backward(name, output, error));
  }

  private Tensor ofInput(String name, Operand error) {
    if (transposed) return linear(name, error);
    long[] shape = input.tensor().shape();
    shape[0] = error.tensor().size(0);
    if (isInBlocks(input)) {
      return outputBlocks.backward(name, error, blockWeights(parameter("W")), shape);
    }
    if (inputBlocks != null && inputBlocks.fit(error.tensor())) {
      return inputBlocks.forward(name, error, blockWeights(parameter("W")), null);
    }
    return kernels.data(name, error, weights(), shape);
  }

  @Override
  void weighTangent() {
    weigh(direction, false);
  }

  private void weigh(Operand x, boolean learnsBias) {
    Operand e = linearError;
    Tensor dw = gradientTensor("W");
    if (!transposed && isInBlocks(x)) {
      outputBlocks.weigh(x, e, blockWeights(gradient("W")));
      if (learnsBias) biases.sum(e.tensor(), gradient("b"));
      else gradient("b").assign(0);
      return;
    }
    if (transposed) kernels.weights(e, x, dw, null);
    else kernels.weights(x, e, dw, learnsBias ? gradientTensor("b") : null);
    if (!learnsBias) gradient("b").assign(0);
    else if (transposed) biases.sum(e.tensor(), gradient("b"));
  }
}
