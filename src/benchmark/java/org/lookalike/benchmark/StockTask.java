package org.lookalike.benchmark;

import java.util.Locale;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** A DCGAN discriminator of DL4J's stock layers, fitted to 32 reals and 32 fakes. */
final class StockTask {
  private static final int BOTH = 64;
  private static final double LEAK = 0.2;

  private final ComputationGraph graph;
  private final DataSet data;

  StockTask() {
    ComputationGraphConfiguration.GraphBuilder builder =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(2e-4, 0.5, 0.999, 1e-8))
            .graphBuilder()
            .addInputs("in");
    String last = "in";
    int channels = 64;
    for (int level = 0; level < 4; level++) {
      String convolution = "convolution" + level;
      builder.addLayer(
          convolution,
          new ConvolutionLayer.Builder(4, 4)
              .stride(2, 2)
              .padding(1, 1)
              .convolutionMode(ConvolutionMode.Truncate)
              .nOut(channels)
              .activation(
                  level == 0
                      ? new ActivationLReLU(LEAK)
                      : Activation.IDENTITY.getActivationFunction())
              .build(),
          last);
      last = convolution;
      if (level > 0) {
        last = "normalisation" + level;
        builder.addLayer(
            last,
            new BatchNormalization.Builder().activation(new ActivationLReLU(LEAK)).build(),
            convolution);
      }
      channels *= 2;
    }
    builder
        .addLayer(
            "out",
            new OutputLayer.Builder(LossFunctions.LossFunction.XENT)
                .nOut(1)
                .activation(Activation.SIGMOID)
                .build(),
            last)
        .setOutputs("out")
        .setInputTypes(InputType.convolutional(64, 64, 1));
    graph = new ComputationGraph(builder.build());
    graph.init();
    INDArray labels = Nd4j.zeros(DataType.FLOAT, BOTH, 1);
    for (int i = 0; i < BOTH / 2; i++) labels.putScalar(i, 0, 1);
    data = new DataSet(Nd4j.rand(DataType.FLOAT, BOTH, 1, 64, 64), labels);
  }

  String time(int n) {
    StringBuilder answer = new StringBuilder();
    for (int i = 0; i < n; i++) {
      long start = System.nanoTime();
      graph.fit(data);
      answer.append(String.format(Locale.ROOT, "%.3f ", (System.nanoTime() - start) / 1e6));
    }
    return answer.toString().trim();
  }
}
