package org.lookalike.nn;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Spectral normalisation (Miyato et al. 2018): runs a layer with W/σ in the place of its weights W,
 * σ their largest singular value. Each step of the optimiser is followed by one power iteration,
 * whose vector u is kept with the parameters, and the first pass that trains preceded by one. The
 * gradient goes through σ; in tangent mode σ is held constant.
 */
final class SpectralOperator extends DerivedWeightsOperator {
  private static final String VECTOR = "u";

  private final SpectralNorm norm = new SpectralNorm();
  private long computed = -1;

  SpectralOperator(Operator inner) {
    super(inner);
  }

  /** What a layer with such weights keeps of the power iteration. */
  static ParameterSpec vector(long rows) {
    return SpectralNorm.vector(VECTOR, rows);
  }

  @Override
  long[] derivedShape(long[] parameterShape) {
    return parameterShape;
  }

  @Override
  void bindParameters(Map<String, INDArray> views) {
    super.bindParameters(views);
    computed = -1;
  }

  @Override
  void derive(Pass pass) {
    if (computed == version()) return;
    norm.normalise(parameter("W"), parameter(VECTOR), pass == Pass.TRAIN, weights());
    computed = version();
    weightsChanged();
  }

  @Override
  void stepped() {
    norm.iterate(parameter("W"), parameter(VECTOR));
    computed = -1;
  }

  @Override
  void pullBack() {
    norm.pullBack(weightGradient(), gradient("W"));
    gradient(VECTOR).assign(0);
  }
}
