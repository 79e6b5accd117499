package org.lookalike.gan;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.lookalike.nn.ActivationFunction;
import org.lookalike.nn.EngineLayer;
import org.nd4j.linalg.api.buffer.DataType;

/** Builds a network of layers one upon the other. */
final class Stack {
  private final ComputationGraphConfiguration.GraphBuilder builder;
  private String last = "input";
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
    String name = String.format("%02d-%s", count++, layer.getClass().getSimpleName());
    builder.addLayer(name, layer, last);
    last = name;
    return this;
  }

  Stack activate(ActivationFunction.Kind kind) {
    return add(new ActivationFunction(kind));
  }

  ComputationGraphConfiguration build() {
    return builder.setOutputs(last).validateOutputLayerConfig(false).build();
  }
}
