package org.lookalike.nn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Runs a {@link ComputationGraph} of {@link EngineLayer}s (and {@code ElementWiseVertex} additions,
 * where branches join) without allocating, and with what a GAN needs beyond DL4J's own passes:
 * gradients of the input, passes without weight gradients, and the tangent mode.
 *
 * <p>One input, one output. Not safe for use from several threads. Arrays returned are buffers that
 * the next pass of the same kind overwrites; arrays handed in are not changed, and must stay as
 * they are until the backward passes that belong to them are done.
 */
public final class Network {
  /** The name of the layer whose output is {@link #features()}. */
  public static final String FEATURES = "features";

  private static final int LAYER_BITS = 8;

  private final ComputationGraph graph;
  private final List<NetworkNode> nodes = new ArrayList<>();
  private final INDArray parameters;
  private final INDArray gradients;
  private final NetworkNode features;
  private boolean comparing = true;
  private INDArray weightMask;
  private long version = 1;

  /**
   * @param graph initialised; all layers {@link EngineLayer}s
   */
  public Network(ComputationGraph graph) {
    this.graph = graph;
    graph.initGradientsView();
    parameters = graph.params().reshape(graph.numParams());
    gradients = graph.getFlattenedGradients().reshape(graph.numParams());
    Map<Integer, NetworkNode> byVertex = new HashMap<>();
    GraphVertex[] vertices = graph.getVertices();
    DataType type = graph.getConfiguration().getDataType();
    for (int index : graph.topologicalSortOrder()) {
      NetworkNode node = new NetworkNode(vertices[index], type);
      byVertex.put(index, node);
      nodes.add(node);
      if (node.isInput) continue;
      for (VertexIndices from : vertices[index].getInputVertices()) {
        node.feedFrom(byVertex.get(from.getVertexIndex()));
      }
    }
    features = found(FEATURES);
    // From the end: a normalisation first takes the rectifier behind it.
    for (int i = nodes.size() - 1; i >= 0; i--) nodes.get(i).fuse();
  }

  private NetworkNode found(String name) {
    for (NetworkNode node : nodes) if (node.vertex.getVertexName().equals(name)) return node;
    return null;
  }

  /** Layers one upon the other, in float. */
  public static Network chain(EngineLayer... layers) {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .dataType(DataType.FLOAT)
            .trainingWorkspaceMode(WorkspaceMode.NONE)
            .inferenceWorkspaceMode(WorkspaceMode.NONE)
            .graphBuilder()
            .addInputs("input");
    String last = "input";
    for (EngineLayer layer : layers) {
      String name = last + "+";
      builder.addLayer(name, layer, last);
      last = name;
    }
    ComputationGraph graph =
        new ComputationGraph(builder.setOutputs(last).validateOutputLayerConfig(false).build());
    graph.init();
    return new Network(graph);
  }

  /**
   * The DL4J network, which shares its parameters with this. For passes of DL4J's own take a clone:
   * here layers do some of their neighbours' work.
   */
  public ComputationGraph graph() {
    return graph;
  }

  /**
   * All parameters as one vector, a view. Who changes it says so by {@link #parametersChanged()}.
   */
  public INDArray parameters() {
    return parameters;
  }

  /** To be called after each change of the parameters: copies in other layouts are made anew. */
  public void parametersChanged() {
    version++;
    for (NetworkNode node : nodes) if (node.operator != null) node.operator.setVersion(version);
  }

  /** To be called after each step of an optimiser: as above, and power iterations go one on. */
  public void parametersStepped() {
    parametersChanged();
    for (NetworkNode node : nodes) {
      if (node.operator != null && !node.isFrozen()) node.operator.stepped();
    }
  }

  /** An end of a network. */
  public enum End {
    FIRST,
    LAST
  }

  /**
   * Takes the weights of a network of the same make, layer by layer from the image on, as far as
   * layers are alike: all of them where images are of one size. Where images differ in their
   * channels, each channel here gets the mean of those there.
   *
   * @param image the end at which the image is
   * @param share factor on the weights of such channels
   * @return how many layers with weights have taken theirs
   */
  public int takeWeights(Network other, End image, double share) {
    List<Layer> theirs = other.weighted(image);
    List<Layer> ours = weighted(image);
    int alike = 0;
    while (alike < Math.min(ours.size(), theirs.size())
        && areAlike(ours.get(alike), theirs.get(alike), alike == 0)) {
      alike++;
    }
    // Met from the end, a normalisation comes before the layer it belongs to.
    boolean whole = image == End.FIRST || alike == ours.size();
    while (!whole && alike > 0 && !hasWeights(ours.get(alike - 1))) alike--;
    for (int i = 0; i < alike; i++) take(ours.get(i), theirs.get(i), share);
    parametersChanged();
    return (int) ours.subList(0, alike).stream().filter(Network::hasWeights).count();
  }

