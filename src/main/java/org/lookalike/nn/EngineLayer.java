package org.lookalike.nn;

import java.util.Collection;
import java.util.List;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;

/**
 * What DL4J stores of one of our layers: sizes and how weights start. All sizes are given; nothing
 * is inferred from neighbours. Its fields are written to DL4J's JSON by name.
 */
public abstract class EngineLayer extends Layer {
  static {
    // Who makes a layer is about to use ND4J, which must not start on a GPU it has no code for.
    ComputeBackend.start(DeviceChoice.AUTO);
  }

  private static final long serialVersionUID = 1L;

  /** The parameters, in their order in the flat vector. */
  abstract List<ParameterSpec> parameterSpecs();

  /** A new operator that computes this layer in {@code type}. */
  abstract Operator operator(DataType type);

  /**
   * The shape of one image's output.
   *
   * @param input shape of one image's input, without the batch
   */
  public abstract long[] outputShape(long[] input);

  /** Whether, in training, what it makes of an image depends on the others of its batch. */
  boolean mixesImages() {
    return false;
  }

  /** Whether it compares images; see {@link Network#setComparing(boolean)}. */
  boolean comparesImages() {
    return false;
  }

  /** Kind and sizes in one line, such as {@code convolution 16 32 4 2 1}. */
  public abstract String describe();

  @Override
  public org.deeplearning4j.nn.api.Layer instantiate(
      NeuralNetConfiguration conf,
      Collection<TrainingListener> listeners,
      int index,
      INDArray parameters,
      boolean initialize,
      DataType type) {
    EngineLayerImplementation layer =
        new EngineLayerImplementation(conf, type, operator(type), parameters);
    layer.setListeners(listeners);
    layer.setIndex(index);
    layer.setParamTable(initializer().init(conf, parameters, initialize));
    layer.setConf(conf);
    return layer;
  }

  @Override
  public ParamInitializer initializer() {
    return SpecInitializer.INSTANCE;
  }

  @Override
  public InputType getOutputType(int index, InputType input) {
    throw new UnsupportedOperationException("Sizes of engine layers are given, not inferred");
  }

  @Override
  public void setNIn(InputType input, boolean override) {
    // Sizes are always given explicitly.
  }

  @Override
  public InputPreProcessor getPreProcessorForInputType(InputType input) {
    return null;
  }

  @Override
  public List<Regularization> getRegularizationByParam(String name) {
    return List.of();
  }

  @Override
  public boolean isPretrainParam(String name) {
    return false;
  }

  /** The trainer updates the flat vector itself. */
  @Override
  public IUpdater getUpdaterByParam(String name) {
    return new NoOp();
  }

  @Override
  public GradientNormalization getGradientNormalization() {
    return GradientNormalization.None;
  }

  @Override
  public double getGradientNormalizationThreshold() {
    return 0;
  }

  @Override
  public LayerMemoryReport getMemoryReport(InputType input) {
    throw new UnsupportedOperationException("See Network.bufferBytes()");
  }
}
