package org.lookalike.nn;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The passes of a dense layer {@code y = x W + b} along a movement of its weights. */
final class DenseCurvature {
  private final Products products;
  private INDArray input;
  private INDArray inputMoved;

  DenseCurvature(DataType type) {
    products = new Products(type);
  }

  /**
   * @param x {@code [batch, in]}
   * @param moved how x moves; {@code null} if it does not
   * @return how y moves
   */
  INDArray forward(INDArray x, INDArray moved, INDArray w, Map<String, INDArray> direction) {
    input = x;
    inputMoved = moved;
    INDArray y = products.times(x, false, direction.get("W"), false);
    y.addiRowVector(direction.get("b"));
    return moved == null ? y : y.addi(products.times(moved, false, w, false));
  }

  /** See {@link Operator#backwardAlong}. */
  INDArray[] backward(
      INDArray along,
      INDArray error,
      INDArray w,
      Map<String, INDArray> direction,
      INDArray ofW,
      INDArray ofB) {
    ofW.assign(products.times(input, true, error, false));
    if (inputMoved != null) ofW.addi(products.times(inputMoved, true, along, false));
    ofB.assign(error.sum(0));
    INDArray e = products.times(error, false, w, true);
    e.addi(products.times(along, false, direction.get("W"), true));
    return new INDArray[] {products.times(along, false, w, true), e};
  }
}
