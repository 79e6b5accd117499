package org.lookalike.nn;

import java.util.Map;
import org.lookalike.nn.onednn.ActivationKernels;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link ActivationFunction} in whatever layout its input has. */
final class OneDnnActivation extends Operator {
  private final ActivationFunction.Kind kind;
  private final ActivationKernels kernels;
  private boolean identity;
  private Tensor output;

  OneDnnActivation(ActivationFunction.Kind kind) {
    this.kind = kind;
    kernels =
        kind == ActivationFunction.Kind.TANH
            ? ActivationKernels.tanh(pool)
            : ActivationKernels.rectifier(slope(), pool);
  }

  private double slope() {
    return kind == ActivationFunction.Kind.RELU ? 0 : ActivationFunction.LEAK;
  }

  @Override
  double absorbableSlope() {
    return kind == ActivationFunction.Kind.TANH ? Double.NaN : slope();
  }

  @Override
  void becomeIdentity() {
    identity = true;
  }

  @Override
  Tensor forward(Tensor x, Pass pass) {
    if (identity) return x;
    if (pass == Pass.TANGENT) {
      refuseTanh();
      return kernels.backward("tangent", output, x);
    }
    output = kernels.forward("output", x);
    return output;
  }

  @Override
  Tensor backward(Tensor error, Pass pass, boolean wantInput, boolean wantWeights) {
    if (identity) return error;
    if (pass == Pass.TANGENT) refuseTanh();
    return kernels.backward("error", output, error);
  }

  @Override
  boolean hasParts() {
    return true;
  }

  @Override
  Tensor backwardOfPart(Tensor error, int first) {
    if (identity) return error;
    return kernels.backward("error of part", output.images(first, error.size(0)), error);
  }

  @Override
  boolean hasCurvature() {
    return kind != ActivationFunction.Kind.TANH && !identity;
  }

  @Override
  INDArray forwardAlong(INDArray moved, Map<String, INDArray> direction) {
    return slopes("moved", moved);
  }

  @Override
  INDArray[] backwardAlong(INDArray along, INDArray e, Map<String, INDArray> direction) {
    return new INDArray[] {slopes("along", along), slopes("bent error", e)};
  }

  private INDArray slopes(String name, INDArray x) {
    return kernels.backward(name, output, Tensor.of(x)).values();
  }

  private void refuseTanh() {
    if (kind == ActivationFunction.Kind.TANH) {
      throw new UnsupportedOperationException("tanh has no tangent mode");
    }
  }
}
