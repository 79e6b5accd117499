package org.lookalike.nn;

import java.nio.FloatBuffer;
import java.util.function.Supplier;
import org.lookalike.nn.onednn.ActivationKernels;
import org.lookalike.nn.onednn.NormalisationKernels;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link BatchNormalisation} in whatever layout its input has, with the rectifier that follows it
 * and the bias of the convolution before it. That bias only moves the running mean.
 */
final class OneDnnBatchNormalisation extends Operator {
  private final int channels;
  private final NormalisationKernels kernels = new NormalisationKernels(BatchNormalisation.EPSILON);
  private final INDArray zeros;
  private final INDArray mean;
  private final INDArray scale;
  private final INDArray shift;
  private final Tensor scaleAndShift;
  private final INDArray scaleGradient;
  private final INDArray shiftGradient;
  private final Tensor gradient;
  private Supplier<INDArray> bias;
  private ActivationKernels rectifier;
  private boolean rectifiesToZero;
  private Tensor input;
  private Tensor output;
  private Tensor[] means;
  private Tensor[] variances;

  OneDnnBatchNormalisation(int channels) {
    this.channels = channels;
    zeros = Nd4j.zeros(DataType.FLOAT, channels);
    mean = Nd4j.create(DataType.FLOAT, channels);
    INDArray both = Nd4j.create(DataType.FLOAT, 2, channels);
    scale = both.getRow(0);
    shift = both.getRow(1);
    scaleAndShift = Tensor.of(both);
    INDArray gradients = Nd4j.create(DataType.FLOAT, 2, channels);
    scaleGradient = gradients.getRow(0);
    shiftGradient = gradients.getRow(1);
    gradient = Tensor.of(gradients);
  }

  @Override
  boolean canTakeBias() {
    return true;
  }

  @Override
  void takeBias(Supplier<INDArray> bias) {
    this.bias = bias;
  }

  @Override
  boolean absorb(double slope) {
    rectifier = ActivationKernels.rectifier(slope, pool);
    rectifiesToZero = slope == 0;
    return true;
  }

  private Tensor scaleShift(boolean shifted) {
    scale.assign(parameter("gamma"));
    shift.assign(shifted ? parameter("beta") : zeros);
    return scaleAndShift;
  }

  @Override
  Tensor forward(Tensor given, Pass pass) {
    switch (pass) {
      case INFER:
        return infer(pool.blocked("input", given));
      case TANGENT:
        return tangent(pool.as("direction", given, input));
      default:
        return train(pool.blocked("input", given));
    }
  }

  private Tensor infer(Tensor x) {
    // The layer that has left its bias is followed by this one alone, so its output is free.
    Tensor y = bias == null ? pool.like("output", x) : x;
    mean.assign(parameter("mean"));
    if (bias != null) mean.subi(bias.get());
    Tensor variance = Tensor.of(parameter("variance"));
    Tensor affine = scaleShift(true);
    if (rectifiesToZero) kernels.inferRectified(x, Tensor.of(mean), variance, affine, y);
    else kernels.forward(x, Tensor.of(mean), variance, affine, true, y);
    if (rectifier != null && !rectifiesToZero) rectifier.inPlace(y);
    return y;
  }

  private Tensor train(Tensor x) {
    input = x;
    makeStatistics();
    output = pool.like("output", x);
    Tensor affine = scaleShift(true);
    for (int s = 0; s < segments(); s++) {
      kernels.forward(segment(x, s), means[s], variances[s], affine, false, segment(output, s));
      remember(s);
    }
    if (rectifier != null) rectifier.inPlace(output);
    return output;
  }

  private Tensor tangent(Tensor x) {
    Tensor y = pool.like("tangent", x);
    Tensor affine = scaleShift(false);
    for (int s = 0; s < segments(); s++) {
      Tensor none = shaped("zeros", zeros, channels);
      kernels.forward(segment(x, s), none, variances[s], affine, true, segment(y, s));
    }
    return rectifier == null ? y : rectifier.backward("rectified tangent", output, y);
  }

  private void makeStatistics() {
    if (means != null && means.length == segments()) return;
    means = new Tensor[segments()];
    variances = new Tensor[segments()];
    for (int s = 0; s < segments(); s++) {
      means[s] = Tensor.of(Nd4j.create(DataType.FLOAT, channels));
      variances[s] = Tensor.of(Nd4j.create(DataType.FLOAT, channels));
    }
  }

  /** Moves the running statistics; the running variance is the unbiased one. */
  private void remember(int s) {
    long[] shape = input.shape();
    double n = (double) shape[0] * shape[2] * shape[3] / segments();
    move(parameter("mean"), means[s].values(), 1, bias == null ? null : bias.get());
    move(parameter("variance"), variances[s].values(), n / (n - 1), null);
  }

  /** For so few values a loop takes less time than ND4J's operations do to begin. */
  private void move(INDArray running, INDArray seen, double scale, INDArray added) {
    FloatBuffer r = HostCopy.values(running);
    FloatBuffer x = HostCopy.values(seen);
    FloatBuffer a = added == null ? null : HostCopy.values(added);
    double momentum = BatchNormalisation.MOMENTUM;
    for (int i = 0; i < channels; i++) {
      double value = scale * x.get(i) + (a == null ? 0 : a.get(i));
      r.put(i, (float) ((1 - momentum) * r.get(i) + momentum * value));
    }
  }

  @Override
  Tensor backward(Tensor error, Pass pass, boolean wantInput, boolean wantWeights) {
    boolean constant = pass != Pass.TRAIN;
    Tensor e =
        rectifier == null
            ? pool.as("error", error, input)
            : rectifier.backward("linear error", output, error);
    Tensor dx = pool.like("input error", input);
    Tensor affine = scaleShift(!constant);
    if (wantWeights) {
      gradient("mean").assign(0);
      gradient("variance").assign(0);
    }
    for (int s = 0; s < segments(); s++) {
      kernels.backward(
          segment(input, s),
          means[s],
          variances[s],
          affine,
          constant,
          segment(e, s),
          segment(dx, s),
          gradient);
      if (wantWeights) addGradients(s == 0, constant);
    }
    return dx;
  }

  private void addGradients(boolean first, boolean constant) {
    if (first) {
      gradient("gamma").assign(constant ? zeros : scaleGradient);
      gradient("beta").assign(constant ? zeros : shiftGradient);
    } else if (!constant) {
      gradient("gamma").addi(scaleGradient);
      gradient("beta").addi(shiftGradient);
    }
  }

  @Override
  void weighTangent() {
    throw BatchNormalisation.noPenalty();
  }

  private Tensor segment(Tensor x, int s) {
    if (segments() == 1) return x;
    long part = x.size(0) / segments();
    return x.images(s * part, part);
  }
}
