package org.lookalike.nn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.lookalike.nn.onednn.Tensor;
import org.lookalike.nn.onednn.TensorPool;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Computes one layer. Tensors returned are the operator's own: they hold until its next pass of the
 * same kind and batch size. Tensors handed in are never changed, but by one that has taken the bias
 * of the layer before ({@link #takeBias}), in {@link Pass#INFER}.
 */
public abstract class Operator {
  protected final TensorPool pool = new TensorPool();
  private Map<String, INDArray> parameters = Map.of();
  private Map<String, INDArray> gradients = Map.of();
  private final Map<String, Tensor> tensors = new HashMap<>();
  private final Map<String, Tensor> gradientTensors = new HashMap<>();
  private final Map<String, Map<Long, Shaped>> shaped = new HashMap<>();
  private int segments = 1;
  private boolean comparing = true;
  private long version = 1;
  private int[] conditions = {};
  private long draw;

  /**
   * @param x {@code [batch, …]}
   * @param pass {@link Pass#TRAIN}, {@link Pass#INFER} or {@link Pass#TANGENT}
   */
  abstract Tensor forward(Tensor x, Pass pass);

  /**
   * @param error the gradient with respect to this layer's output
   * @param pass {@link Pass#TRAIN} or {@link Pass#FROZEN}
   * @param wantInput whether the gradient with respect to the input is needed
   * @param wantWeights whether to overwrite the parameters' gradients
   * @return the gradient with respect to the input; undefined where it is not wanted
   */
  abstract Tensor backward(Tensor error, Pass pass, boolean wantInput, boolean wantWeights);

  /** Whether {@link #backwardOfPart} is there. */
  boolean hasParts() {
    return false;
  }

  /**
   * The gradient with respect to consecutive images of the last {@link Pass#TRAIN} pass alone,
   * where the others have no error.
   *
   * @param error of these images
   * @param first of them; a segment of the batch begins there
   */
  Tensor backwardOfPart(Tensor error, int first) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no parts");
  }

  /**
   * Overwrites the parameters' gradients by those of the last {@link Pass#TANGENT} pass, for the
   * output errors of the last backward pass.
   */
  void weighTangent() {
    if (!parameters.isEmpty()) throw new UnsupportedOperationException();
  }

  /** Slope below zero of a rectifier that the layer before may {@link #absorb}; else NaN. */
  double absorbableSlope() {
    return Double.NaN;
  }

  /**
   * Puts a rectifier after this layer, if it can do that faster than a layer of its own.
   *
   * @return whether it does
   */
  boolean absorb(double slope) {
    return false;
  }

  /**
   * From now on does without its bias, which the normalisation that alone follows takes account of.
   *
   * @return where to find the bias; {@code null} if there is none to leave
   */
  Supplier<INDArray> leaveBias() {
    return null;
  }

  /** Whether this is a normalisation that can take account of the bias of the layer before. */
  boolean canTakeBias() {
    return false;
  }

  /** See {@link #canTakeBias()}. */
  void takeBias(Supplier<INDArray> bias) {
    throw new UnsupportedOperationException();
  }

  /** From now on hands on what it gets, since the layer before does its work. */
  void becomeIdentity() {
    throw new UnsupportedOperationException();
  }

  void bindParameters(Map<String, INDArray> views) {
    this.parameters = views;
    tensors.clear();
  }

  void bindGradients(Map<String, INDArray> views) {
    this.gradients = views;
    gradientTensors.clear();
  }

  /** Number of equal parts of the batch whose statistics are taken apart (reals and fakes). */
  final void setSegments(int segments) {
    this.segments = segments;
  }

  /** See {@link Network#setComparing(boolean)}. */
  final void setComparing(boolean comparing) {
    this.comparing = comparing;
  }

  protected final boolean isComparing() {
    return comparing;
  }

  /** Class or generator of each image of the batch; see {@link Network#setConditions(int...)}. */
  final void setConditions(int[] conditions) {
    this.conditions = conditions;
  }

  protected final int[] conditions() {
    return conditions;
  }

  /** See {@link Network#setMixedPrecision(boolean)}. */
  void setMixedPrecision(boolean mixed) {}

  /** See {@link Network#setDraw(long, long)}. */
  final void setDraw(long draw) {
    this.draw = draw;
  }

  /** Seed of what this operator draws at random in the next pass. */
  protected final long draw() {
    return draw;
  }

  /** Whether {@link #forwardAlong} and {@link #backwardAlong} are there, and exact. */
  boolean hasCurvature() {
    return false;
  }

  /**
   * How the output of the last pass changes where input and parameters move.
   *
   * @param input how the input changes; {@code null} if it does not
   * @param direction how each parameter changes
   */
  INDArray forwardAlong(INDArray input, Map<String, INDArray> direction) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no curvature");
  }

  /**
   * The transpose of the last pass and of {@link #forwardAlong} together; overwrites the gradients.
   *
   * @param along the error of {@link #forwardAlong}'s output
   * @param error that of the output itself
   * @return the same two of the input
   */
  INDArray[] backwardAlong(INDArray along, INDArray error, Map<String, INDArray> direction) {
    throw new UnsupportedOperationException(getClass().getSimpleName() + " has no curvature");
  }

  /** See {@link Network#parametersStepped()}. */
  void stepped() {}

  /** See {@link Network#parametersChanged()}. */
  final void setVersion(long version) {
    this.version = version;
  }

  protected final long version() {
    return version;
  }

  /** A parameter whose copies in other layouts are kept until it changes. */
  protected final Tensor parameterTensor(String name) {
    Tensor tensor = tensors.computeIfAbsent(name, k -> Tensor.of(parameter(k)));
    tensor.setVersion(version);
    return tensor;
  }

  /**
   * An array's values in another shape, not copied. The tensor is kept, and with it what oneDNN has
   * to be told of it, as long as the array under that name and of that batch is the same.
   */
  protected final Tensor shaped(String name, INDArray array, long... shape) {
    Map<Long, Shaped> ofBatches = shaped.computeIfAbsent(name, k -> new HashMap<>());
    Shaped kept = ofBatches.get(shape[0]);
    if (kept == null || kept.source != array || !Arrays.equals(kept.tensor.shape(), shape)) {
      kept = new Shaped(array, Tensor.of(array.reshape('c', shape)));
      ofBatches.put(shape[0], kept);
    }
    return kept.tensor;
  }

  private static final class Shaped {
    final INDArray source;
    final Tensor tensor;

    Shaped(INDArray source, Tensor tensor) {
      this.source = source;
      this.tensor = tensor;
    }
  }

  protected final Tensor gradientTensor(String name) {
    return gradientTensors.computeIfAbsent(name, k -> Tensor.of(gradient(k)));
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

  long bufferBytes() {
    return pool.bytes();
  }

  void release() {
    pool.release();
    shaped.clear();
  }
}
