package org.lookalike.nn.onednn;

/**
 * A tensor with the values it has during one pass. What is made of them, rounded or in another
 * layout, is made once for an operand; a tensor whose values have changed is another operand.
 */
public final class Operand {
  private final Tensor tensor;
  private final long version;

  Operand(Tensor tensor, long version) {
    this.tensor = tensor;
    this.version = version;
  }

  public Tensor tensor() {
    return tensor;
  }

  /** Another for each operand of a pool. */
  long version() {
    return version;
  }
}
