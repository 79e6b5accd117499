package org.lookalike.nn;

/**
 * Spectral normalisation (Miyato et al. 2018): runs a layer with W/σ in the place of its weights W,
 * σ their largest singular value. Each step of the optimiser is followed by one power iteration,
 * whose vector u is kept with the parameters, and the first pass that trains preceded by one. The
 * gradient goes through σ; in tangent mode σ is held constant.
 */
final class SpectralOperator extends DerivedWeightsOperator {
  private static final String VECTOR = "u";

  private final SpectralNorm norm = new SpectralNorm();

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
  void derive(Pass pass) {
    norm.normalise(parameter("W"), parameter(VECTOR), pass == Pass.TRAIN, weights());
  }

  @Override
  void stepped() {
    norm.iterate(parameter("W"), parameter(VECTOR));
    forgetWeights();
  }

  @Override
  void pullBack() {
    norm.pullBack(weightGradient(), gradient("W"));
    gradient(VECTOR).assign(0);
  }
}
