package org.lookalike.nn;

import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes one layer. Arrays returned are the operator's own buffers: they hold until its next pass
 * of the same kind and batch size. Arrays handed in are never changed.
 */
public abstract class Operator {
  protected final Buffers buffers;
  private Map<String, INDArray> parameters = Map.of();
  private Map<String, INDArray> gradients = Map.of();
  private int segments = 1;

  protected Operator(DataType type) {
    this.buffers = new Buffers(type);
  }

  /**
   * @param x {@code [batch, …]} in C order
   * @param pass {@link Pass#TRAIN}, {@link Pass#INFER} or {@link Pass#TANGENT}
   */
  public abstract INDArray forward(INDArray x, Pass pass);

  /**
   * @param error the gradient with respect to this layer's output
   * @param pass {@link Pass#TRAIN}, {@link Pass#FROZEN} or {@link Pass#TANGENT}
   * @param wantInput whether the gradient with respect to the input is needed
   * @param wantWeights whether to overwrite the parameters' gradients
   * @return the gradient with respect to the input; undefined where it is not wanted
   */
  public abstract INDArray backward(
      INDArray error, Pass pass, boolean wantInput, boolean wantWeights);

  final void bindParameters(Map<String, INDArray> views) {
    this.parameters = views;
  }

  final void bindGradients(Map<String, INDArray> views) {
    this.gradients = views;
  }

  /** Number of equal parts of the batch whose statistics are taken apart (reals and fakes). */
  final void setSegments(int segments) {
    this.segments = segments;
  }

  protected final int segments() {
    return segments;
  }

  protected final INDArray parameter(String name) {
    return parameters.get(name);
  }

  protected final INDArray gradient(String name) {
    return gradients.get(name);
  }

  final long bufferBytes() {
    return buffers.bytes();
  }

  final void release() {
    buffers.release();
  }
}
