package org.lookalike.nn;

import org.lookalike.nn.onednn.ActivationKernels;
import org.lookalike.nn.onednn.Tensor;

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

  private void refuseTanh() {
    if (kind == ActivationFunction.Kind.TANH) {
      throw new UnsupportedOperationException("tanh has no tangent mode");
    }
  }
}
