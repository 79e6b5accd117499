package org.lookalike.nn;

import org.lookalike.nn.onednn.NormalisationKernels;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** {@link BatchNormalisation} in whatever layout its input has. */
final class OneDnnBatchNormalisation extends Operator {
  private final int channels;
  private final NormalisationKernels kernels = new NormalisationKernels(BatchNormalisation.EPSILON);
  private final INDArray zeros;
  private final INDArray scaleShift;
  private final INDArray gradient;
  private Tensor input;
  private INDArray[] means;
  private INDArray[] variances;

  OneDnnBatchNormalisation(int channels) {
    this.channels = channels;
    zeros = Nd4j.zeros(DataType.FLOAT, channels);
    scaleShift = Nd4j.create(DataType.FLOAT, 2, channels);
    gradient = Nd4j.create(DataType.FLOAT, 2, channels);
  }

  private Tensor scaleShift(boolean shifted) {
    scaleShift.getRow(0).assign(parameter("gamma"));
    scaleShift.getRow(1).assign(shifted ? parameter("beta") : zeros);
    return Tensor.of(scaleShift);
  }

  @Override
  Tensor forward(Tensor x, Pass pass) {
    boolean tangent = pass == Pass.TANGENT;
    Tensor y = pool.like(tangent ? "tangent" : "output", x);
    Tensor affine = scaleShift(!tangent);
    if (pass == Pass.INFER) {
      Tensor mean = Tensor.of(parameter("mean"));
      kernels.forward(x, mean, Tensor.of(parameter("variance")), affine, true, y);
      return y;
    }
    if (!tangent) measureAnew(x);
    for (int s = 0; s < segments(); s++) {
      Tensor mean = Tensor.of(tangent ? zeros : means[s]);
      Tensor variance = Tensor.of(variances[s]);
      kernels.forward(segment(x, s), mean, variance, affine, tangent, segment(y, s));
      if (!tangent) remember(s);
    }
    return y;
  }

  private void measureAnew(Tensor x) {
    input = x;
    if (means != null && means.length == segments()) return;
    means = new INDArray[segments()];
    variances = new INDArray[segments()];
    for (int s = 0; s < segments(); s++) {
      means[s] = Nd4j.create(DataType.FLOAT, channels);
      variances[s] = Nd4j.create(DataType.FLOAT, channels);
    }
  }

  /** Moves the running statistics; the running variance is the unbiased one. */
  private void remember(int s) {
    double momentum = BatchNormalisation.MOMENTUM;
    long[] shape = input.shape();
    double n = (double) shape[0] * shape[2] * shape[3] / segments();
    parameter("mean").muli(1 - momentum).addi(means[s].mul(momentum));
    parameter("variance").muli(1 - momentum).addi(variances[s].mul(momentum * n / (n - 1)));
  }

  @Override
  Tensor backward(Tensor error, Pass pass, boolean wantInput, boolean wantWeights) {
    if (pass == Pass.TANGENT && wantWeights) {
      throw new UnsupportedOperationException(
          "batch normalisation makes samples depend on each other: no per-sample penalty");
    }
    boolean constant = pass != Pass.TRAIN;
    Tensor e = pool.as("error", error, input);
    Tensor dx = pool.like("input error", input);
    Tensor affine = scaleShift(!constant);
    if (wantWeights) {
      for (String name : new String[] {"gamma", "beta", "mean", "variance"}) {
        gradient(name).assign(0);
      }
    }
    for (int s = 0; s < segments(); s++) {
      kernels.backward(
          segment(input, s),
          Tensor.of(means[s]),
          Tensor.of(variances[s]),
          affine,
          constant,
          segment(e, s),
          segment(dx, s),
          Tensor.of(gradient));
      if (wantWeights && !constant) {
        gradient("gamma").addi(gradient.getRow(0));
        gradient("beta").addi(gradient.getRow(1));
      }
    }
    return dx;
  }

  private Tensor segment(Tensor x, int s) {
    if (segments() == 1) return x;
    long part = x.size(0) / segments();
    return x.images(s * part, part);
  }
}
