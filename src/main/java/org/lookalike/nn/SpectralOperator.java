package org.lookalike.nn;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Spectral normalisation (Miyato et al. 2018): runs a layer with W/σ in the place of its weights W,
 * σ their largest singular value. Each change of W is followed by one power iteration, whose vector
 * u is kept with the parameters. The gradient goes through σ; in tangent mode σ is held constant.
 */
final class SpectralOperator extends DerivedWeightsOperator {
  static final String VECTOR = "u";

  private static final double SMALLEST = 1e-12;

  private double[] matrix = new double[0];
  private double[] normalised = new double[0];
  private double[] gradients = new double[0];
  private double[] u;
  private double[] v;
  private double sigma;
  private long iterated = -1;
  private long computed = -1;

  SpectralOperator(Operator inner) {
    super(inner);
  }

  /** What a layer with such weights keeps of the power iteration. */
  static ParameterSpec vector(long rows) {
    return ParameterSpec.normal(VECTOR, 0, 1, rows);
  }

  @Override
  long[] derivedShape(long[] parameterShape) {
    return parameterShape;
  }

  @Override
  void bindParameters(Map<String, INDArray> views) {
    super.bindParameters(views);
    computed = -1;
    iterated = -1;
  }

  @Override
  void derive(Pass pass) {
    boolean iterate = pass == Pass.TRAIN && iterated != version();
    if (!iterate && computed == version()) return;
    INDArray w = parameter("W");
    int rows = (int) w.size(0);
    int columns = (int) (w.length() / rows);
    matrix = HostOperator.read(w, matrix);
    u = parameter(VECTOR).toDoubleVector();
    unit(u);
    v = transposedTimes(u, rows, columns);
    double length = unit(v);
    if (iterate) {
      u = times(v, rows, columns);
      sigma = Math.max(unit(u), SMALLEST);
      HostCopy.write(u, parameter(VECTOR));
      iterated = version();
    } else {
      sigma = Math.max(length, SMALLEST);
    }
    normalised = HostOperator.sized(normalised, rows * columns);
    for (int i = 0; i < rows * columns; i++) normalised[i] = matrix[i] / sigma;
    HostCopy.write(normalised, weights());
    computed = version();
    weightsChanged();
  }

  private double[] transposedTimes(double[] vector, int rows, int columns) {
    double[] result = new double[columns];
    for (int r = 0; r < rows; r++) {
      double factor = vector[r];
      for (int c = 0; c < columns; c++) result[c] += factor * matrix[r * columns + c];
    }
    return result;
  }

  private double[] times(double[] vector, int rows, int columns) {
    double[] result = new double[rows];
    for (int r = 0; r < rows; r++) {
      double sum = 0;
      for (int c = 0; c < columns; c++) sum += matrix[r * columns + c] * vector[c];
      result[r] = sum;
    }
    return result;
  }

  /** Makes a vector one of length 1; the length it had. */
  private static double unit(double[] vector) {
    double squares = 0;
    for (double x : vector) squares += x * x;
    double length = Math.sqrt(squares);
    for (int i = 0; i < vector.length; i++) vector[i] /= Math.max(length, SMALLEST);
    return length;
  }

  /** dW = (G - (G : W/σ) u vᵀ) / σ, G the gradient with respect to W/σ. */
  @Override
  void pullBack() {
    gradients = HostOperator.read(weightGradient(), gradients);
    int rows = u.length;
    int columns = v.length;
    double along = 0;
    for (int i = 0; i < rows * columns; i++) along += gradients[i] * normalised[i];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int i = r * columns + c;
        gradients[i] = (gradients[i] - along * u[r] * v[c]) / sigma;
      }
    }
    HostCopy.write(gradients, gradient("W"));
    gradient(VECTOR).assign(0);
  }
}
