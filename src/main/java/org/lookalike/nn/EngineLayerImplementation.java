package org.lookalike.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.AbstractLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Lets DL4J run an {@link Operator} as one of its layers. */
final class EngineLayerImplementation extends AbstractLayer<EngineLayer> {
  private static final long serialVersionUID = 1L;

  private final transient Operator operator;
  private final transient INDArray flatParameters;
  private transient Map<String, INDArray> parameters = new LinkedHashMap<>();
  private transient Map<String, INDArray> gradients = new LinkedHashMap<>();
  private transient INDArray flatGradients;

  EngineLayerImplementation(
      NeuralNetConfiguration conf, DataType type, Operator operator, INDArray flatParameters) {
    super(conf, type);
    this.operator = operator;
    this.flatParameters = flatParameters;
  }

  Operator operator() {
    return operator;
  }

  @Override
  public void setParamTable(Map<String, INDArray> table) {
    parameters = table;
    operator.bindParameters(table);
  }

  @Override
  public Map<String, INDArray> paramTable() {
    return parameters;
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropOnly) {
    return parameters;
  }

  @Override
  public INDArray getParam(String name) {
    return parameters.get(name);
  }

  @Override
  public INDArray params() {
    return flatParameters;
  }

  @Override
  public long numParams() {
    return flatParameters == null ? 0 : flatParameters.length();
  }

  @Override
  public INDArray getGradientsViewArray() {
    return flatGradients;
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray flat) {
    flatGradients = flat;
    gradients = SpecInitializer.views(layerConf().parameterSpecs(), flat);
    operator.bindGradients(gradients);
  }

  @Override
  public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
    Tensor output = operator.forward(Tensor.of(input), training ? Pass.TRAIN : Pass.INFER);
    return operator.pool.plain("activations", output);
  }

  @Override
  public Pair<Gradient, INDArray> backpropGradient(INDArray error, LayerWorkspaceMgr workspaces) {
    Tensor inputError = operator.backward(Tensor.of(error), Pass.TRAIN, true, true);
    Gradient gradient = new DefaultGradient(flatGradients);
    gradients.forEach(gradient::setGradientFor);
    return new Pair<>(gradient, operator.pool.plain("input gradient", inputError));
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  @Override
  public void clearNoiseWeightParams() {
    // No weight noise here.
  }
}