  /**
   * Takes the weights of a network that differs in this alone: one of both has a {@link
   * MinibatchDeviation}, whose channel is the last that a layer sees. Weights on it are left out
   * here, or 0.
   */
  public void takeWeightsButDeviation(Network other) {
    List<Layer> theirs = other.weighted(End.FIRST);
    List<Layer> ours = weighted(End.FIRST);
    if (ours.size() != theirs.size()) throw new IllegalArgumentException("Networks of two makes");
    for (int i = 0; i < ours.size(); i++) {
      for (Map.Entry<String, INDArray> given : theirs.get(i).paramTable().entrySet()) {
        takeCommon(ours.get(i).getParam(given.getKey()), given.getValue());
      }
    }
    parametersChanged();
  }

  /** Takes what has a place in both; the rest becomes 0. */
  private static void takeCommon(INDArray here, INDArray there) {
    if (Arrays.equals(here.shape(), there.shape())) {
      here.assign(there);
      return;
    }
    INDArrayIndex[] common = new INDArrayIndex[here.rank()];
    for (int i = 0; i < common.length; i++) {
      common[i] = NDArrayIndex.interval(0, Math.min(here.size(i), there.size(i)));
    }
    here.assign(0);
    here.get(common).assign(there.get(common));
  }

  /** Layers with parameters, from one end to the other. */
  private List<Layer> weighted(End first) {
    List<Layer> layers = new ArrayList<>();
    for (String name : graph.getConfiguration().getVertices().keySet()) {
      if (!graph.getVertex(name).hasLayer()) continue;
      Layer layer = graph.getLayer(name);
      if (layer.numParams() > 0) layers.add(layer);
    }
    if (first == End.LAST) Collections.reverse(layers);
    return layers;
  }

  private static boolean hasWeights(Layer layer) {
    return layer.paramTable().containsKey("W");
  }

  /**
   * @param image whether images may differ in their channels there
   */
  private static boolean areAlike(Layer here, Layer there, boolean image) {
    if (!image) return description(here).equals(description(there));
    return here.paramTable().keySet().equals(there.paramTable().keySet());
  }

  private static String description(Layer layer) {
    return ((EngineLayer) layer.conf().getLayer()).describe();
  }

  private static void take(Layer to, Layer from, double share) {
    for (Map.Entry<String, INDArray> given : from.paramTable().entrySet()) {
      INDArray here = to.getParam(given.getKey());
      INDArray there = given.getValue();
      boolean alike = Arrays.equals(here.shape(), there.shape());
      for (int i = 0; i < here.rank(); i++) {
        if (here.size(i) != there.size(i)) there = there.mean(true, i);
      }
      here.assign(there.broadcast(here.shape()));
      if (!alike) here.muli(share);
    }
  }

  /** All gradients as one vector, a view; each backward pass with weights overwrites it. */
  public INDArray gradients() {
    return gradients;
  }

  /** The Euclidean norm of {@link #gradients()}. */
  public double gradientNorm() {
    return Math.sqrt(HostCopy.sumOfSquares(gradients));
  }

  /**
   * See {@link Operator#setSegments(int)}: parts of the batch with batch statistics of their own.
   */
  public void setSegments(int segments) {
    for (NetworkNode node : nodes) if (node.operator != null) node.operator.setSegments(segments);
  }

  /**
   * The class of each image, or the generator that is to make it, for layers that depend on it.
   *
   * @param conditions one an image of the passes to come, from 0
   */
  public void setConditions(int... conditions) {
    for (NetworkNode node : nodes) {
      if (node.operator != null) node.operator.setConditions(conditions);
    }
  }

  /** Whether, in training, what comes of an image depends on the others of its batch. */
  public boolean mixesImages() {
    return Arrays.stream(graph.getLayers())
        .map(layer -> (EngineLayer) layer.conf().getLayer())
        .anyMatch(layer -> layer.mixesImages() || comparing && layer.comparesImages());
  }

  /**
   * Whether layers compare the images of a batch that are there for that (minibatch deviation and
   * discrimination), as they do at first. Where they don't, they find nothing: 0.
   */
  public void setComparing(boolean comparing) {
    this.comparing = comparing;
    for (NetworkNode node : nodes) if (node.operator != null) node.operator.setComparing(comparing);
  }

