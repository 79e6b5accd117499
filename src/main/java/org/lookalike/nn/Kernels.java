package org.lookalike.nn;

import org.lookalike.nn.onednn.OneDnn;
import org.nd4j.linalg.api.buffer.DataType;

/** Which of the two implementations of a layer is used. */
final class Kernels {
  private Kernels() {}

  /** oneDNN where it exists, and only for float; ND4J otherwise. */
  static boolean areOneDnn(DataType type) {
    return type == DataType.FLOAT && OneDnn.isAvailable();
  }
}
