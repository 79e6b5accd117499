package org.lookalike.gan;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.lookalike.nn.EngineLayer;

/** Estimates the memory outside the Java heap that a training takes. */
public final class MemoryNeed {
  /** Working copies in oneDNN's own layout, code, pools. */
  private static final double OVERHEAD = 1.3;

  private static final int BYTES = 4;
  private static final int VECTORS_A_PLAYER = 6;

  private MemoryNeed() {}

  /** Bytes for a training of these networks with this batch. */
  public static long training(Architecture architecture, NetworkShape shape, int batch) {
    ComputationGraphConfiguration g = architecture.generator(shape, 0);
    ComputationGraphConfiguration d = architecture.discriminator(shape, 0);
    long[] image = {shape.seenChannels(), shape.size(), shape.size()};
    long activationsG = activations(g, new long[] {shape.latent()});
    long activationsD = activations(d, image);
    // Outputs and errors of G; outputs, errors, tangents of D for reals and fakes together, and
    // outputs and errors for fakes alone.
    double floats = batch * (2.0 * activationsG + 2 * 3.0 * activationsD + 2.0 * activationsD);
    floats += (double) VECTORS_A_PLAYER * (weights(g) + weights(d));
    return (long) (BYTES * floats * OVERHEAD);
  }

  private static long activations(ComputationGraphConfiguration configuration, long[] input) {
    Map<String, long[]> shapes = new HashMap<>();
    shapes.put(configuration.getNetworkInputs().get(0), input);
    long sum = 0;
    // Vertices come in the order they were added, each after those that feed it.
    for (Map.Entry<String, GraphVertex> vertex : configuration.getVertices().entrySet()) {
      String source = configuration.getVertexInputs().get(vertex.getKey()).get(0);
      long[] shape = shapes.get(source);
      if (isLayer(vertex.getValue())) shape = layer(vertex.getValue()).outputShape(shape);
      shapes.put(vertex.getKey(), shape);
      sum += Arrays.stream(shape).reduce(1, (a, b) -> a * b);
    }
    return sum;
  }

  private static boolean isLayer(GraphVertex vertex) {
    return vertex instanceof LayerVertex;
  }

  private static long weights(ComputationGraphConfiguration configuration) {
    long sum = 0;
    for (GraphVertex vertex : configuration.getVertices().values()) {
      if (!isLayer(vertex)) continue;
      EngineLayer layer = layer(vertex);
      sum += layer.initializer().numParams(layer);
    }
    return sum;
  }

  private static EngineLayer layer(GraphVertex vertex) {
    return (EngineLayer) ((LayerVertex) vertex).getLayerConf().getLayer();
  }
}