  /**
   * Whether convolutions round what they multiply to bfloat16, which has a float's range and 8 of
   * its 24 bits of precision (Kalamkar et al. 2019). Sums, results, weights and their gradients
   * stay floats, and so does what layers with fewer than 8 inputs or outputs multiply, as those
   * next to an image have.
   *
   * @param mixed without effect where convolutions are not oneDNN's, or {@link
   *     ComputeDevice#hasBfloat16()} is false
   */
  public void setMixedPrecision(boolean mixed) {
    boolean possible = mixed && ComputeDevice.hasBfloat16();
    for (NetworkNode node : nodes) {
      if (node.operator != null) node.operator.setMixedPrecision(possible);
    }
  }

  /** What layers draw at random in the passes to come; the same for the same two numbers. */
  public void setDraw(long seed, long draw) {
    long each = 0;
    for (NetworkNode node : nodes) {
      if (node.operator != null) {
        node.operator.setDraw(seed * 0x9E3779B97F4A7C15L + (draw << LAYER_BITS) + each++);
      }
    }
  }

  /** Keeps all parameters that learn within {@code [-limit, limit]}. */
  public void clip(double limit) {
    for (NetworkNode node : nodes) {
      if (!node.learns) continue;
      INDArray own = node.slice(parameters, parameters);
      Transforms.max(own, -limit, false);
      Transforms.min(own, limit, false);
    }
    parametersChanged();
  }

  /**
   * Lets layers stay as they are, from the input on: their gradients are 0 from now on and are not
   * computed. Statistics of a normalisation among them run on.
   *
   * @param layers how many with weights, of none to all but the last; what stands between them
   *     belongs to the one before
   */
  public void freeze(int layers) {
    if (layers < 0 || layers >= layersWithWeights()) {
      throw new IllegalArgumentException(
          String.format("%d of %d layers", layers, layersWithWeights()));
    }
    Set<Layer> frozen = layers == 0 ? Collections.emptySet() : firstLayers(layers);
    for (NetworkNode node : nodes) {
      node.learns = node.hasParameters && !frozen.contains(node.vertex.getLayer());
      node.learnsBefore = node.inputs.stream().anyMatch(in -> in.learns || in.learnsBefore);
      if (node.isFrozen()) node.slice(gradients, parameters).assign(0);
    }
    weightMask = null;
  }

  /** From the input on, up to the next layer with weights; normalisations have none. */
  private Set<Layer> firstLayers(int withWeights) {
    Set<Layer> first = Collections.newSetFromMap(new IdentityHashMap<>());
    int met = 0;
    for (Layer layer : weighted(End.FIRST)) {
      if (hasWeights(layer)) met++;
      if (met > withWeights) break;
      first.add(layer);
    }
    return first;
  }

  /** Layers with weights, which normalisations have not. */
  public int layersWithWeights() {
    return (int) weighted(End.FIRST).stream().filter(Network::hasWeights).count();
  }

  /** 1 for weights, 0 for biases, scales and what does not learn, in the order of parameters. */
  public INDArray weightMask() {
    if (weightMask == null) {
      weightMask = parameters.dup().assign(0);
      for (NetworkNode node : nodes) {
        if (!node.learns) continue;
        Map<String, INDArray> part = node.part(weightMask, parameters);
        for (ParameterSpec spec : node.layer().parameterSpecs()) {
          if (!spec.bias) part.get(spec.name).assign(1);
        }
      }
    }
    return weightMask;
  }

  /**
   * @param x {@code [batch, …]}
   * @param pass {@link Pass#TRAIN}, {@link Pass#INFER} or {@link Pass#TANGENT}
   */
  public INDArray forward(INDArray x, Pass pass) {
    Tensor given = Tensor.of(x);
    for (NetworkNode node : nodes) node.output = node.isInput ? given : node.forward(pass);
    NetworkNode last = nodes.get(nodes.size() - 1);
    return last.pool.plain("plain output", last.output);
  }

  /**
   * The gradient of {@code sum(error * output)}.
   *
   * @param pass {@link Pass#TRAIN} or {@link Pass#FROZEN}
   * @param wantInput whether to compute the gradient with respect to the input
   * @param wantWeights whether to overwrite {@link #gradients()}
   * @return the gradient with respect to the input, or {@code null} where it is not wanted
   */
  public INDArray backward(INDArray error, Pass pass, boolean wantInput, boolean wantWeights) {
    return backward(error, null, pass, wantInput, wantWeights);
  }

