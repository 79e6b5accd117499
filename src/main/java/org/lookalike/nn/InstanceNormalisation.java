package org.lookalike.nn;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Instance normalisation of {@code [batch, channels, h, w]} (Ulyanov et al. 2016): each channel of
 * each image by its own mean and variance. In tangent mode these are held constant.
 */
public final class InstanceNormalisation extends EngineLayer {
  private static final long serialVersionUID = 1L;

  private static final double EPSILON = 1e-5;

  private int channels;

  /** For DL4J's JSON. */
  InstanceNormalisation() {}

  public InstanceNormalisation(int channels) {
    this.channels = channels;
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    return List.of(
        ParameterSpec.normal("gamma", 1, 0, channels),
        ParameterSpec.normal("beta", 0, 0, channels));
  }

  @Override
  public long[] outputShape(long[] input) {
    return input.clone();
  }

  @Override
  public String describe() {
    return "instance " + channels;
  }

  @Override
  Operator operator(DataType type) {
    return new Computation(type);
  }

  private final class Computation extends HostOperator {
    private double[] hat = new double[0];
    private double[] values = new double[0];
    private double[] direction = new double[0];
    private double[] error = new double[0];
    private double[] scale = new double[0];
    private long[] shape;

    Computation(DataType type) {
      super(type);
    }

    private int pixels() {
      return (int) (shape[2] * shape[3]);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      shape = x.shape();
      int planes = (int) shape[0] * channels;
      int length = pixels();
      double[] gamma = parameter("gamma").toDoubleVector();
      double[] beta = parameter("beta").toDoubleVector();
      if (pass == Pass.TANGENT) {
        direction = read(x, direction);
        values = sized(values, planes * length);
        for (int at = 0; at < planes * length; at++) {
          int plane = at / length;
          values[at] = gamma[plane % channels] * scale[plane] * direction[at];
        }
        return written("tangent", values, shape);
      }
      hat = read(x, hat);
      values = sized(values, planes * length);
      scale = sized(scale, planes);
      for (int plane = 0; plane < planes; plane++) {
        int first = plane * length;
        double sum = 0;
        for (int at = first; at < first + length; at++) sum += hat[at];
        double mean = sum / length;
        double squares = 0;
        for (int at = first; at < first + length; at++) {
          hat[at] -= mean;
          squares += hat[at] * hat[at];
        }
        scale[plane] = 1 / Math.sqrt(squares / length + EPSILON);
        int c = plane % channels;
        for (int at = first; at < first + length; at++) {
          hat[at] *= scale[plane];
          values[at] = gamma[c] * hat[at] + beta[c];
        }
      }
      return written("output", values, shape);
    }

    @Override
    INDArray backward(INDArray e, Pass pass, boolean wantInput, boolean wantWeights) {
      int planes = (int) shape[0] * channels;
      int length = pixels();
      double[] gamma = parameter("gamma").toDoubleVector();
      error = read(e, error);
      values = sized(values, planes * length);
      double[] ofGamma = new double[channels];
      double[] ofBeta = new double[channels];
      for (int plane = 0; plane < planes; plane++) {
        int c = plane % channels;
        int first = plane * length;
        double sum = 0;
        double product = 0;
        for (int at = first; at < first + length; at++) {
          sum += error[at];
          product += error[at] * hat[at];
        }
        ofBeta[c] += sum;
        ofGamma[c] += product;
        double mean = pass == Pass.TRAIN ? sum / length : 0;
        double slope = pass == Pass.TRAIN ? product / length : 0;
        for (int at = first; at < first + length; at++) {
          values[at] = gamma[c] * scale[plane] * (error[at] - mean - slope * hat[at]);
        }
      }
      if (wantWeights) {
        HostCopy.write(ofGamma, gradient("gamma"));
        HostCopy.write(ofBeta, gradient("beta"));
      }
      return written("error", values, shape);
    }

    @Override
    void weighTangent() {
      int length = pixels();
      double[] ofGamma = new double[channels];
      for (int at = 0; at < shape[0] * channels * length; at++) {
        int plane = at / length;
        ofGamma[plane % channels] += error[at] * scale[plane] * direction[at];
      }
      HostCopy.write(ofGamma, gradient("gamma"));
      gradient("beta").assign(0);
    }
  }
}
