package org.lookalike.nn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.lookalike.nn.onednn.OneDnn;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies between arrays of ND4J and of Java, and work on ND4J's vectors in Java. ND4J's own copies
 * go value by value; where the values lie in the processor's memory these go at once.
 */
public final class HostCopy {
  /** Values in a part of a pass: 16 KB of each array. */
  private static final int PART = 4096;

  private static final int LANES = 64;

  private static final boolean IN_MEMORY = OneDnn.isOnProcessor();

  private HostCopy() {}

  /**
   * Reads all values in C order.
   *
   * @param array of float
   * @param into at least as long
   */
  public static void read(INDArray array, float[] into) {
    int n = (int) array.length();
    if (isDirect(array)) array.data().asNioFloat().get(into, 0, n);
    else System.arraycopy(array.dup('c').data().asFloat(), 0, into, 0, n);
  }

  /**
   * Writes all values in C order.
   *
   * @param array of float
   */
  public static void write(float[] from, INDArray array) {
    int n = (int) array.length();
    if (isDirect(array)) {
      array.data().asNioFloat().put(from, 0, n);
      return;
    }
    float[] exact = from.length == n ? from : Arrays.copyOf(from, n);
    array.assign(Nd4j.createFromArray(exact).reshape('c', array.shape()));
  }

  /**
   * Reads all values in C order.
   *
   * @param array of float or double
   * @param into at least as long
   */
  static void read(INDArray array, double[] into) {
    int n = (int) array.length();
    if (isDirect(array)) {
      FloatBuffer values = values(array);
      for (int i = 0; i < n; i++) into[i] = values.get(i);
      return;
    }
    System.arraycopy(array.dup('c').data().asDouble(), 0, into, 0, n);
  }

  /**
   * Writes all values in C order.
   *
   * @param array of float or double
   */
  static void write(double[] from, INDArray array) {
    int n = (int) array.length();
    if (isDirect(array)) {
      FloatBuffer values = values(array);
      for (int i = 0; i < n; i++) values.put(i, (float) from[i]);
      return;
    }
    double[] exact = from.length == n ? from : Arrays.copyOf(from, n);
    array.assign(Nd4j.createFromArray(exact).castTo(array.dataType()).reshape('c', array.shape()));
  }

  /**
   * The values themselves, without a copy.
   *
   * @param array of float in the processor's memory, in C order without gaps
   */
  static FloatBuffer values(INDArray array) {
    return array.data().asNioFloat().slice();
  }

  /** Part of a pass over two vectors of the same length. */
  public interface Part {
    /**
     * @param changed values that are written back
     * @param other values that are not
     * @param from where the part begins in the vectors
     * @param n its length; the arrays may be longer
     */
    void visit(float[] changed, float[] other, int from, int n);
  }

  /**
   * Changes a vector by another, part by part, so that a part stays in the processor's nearest
   * memory from its reading to its writing.
   *
   * @param changed of float
   * @param other of float, as long
   */
  public static void update(INDArray changed, INDArray other, Part part) {
    int length = (int) changed.length();
    if (!isDirect(changed) || !isDirect(other)) {
      float[] values = changed.dup('c').data().asFloat();
      part.visit(values, other.dup('c').data().asFloat(), 0, length);
      write(values, changed);
      return;
    }
    FloatBuffer values = values(changed);
    FloatBuffer others = values(other);
    float[] a = new float[Math.min(length, PART)];
    float[] b = new float[a.length];
    for (int from = 0; from < length; from += PART) {
      int n = Math.min(PART, length - from);
      values.position(from);
      values.get(a, 0, n);
      others.get(b, 0, n);
      part.visit(a, b, from, n);
      values.position(from);
      values.put(a, 0, n);
    }
  }

  /** The sum of the squares of all values. */
  static double sumOfSquares(INDArray vector) {
    int length = (int) vector.length();
    if (!isDirect(vector)) return sumOfSquares(vector.dup('c').data().asFloat(), length);
    FloatBuffer values = values(vector);
    float[] a = new float[Math.min(length, PART)];
    double sum = 0;
    for (int from = 0; from < length; from += PART) {
      int n = Math.min(PART, length - from);
      values.get(a, 0, n);
      sum += sumOfSquares(a, n);
    }
    return sum;
  }

  /** Many sums side by side become vector code; ND4J's norm takes several times as long. */
  private static double sumOfSquares(float[] values, int n) {
    float[] sums = new float[LANES];
    int whole = n - n % LANES;
    for (int from = 0; from < whole; from += LANES) addSquares(values, from, sums);
    double sum = 0;
    for (float part : sums) sum += part;
    for (int i = whole; i < n; i++) sum += (double) values[i] * values[i];
    return sum;
  }

  private static void addSquares(float[] values, int from, float[] sums) {
    for (int j = 0; j < LANES; j++) sums[j] += values[from + j] * values[from + j];
  }

  private static boolean isDirect(INDArray array) {
    return IN_MEMORY && array.dataType() == DataType.FLOAT && Tensor.isDense(array);
  }
}
