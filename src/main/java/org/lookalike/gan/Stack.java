package org.lookalike.gan;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.lookalike.gan.NetworkOptions.Normalisation;
import org.lookalike.nn.ActivationFunction;
import org.lookalike.nn.BatchNormalisation;
import org.lookalike.nn.EngineLayer;
import org.lookalike.nn.InstanceNormalisation;
import org.lookalike.nn.Network;
import org.nd4j.linalg.api.buffer.DataType;

/** Builds a network of layers one upon the other, with branches that join again. */
final class Stack {
  /** Where a network begins; see {@link #from}. */
  static final String INPUT = "input";

  private final ComputationGraphConfiguration.GraphBuilder builder;
  private String last = INPUT;
  private int count;

  Stack(long seed) {
    builder =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(DataType.FLOAT)
            // The layers keep their own buffers.
            .trainingWorkspaceMode(WorkspaceMode.NONE)
            .inferenceWorkspaceMode(WorkspaceMode.NONE)
            .graphBuilder()
            .addInputs(last);
  }

  Stack add(EngineLayer layer) {
    return add(String.format("%02d-%s", count, layer.getClass().getSimpleName()), layer);
  }

  private Stack add(String name, EngineLayer layer) {
    count++;
    builder.addLayer(name, layer, last);
    last = name;
    return this;
  }

  Stack activate(ActivationFunction.Kind kind) {
    return add(new ActivationFunction(kind));
  }

  /** A layer whose output is what {@link Network#features()} gives. */
  Stack addFeatures(EngineLayer layer) {
    return add(Network.FEATURES, layer);
  }

  /** See {@link #addFeatures}. */
  Stack activateFeatures(ActivationFunction.Kind kind) {
    return addFeatures(new ActivationFunction(kind));
  }

  /**
   * @param deviation of batch normalisation's initial scales around 1
   */
  Stack normalise(Normalisation kind, int channels, double deviation) {
    if (kind == Normalisation.BATCH) add(new BatchNormalisation(channels, deviation));
    if (kind == Normalisation.INSTANCE) add(new InstanceNormalisation(channels));
    return this;
  }

  /** Where the stack stands, to branch off from. */
  String here() {
    return last;
  }

  /** Goes on from another place. */
  Stack from(String place) {
    last = place;
    return this;
  }

  /**
   * Goes on from the sum of two places.
   *
   * @param other of the same shape, or {@code [batch, channels, 1, 1]} to be added to all pixels
   */
  Stack join(String image, String other) {
    String name = String.format("%02d-join", count++);
    builder.addVertex(name, new ElementWiseVertex(ElementWiseVertex.Op.Add), image, other);
    last = name;
    return this;
  }

  ComputationGraphConfiguration build() {
    return builder.setOutputs(last).validateOutputLayerConfig(false).build();
  }
}
