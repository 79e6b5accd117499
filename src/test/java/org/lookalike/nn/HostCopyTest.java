package org.lookalike.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class HostCopyTest {
  private static final int LONG = 10_001;

  private static INDArray counting(int n) {
    return Nd4j.arange(n).castTo(DataType.FLOAT);
  }

  @Test
  void aVectorIsUpdatedByAnotherWhollyAndInPlace() {
    INDArray whole = Nd4j.zeros(DataType.FLOAT, LONG + 7);
    INDArray part = whole.get(NDArrayIndex.interval(5, LONG + 5));
    HostCopy.update(
        part,
        counting(LONG),
        (changed, other, from, n) -> {
          for (int i = 0; i < n; i++) changed[i] += 2 * other[i] + (from + i) % 3;
        });
    float[] values = whole.toFloatVector();
    for (int i = 0; i < LONG; i++) assertThat(values[i + 5]).isEqualTo(2f * i + i % 3);
    assertThat(new float[] {values[4], values[LONG + 5]}).containsOnly(0);
  }

  @Test
  void aVectorWithGapsIsUpdatedToo() {
    INDArray table = Nd4j.zeros(DataType.FLOAT, LONG, 2);
    HostCopy.update(
        table.getColumn(1),
        counting(2 * LONG).reshape(LONG, 2).getColumn(1),
        (changed, other, from, n) -> {
          for (int i = 0; i < n; i++) changed[i] += other[i] + from;
        });
    for (int i = 0; i < LONG; i += 100) assertThat(table.getFloat(i, 1)).isEqualTo(2f * i + 1);
    assertThat(table.getColumn(0).sumNumber().doubleValue()).isZero();
    assertThat(HostCopy.sumOfSquares(table.getColumn(1)))
        .isCloseTo(Math.pow(table.norm2Number().doubleValue(), 2), within(1e7));
  }

  @Test
  void valuesAreReadAndWrittenInCOrderWhateverTheView() {
    INDArray array = counting(2 * 3 * 4 * 5).reshape('c', 2, 3, 4, 5);
    INDArray[] views = {
      array,
      array.slice(1),
      array.permute(0, 2, 3, 1),
      array.get(
          NDArrayIndex.all(),
          NDArrayIndex.interval(1, 3),
          NDArrayIndex.all(),
          NDArrayIndex.interval(0, 5, 2)),
      array.dup('f'),
      array.reshape('c', 2, 1, 12, 5)
    };
    for (INDArray view : views) {
      int n = (int) view.length();
      float[] expected = view.dup('c').data().asFloat();
      float[] read = new float[n];
      HostCopy.read(view, read);
      assertThat(read).containsExactly(expected);
      double[] doubles = new double[n];
      HostCopy.read(view, doubles);
      for (int i = 0; i < n; i++) assertThat(doubles[i]).isEqualTo(expected[i]);
      float[] turned = new float[n];
      for (int i = 0; i < n; i++) turned[i] = -read[i];
      HostCopy.write(turned, view);
      assertThat(view.dup('c').data().asFloat()).containsExactly(turned);
      HostCopy.write(doubles, view);
      assertThat(view.dup('c').data().asFloat()).containsExactly(expected);
    }
    assertThat(array.getFloat(0, 0, 0, 1)).isEqualTo(1);
  }

  @Test
  void squaresAreSummed() {
    INDArray values = counting(LONG);
    double n = LONG - 1;
    double expected = n * (n + 1) * (2 * n + 1) / 6;
    assertThat(HostCopy.sumOfSquares(values)).isCloseTo(expected, within(1e-5 * expected));
  }
}
