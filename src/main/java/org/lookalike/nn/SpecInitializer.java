package org.lookalike.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Lays a layer's parameters, as its specs say, into DL4J's flat vectors. */
final class SpecInitializer implements ParamInitializer {
  static final SpecInitializer INSTANCE = new SpecInitializer();

  private SpecInitializer() {}

  private static List<ParameterSpec> specs(Layer layer) {
    return ((EngineLayer) layer).parameterSpecs();
  }

  /** Views of {@code flat}, one a parameter, in the specs' order. */
  static Map<String, INDArray> views(List<ParameterSpec> specs, INDArray flat) {
    Map<String, INDArray> views = new LinkedHashMap<>();
    if (specs.isEmpty()) return views;
    INDArray vector = flat.reshape(flat.length());
    long offset = 0;
    for (ParameterSpec spec : specs) {
      long length = spec.length();
      INDArray part = vector.get(NDArrayIndex.interval(offset, offset + length));
      views.put(spec.name, part.reshape('c', spec.shape));
      offset += length;
    }
    return views;
  }

  @Override
  public long numParams(NeuralNetConfiguration conf) {
    return numParams(conf.getLayer());
  }

  @Override
  public long numParams(Layer layer) {
    return specs(layer).stream().mapToLong(ParameterSpec::length).sum();
  }

  @Override
  public List<String> paramKeys(Layer layer) {
    List<String> names = new ArrayList<>();
    for (ParameterSpec spec : specs(layer)) names.add(spec.name);
    return names;
  }

  private static List<String> keys(Layer layer, boolean bias) {
    List<String> names = new ArrayList<>();
    for (ParameterSpec spec : specs(layer)) if (spec.bias == bias) names.add(spec.name);
    return names;
  }

  @Override
  public List<String> weightKeys(Layer layer) {
    return keys(layer, false);
  }

  @Override
  public List<String> biasKeys(Layer layer) {
    return keys(layer, true);
  }

  @Override
  public boolean isWeightParam(Layer layer, String key) {
    return weightKeys(layer).contains(key);
  }

  @Override
  public boolean isBiasParam(Layer layer, String key) {
    return biasKeys(layer).contains(key);
  }

  @Override
  public Map<String, INDArray> init(
      NeuralNetConfiguration conf, INDArray flat, boolean initialize) {
    List<ParameterSpec> specs = specs(conf.getLayer());
    Map<String, INDArray> views = views(specs, flat);
    if (initialize) {
      for (ParameterSpec spec : specs) {
        INDArray view = views.get(spec.name);
        if (spec.deviation == 0) view.assign(spec.mean);
        else {
          view.assign(Nd4j.randn(view.dataType(), spec.shape).muli(spec.deviation).addi(spec.mean));
        }
      }
    }
    return views;
  }

  @Override
  public Map<String, INDArray> getGradientsFromFlattened(
      NeuralNetConfiguration conf, INDArray flat) {
    return views(specs(conf.getLayer()), flat);
  }
}
