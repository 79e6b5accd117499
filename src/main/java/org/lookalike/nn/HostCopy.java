package org.lookalike.nn;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.lookalike.nn.onednn.OneDnn;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Copies between arrays of ND4J and of Java. ND4J's own copies go value by value; where the values
 * lie in the processor's memory these go at once.
 */
public final class HostCopy {
  private HostCopy() {}

  /**
   * Reads all values.
   *
   * @param array of float, in C order, not a view
   * @param into at least as long
   */
  public static void read(INDArray array, float[] into) {
    int n = (int) array.length();
    if (isDirect(array)) array.data().asNioFloat().get(into, 0, n);
    else System.arraycopy(array.dup('c').data().asFloat(), 0, into, 0, n);
  }

  /**
   * Writes all values.
   *
   * @param array of float, in C order, not a view
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
   * Reads all values.
   *
   * @param array of float or double
   * @param into at least as long
   */
  static void read(INDArray array, double[] into) {
    int n = (int) array.length();
    INDArray whole = isWhole(array) ? array : array.dup('c');
    if (isDirect(whole)) {
      FloatBuffer values = whole.data().asNioFloat();
      for (int i = 0; i < n; i++) into[i] = values.get(i);
      return;
    }
    System.arraycopy(whole.dup('c').data().asDouble(), 0, into, 0, n);
  }

  /**
   * The values themselves, without a copy.
   *
   * @param vector of float in the processor's memory, without gaps
   */
  static FloatBuffer values(INDArray vector) {
    return vector.data().asNioFloat().slice();
  }

  /**
   * Writes all values.
   *
   * @param array of float or double
   */
  static void write(double[] from, INDArray array) {
    int n = (int) array.length();
    if (isDirect(array)) {
      FloatBuffer values = array.data().asNioFloat();
      for (int i = 0; i < n; i++) values.put(i, (float) from[i]);
      return;
    }
    double[] exact = from.length == n ? from : Arrays.copyOf(from, n);
    array.assign(Nd4j.createFromArray(exact).castTo(array.dataType()).reshape('c', array.shape()));
  }

  private static boolean isDirect(INDArray array) {
    return OneDnn.isAvailable() && array.dataType() == DataType.FLOAT && isWhole(array);
  }

  /** ND4J calls a vector a view even where it is all of its buffer. */
  private static boolean isWhole(INDArray array) {
    if (!array.isView()) return true;
    return array.rank() == 1 && array.offset() == 0 && array.length() == array.data().length();
  }
}
