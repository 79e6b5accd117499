package org.lookalike.nn;

/** What a pass through a {@link Network} computes. */
public enum Pass {
  /** Forward: the network, keeping what backward needs. Backward: the ordinary gradient. */
  TRAIN,
  /** Forward only: the network as it is used after training (running statistics). */
  INFER,
  /**
   * Backward only: the gradient with the batch's statistics held constant, so that it is the
   * gradient of the very function whose directional derivative {@link #TANGENT} computes.
   */
  FROZEN,
  /**
   * Forward only: the directional derivative at the last {@link #TRAIN} pass's input along the
   * given direction; biases are off, activations are replaced by the slopes they had, statistics
   * are held constant. Its weight gradients: {@link Network#weighTangent()}.
   */
  TANGENT
}
