package org.lookalike.metrics;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.lookalike.image.InputException;

/** Eigenvalues of a symmetric matrix, largest first, and their vectors if asked for. */
final class SymmetricEigen {
  private final double[] values;
  private final double[][] vectors;

  private SymmetricEigen(double[] values, double[][] vectors) {
    this.values = values;
    this.vectors = vectors;
  }

  /**
   * @param matrix {@code [n, n]}; its upper and lower triangles agree; is not changed
   */
  static SymmetricEigen of(double[] matrix, int n) {
    return decompose(matrix, n, true);
  }

  /** Eigenvalues alone, several times faster, largest first. */
  static double[] values(double[] matrix, int n) {
    return decompose(matrix, n, false).values;
  }

  private static SymmetricEigen decompose(double[] matrix, int n, boolean wantVectors) {
    if (n == 0) return new SymmetricEigen(new double[0], new double[0][]);
    EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(n, wantVectors, true);
    DMatrixRMaj copy = new DMatrixRMaj(n, n);
    System.arraycopy(matrix, 0, copy.data, 0, n * n);
    if (!eigen.decompose(copy)) {
      throw new InputException(
          "The eigenvalues of these features cannot be found; look for features out of scale.");
    }
    Integer[] order = new Integer[n];
    for (int i = 0; i < n; i++) order[i] = i;
    Arrays.sort(
        order,
        (a, b) ->
            Double.compare(eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()));
    double[] values = new double[n];
    double[][] vectors = wantVectors ? new double[n][] : null;
    for (int i = 0; i < n; i++) {
      values[i] = eigen.getEigenvalue(order[i]).getReal();
      if (wantVectors) vectors[i] = eigen.getEigenVector(order[i]).getData();
    }
    return new SymmetricEigen(values, vectors);
  }

  double value(int i) {
    return values[i];
  }

  /** Of unit length. */
  double[] vector(int i) {
    return vectors[i];
  }

  int size() {
    return values.length;
  }
}