  /**
   * As above, of {@code sum(error * output) + sum(inner * features)}.
   *
   * @param inner {@code null} for none
   */
  public INDArray backward(
      INDArray error, INDArray inner, Pass pass, boolean wantInput, boolean wantWeights) {
    for (NetworkNode node : nodes) {
      node.arrived = 0;
      node.takesMore = inner != null && node == features;
    }
    nodes.get(nodes.size() - 1).arrive(Tensor.of(error));
    if (inner != null) featuresNode().arrive(Tensor.of(inner));
    for (int i = nodes.size() - 1; i > 0; i--) {
      NetworkNode node = nodes.get(i);
      if (node.isInput) continue;
      boolean wanted = wantInput || node.learnsBefore;
      if (!wanted && !node.learns) continue;
      if (node.operator == null) {
        Tensor ofSum = node.addition.backward(node.error);
        for (NetworkNode input : node.inputs) {
          input.arrive(node.addition.error(input.output, ofSum));
        }
        continue;
      }
      Tensor inputError =
          node.operator.backward(node.error, pass, wanted, wantWeights && node.learns);
      if (wanted) node.inputs.get(0).arrive(inputError);
    }
    NetworkNode input = nodes.get(0);
    return wantInput ? input.pool.plain("plain error", input.error) : null;
  }

  /** Whether {@link #backwardOfPart} is there: a chain of layers that have it. */
  public boolean hasParts() {
    for (int i = 1; i < nodes.size(); i++) {
      NetworkNode node = nodes.get(i);
      boolean follows = node.inputs.size() == 1 && node.inputs.get(0) == nodes.get(i - 1);
      if (!follows || node.operator == null || !node.operator.hasParts()) return false;
    }
    return true;
  }

  /**
   * The gradient of {@code sum(error * output)} with respect to consecutive images of the last
   * {@link Pass#TRAIN} pass alone, where the others have no error. {@link #gradients()} stay.
   *
   * @param error {@code [n, …]}, of these images' outputs
   * @param first of them; a segment of the batch begins there
   */
  public INDArray backwardOfPart(INDArray error, int first) {
    Tensor part = Tensor.of(error);
    for (int i = nodes.size() - 1; i > 0; i--) {
      part = nodes.get(i).operator.backwardOfPart(part, first);
    }
    return nodes.get(0).pool.plain("plain error of part", part);
  }

  /**
   * Overwrites {@link #gradients()} with those of {@code sum(e * t)}, where t is the output of the
   * last {@link Pass#TANGENT} pass and e the output error of the {@link Pass#FROZEN} pass before
   * it. The tangent is a linear map with the weights and slopes of that pass, so the errors within
   * it are the same and are not computed again.
   */
  public void weighTangent() {
    for (NetworkNode node : nodes) if (node.learns) node.operator.weighTangent();
  }

  /** What the layers after {@link #FEATURES} make their output of, at the last pass. */
  public INDArray features() {
    NetworkNode node = featuresNode();
    return node.pool.plain("plain features", node.output);
  }

  private NetworkNode featuresNode() {
    if (features == null) throw new IllegalStateException("no layer is named " + FEATURES);
    return features;
  }

  /** Whether {@link #forwardAlong} is there: all layers are linear or piecewise linear. */
  public boolean hasCurvature() {
    for (NetworkNode node : nodes) {
      if (!node.isInput && (node.operator == null || !node.operator.hasCurvature())) return false;
    }
    return true;
  }

  /**
   * How the output of the last {@link Pass#TRAIN} pass changes where the parameters move.
   *
   * @param direction of their movement, as long as {@link #parameters()}
   */
  public INDArray forwardAlong(INDArray direction) {
    INDArray moved = null;
    for (NetworkNode node : nodes) {
      if (node.isInput) continue;
      node.direction = node.part(direction, parameters);
      moved = node.operator.forwardAlong(moved, node.direction);
    }
    return moved;
  }

  /**
   * After {@link #forwardAlong}: overwrites {@link #gradients()} with those of {@code sum(along *
   * change) + sum(error * output)}, where change is what it returned; so with the slopes of a loss
   * as {@code along} and their change as {@code error} they are its Hessian times the direction.
   *
   * @return the gradient of the same with respect to the input
   */
  public INDArray backwardAlong(INDArray along, INDArray error) {
    INDArray[] errors = {along, error};
    for (int i = nodes.size() - 1; i > 0; i--) {
      NetworkNode node = nodes.get(i);
      if (!node.isInput) {
        errors = node.operator.backwardAlong(errors[0], errors[1], node.direction);
        if (node.isFrozen()) node.slice(gradients, parameters).assign(0);
      }
    }
    return errors[1];
  }

  /** Bytes of all buffers made so far. */
  public long bufferBytes() {
    long sum = 0;
    for (NetworkNode node : nodes) {
      sum += node.addition.bytes() + node.pool.bytes();
      if (node.operator != null) sum += node.operator.bufferBytes();
    }
    return sum;
  }

  /** Gives all buffers back; the next pass makes them anew. */
  public void releaseBuffers() {
    for (NetworkNode node : nodes) {
      node.addition.release();
      node.pool.release();
      node.output = null;
      node.error = null;
      if (node.operator != null) node.operator.release();
    }
  }
}
