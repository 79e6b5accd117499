package org.lookalike.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.ElementWiseVertex;
import org.deeplearning4j.nn.graph.vertex.impl.InputVertex;
import org.lookalike.nn.onednn.Tensor;
import org.lookalike.nn.onednn.TensorPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** A layer, a join or the input of a {@link Network}, and what passes leave there. */
final class NetworkNode {
  final boolean isInput;
  final GraphVertex vertex;

  /** Whether an error comes from outside beside those of the consumers. */
  boolean takesMore;

  /** How its parameters move, by name. */
  Map<String, INDArray> direction;

  /** {@code null} for a join and for the input. */
  final Operator operator;

  final List<NetworkNode> inputs = new ArrayList<>();
  final List<NetworkNode> consumers = new ArrayList<>();
  final Addition addition;
  final TensorPool pool = new TensorPool();
  final boolean hasParameters;

  /** Whether its parameters, if it has some, are to change. */
  boolean learns;

  /** Whether layers before this one learn, so that its input's error is always needed. */
  boolean learnsBefore;

  Tensor output;
  Tensor error;
  int arrived;

  NetworkNode(GraphVertex vertex, DataType type) {
    this.vertex = vertex;
    isInput = vertex instanceof InputVertex;
    addition = new Addition(type);
    hasParameters = !isInput && vertex.hasLayer() && vertex.getLayer().numParams() > 0;
    learns = hasParameters;
    if (vertex.hasLayer() && vertex.getLayer() instanceof EngineLayerImplementation) {
      operator = ((EngineLayerImplementation) vertex.getLayer()).operator();
    } else if (isInput || vertex instanceof ElementWiseVertex) {
      operator = null;
    } else {
      throw new IllegalArgumentException("Not an engine layer: " + vertex.getVertexName());
    }
  }

  boolean isFrozen() {
    return hasParameters && !learns;
  }

  /** This layer's part of a vector as long as all parameters. */
  INDArray slice(INDArray vector, INDArray parameters) {
    INDArray own = vertex.getLayer().params();
    long first = own.offset() - parameters.offset();
    return vector.get(NDArrayIndex.interval(first, first + own.length()));
  }

  /** The same, by name. */
  Map<String, INDArray> part(INDArray vector, INDArray parameters) {
    if (!hasParameters) return Map.of();
    return SpecInitializer.views(layer().parameterSpecs(), slice(vector, parameters));
  }

  EngineLayer layer() {
    return (EngineLayer) vertex.getLayer().conf().getLayer();
  }

  void feedFrom(NetworkNode source) {
    inputs.add(source);
    source.consumers.add(this);
    learnsBefore |= source.learns || source.learnsBefore;
  }

  /** Lets this layer and the one that alone follows it share their work. */
  void fuse() {
    if (isInput || consumers.size() != 1 || consumers.get(0).operator == null) return;
    Operator next = consumers.get(0).operator;
    if (operator != null && next.canTakeBias()) {
      Supplier<INDArray> bias = operator.leaveBias();
      if (bias != null) next.takeBias(bias);
    }
    double slope = next.absorbableSlope();
    if (!Double.isNaN(slope) && absorb(slope)) next.becomeIdentity();
  }

  private boolean absorb(double slope) {
    return operator == null ? addition.absorb(slope) : operator.absorb(slope);
  }

  Tensor forward(Pass pass) {
    if (operator != null) return operator.forward(inputs.get(0).output, pass);
    return addition.forward(inputs.get(0).output, inputs.get(1).output, pass);
  }

  /** Errors of several consumers add up in a tensor of this node's own. */
  void arrive(Tensor e) {
    arrived++;
    int awaited = consumers.size() + (takesMore ? 1 : 0);
    if (arrived == 1) error = awaited <= 1 ? e : addition.copy("error", e);
    else addition.add(error, e);
  }
}
