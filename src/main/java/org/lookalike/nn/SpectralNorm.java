package org.lookalike.nn;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Divides a matrix W by its largest singular value σ, the length of Wᵀu, where u comes from power
 * iteration (Miyato et al. 2018).
 */
final class SpectralNorm {
  private static final double SMALLEST = 1e-12;

  /** A vector whose length is further from 1 is that of the start. */
  private static final double NEARLY_ONE = 1e-3;

  private double[] matrix = new double[0];
  private double[] normalised = new double[0];
  private double[] gradients = new double[0];
  private double[] u = new double[0];
  private double[] v = new double[0];
  private double sigma;
  private int columns;

  /** What is kept of the power iteration for a matrix of so many rows. */
  static ParameterSpec vector(String name, long rows) {
    return ParameterSpec.normal(name, 0, 1, rows);
  }

  /**
   * Writes W/σ.
   *
   * @param vector the last iteration's
   * @param begins whether the first iteration is done if there was none yet
   */
  void normalise(INDArray w, INDArray vector, boolean begins, INDArray out) {
    read(w, vector);
    if (begins && Math.abs(unit(u) - 1) > NEARLY_ONE) write(iterated(), vector);
    unit(u);
    v = transposedTimes(u);
    sigma = Math.max(unit(v), SMALLEST);
    normalised = HostOperator.sized(normalised, u.length * columns);
    for (int i = 0; i < u.length * columns; i++) normalised[i] = matrix[i] / sigma;
    HostCopy.write(normalised, out);
  }

  /** One power iteration. */
  void iterate(INDArray w, INDArray vector) {
    read(w, vector);
    write(iterated(), vector);
  }

  private void read(INDArray w, INDArray vector) {
    matrix = HostOperator.read(w, matrix);
    u = vector.toDoubleVector();
    columns = (int) (w.length() / u.length);
  }

  private void write(double[] iteratedVector, INDArray vector) {
    u = iteratedVector;
    HostCopy.write(u, vector);
  }

  /** W Wᵀu, of length 1. */
  private double[] iterated() {
    double[] next = times(transposedTimes(u));
    unit(next);
    return next;
  }

  private double[] transposedTimes(double[] vector) {
    double[] result = new double[columns];
    for (int r = 0; r < vector.length; r++) {
      double factor = vector[r];
      for (int c = 0; c < columns; c++) result[c] += factor * matrix[r * columns + c];
    }
    return result;
  }

  private double[] times(double[] vector) {
    double[] result = new double[u.length];
    for (int r = 0; r < result.length; r++) {
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

  /**
   * dW = (G - (G : W/σ) u vᵀ) / σ.
   *
   * @param ofNormalised G, the gradient with respect to W/σ
   * @param ofW receives dW; may be the same
   */
  void pullBack(INDArray ofNormalised, INDArray ofW) {
    gradients = HostOperator.read(ofNormalised, gradients);
    double along = 0;
    for (int i = 0; i < u.length * columns; i++) along += gradients[i] * normalised[i];
    for (int r = 0; r < u.length; r++) {
      for (int c = 0; c < columns; c++) {
        int i = r * columns + c;
        gradients[i] = (gradients[i] - along * u[r] * v[c]) / sigma;
      }
    }
    HostCopy.write(gradients, ofW);
  }
}
