package org.lookalike.nn.onednn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Operands whose copies are kept, against tensors that are copied each time. */
class OperandTest {
  private final TensorPool pool = new TensorPool();
  private final INDArray weights = Nd4j.randn(DataType.FLOAT, 16, 16, 3, 3);

  /** Plain, so that convolutions take it from a copy with channels in blocks. */
  private final Tensor x = Tensor.of(Nd4j.randn(DataType.FLOAT, 2, 16, 8, 8));

  @BeforeEach
  void library() {
    assumeTrue(OneDnn.isAvailable(), "this device has no oneDNN");
  }

  @Test
  void aCopyIsMadeOncePerOperand() {
    Layout blocks = Layout.preferred(x.shape());
    Operand operand = pool.operand(x);
    float first = x.values().getFloat(0);
    Tensor copy = pool.convert("copy", operand, blocks);
    x.values().putScalar(0, first + 1);
    assertThat(pool.convert("copy", operand, blocks)).isSameAs(copy);
    assertThat(copy.values().getFloat(0)).isEqualTo(first);
    pool.convert("copy", pool.operand(x), blocks);
    assertThat(copy.values().getFloat(0)).isEqualTo(first + 1);
  }

  @Test
  void anotherOperandInBetweenTakesTheCopysPlace() {
    Layout blocks = Layout.preferred(x.shape());
    Operand operand = pool.operand(x);
    Tensor copy = pool.convert("copy", operand, blocks);
    pool.convert("copy", pool.operand(Tensor.of(x.values().mul(2))), blocks);
    pool.convert("copy", operand, blocks);
    assertThat(copy.values().getFloat(0)).isEqualTo(x.values().getFloat(0));
  }

  @Test
  void valuesOfTheNextPassAreSeen() {
    ConvolutionKernels kernels = new ConvolutionKernels(16, 16, 3, 1, 1, pool);
    INDArray before = convolved(kernels, pool.operand(x));
    x.values().muli(2);
    assertThat(convolved(kernels, pool.operand(x))).isEqualTo(before.mul(2));
  }

  @Test
  void convolutionsOfOnePoolDoNotTakeEachOthersCopies() {
    ConvolutionKernels kernels = new ConvolutionKernels(16, 16, 3, 1, 1, pool);
    ConvolutionKernels others = new ConvolutionKernels(16, 16, 3, 1, 1, pool);
    INDArray y = convolved(kernels, pool.operand(x));
    INDArray doubled = convolved(others, pool.operand(Tensor.of(x.values().mul(2))));
    assertThat(doubled).isEqualTo(y.mul(2));
  }

  private INDArray convolved(ConvolutionKernels kernels, Operand operand) {
    Tensor w = Tensor.of(weights);
    Tensor y = kernels.forward("y", operand, w, null, ConvolutionKernels.LINEAR);
    return pool.plain("plain", y).dup();
  }
}
