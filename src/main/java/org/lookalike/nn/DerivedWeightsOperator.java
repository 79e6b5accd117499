package org.lookalike.nn;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Runs a layer with weights that are computed from the parameters W, in their place. */
abstract class DerivedWeightsOperator extends Operator {
  private final Operator inner;
  private INDArray weights;
  private INDArray weightGradient;
  private long innerVersion = 1;

  /** Of the parameters that {@link #weights()} were computed from; none yet if below 0. */
  private long computed = -1;

  DerivedWeightsOperator(Operator inner) {
    this.inner = inner;
  }

  /** Shape of the weights the layer runs with. */
  abstract long[] derivedShape(long[] parameterShape);

  /** Computes {@link #weights()} from W, which has changed. */
  abstract void derive(Pass pass);

  /** Turns {@link #weightGradient()} into the gradient with respect to W. */
  abstract void pullBack();

  /** What the layer runs with. */
  final INDArray weights() {
    return weights;
  }

  /** The gradient with respect to {@link #weights()}. */
  final INDArray weightGradient() {
    return weightGradient;
  }

  /** Has {@link #weights()} computed anew before the next pass. */
  final void forgetWeights() {
    computed = -1;
  }

  @Override
  final void bindParameters(Map<String, INDArray> views) {
    super.bindParameters(views);
    weights = likeDerived(views.get("W"));
    inner.bindParameters(replaced(views, weights));
    forgetWeights();
  }

  @Override
  void bindGradients(Map<String, INDArray> views) {
    super.bindGradients(views);
    weightGradient = likeDerived(views.get("W"));
    inner.bindGradients(replaced(views, weightGradient));
  }

  private INDArray likeDerived(INDArray w) {
    return Nd4j.createUninitialized(w.dataType(), derivedShape(w.shape().clone()));
  }

  private static Map<String, INDArray> replaced(Map<String, INDArray> views, INDArray w) {
    Map<String, INDArray> others = new HashMap<>(views);
    others.put("W", w);
    return others;
  }

  @Override
  final Tensor forward(Tensor x, Pass pass) {
    if (pass != Pass.TANGENT && computed != version()) {
      derive(pass);
      computed = version();
      inner.setVersion(++innerVersion);
    }
    return inner.forward(x, pass);
  }

  @Override
  final boolean hasParts() {
    return inner.hasParts();
  }

  @Override
  final Tensor backwardOfPart(Tensor error, int first) {
    return inner.backwardOfPart(error, first);
  }

  @Override
  final Tensor backward(Tensor error, Pass pass, boolean wantInput, boolean wantWeights) {
    Tensor result = inner.backward(error, pass, wantInput, wantWeights);
    if (wantWeights) pullBack();
    return result;
  }

  @Override
  final void weighTangent() {
    inner.weighTangent();
    pullBack();
  }

  @Override
  final void setMixedPrecision(boolean mixed) {
    inner.setMixedPrecision(mixed);
  }

  @Override
  final boolean absorb(double slope) {
    return inner.absorb(slope);
  }

  @Override
  final Supplier<INDArray> leaveBias() {
    return inner.leaveBias();
  }

  @Override
  final long bufferBytes() {
    return inner.bufferBytes();
  }

  @Override
  final void release() {
    inner.release();
  }
}
