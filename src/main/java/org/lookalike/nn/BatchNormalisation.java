package org.lookalike.nn;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Batch normalisation of {@code [batch, channels, h, w]} (Ioffe and Szegedy 2015). In training each
 * segment of the batch (reals, fakes) has statistics of its own. The running mean and variance are
 * parameters without gradient, so they are stored, copied and averaged with the weights. In tangent
 * mode the batch's statistics are held constant.
 */
public final class BatchNormalisation extends EngineLayer {
  private static final long serialVersionUID = 1L;

  static final double EPSILON = 1e-5;
  static final double MOMENTUM = 0.1;

  private int channels;
  private double deviation;

  /** For DL4J's JSON. */
  BatchNormalisation() {}

  /**
   * @param deviation standard deviation of the initial scales around 1
   */
  public BatchNormalisation(int channels, double deviation) {
    this.channels = channels;
    this.deviation = deviation;
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    return List.of(
        ParameterSpec.normal("gamma", 1, deviation, channels),
        ParameterSpec.normal("beta", 0, 0, channels),
        ParameterSpec.normal("mean", 0, 0, channels),
        ParameterSpec.normal("variance", 1, 0, channels));
  }

  @Override
  public long[] outputShape(long[] input) {
    return input.clone();
  }

  @Override
  boolean mixesImages() {
    return true;
  }

  @Override
  public String describe() {
    return "normalise " + channels;
  }

  @Override
  Operator operator(DataType type) {
    return Kernels.areOneDnn(type) ? new OneDnnBatchNormalisation(channels) : new Computation(type);
  }

  static UnsupportedOperationException noPenalty() {
    return new UnsupportedOperationException(
        "batch normalisation makes samples depend on each other: no per-sample penalty");
  }

  private final class Computation extends PlainOperator {
    private INDArray input;
    private INDArray[] means;
    private INDArray[] variances;
    private final INDArray zeros;
    private final INDArray ones;

    Computation(DataType type) {
      super(type);
      zeros = Nd4j.zeros(type, channels);
      ones = Nd4j.ones(type, channels);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      INDArray y = buffers.get(pass == Pass.TANGENT ? "tangent" : "output", x.shape());
      INDArray gamma = parameter("gamma");
      INDArray beta = parameter("beta");
      if (pass == Pass.INFER) {
        Ops.normalise(x, parameter("mean"), parameter("variance"), gamma, beta, EPSILON, y);
        return y;
      }
      if (pass == Pass.TRAIN) {
        input = x;
        means = new INDArray[segments()];
        variances = new INDArray[segments()];
      }
      for (int s = 0; s < segments(); s++) {
        INDArray part = segment(x, s);
        if (pass == Pass.TANGENT) {
          Ops.normalise(part, zeros, variances[s], gamma, zeros, EPSILON, segment(y, s));
          continue;
        }
        measure(part, s);
        Ops.normalise(part, means[s], variances[s], gamma, beta, EPSILON, segment(y, s));
      }
      return y;
    }

    private void measure(INDArray part, int s) {
      double n = (double) part.length() / channels;
      means[s] = buffers.get("mean" + s, channels);
      variances[s] = buffers.get("variance" + s, channels);
      Ops.sumPerChannel(part, means[s]);
      means[s].divi(n);
      // Two passes: the mean is taken off first, so nothing cancels.
      INDArray squares = buffers.get("scratch", part.shape());
      Ops.normalise(part, means[s], ones, ones, zeros, 0, squares);
      squares.muli(squares);
      Ops.sumPerChannel(squares, variances[s]);
      variances[s].divi(n);
      parameter("mean").muli(1 - MOMENTUM).addi(means[s].mul(MOMENTUM));
      parameter("variance").muli(1 - MOMENTUM).addi(variances[s].mul(MOMENTUM * n / (n - 1)));
    }

    @Override
    INDArray backward(INDArray e, Pass pass, boolean wantInput, boolean wantWeights) {
      INDArray dx = buffers.get("error", input.shape());
      INDArray gamma = parameter("gamma");
      if (wantWeights) {
        for (String name : new String[] {"gamma", "beta", "mean", "variance"}) {
          gradient(name).assign(0);
        }
      }
      for (int s = 0; s < segments(); s++) {
        INDArray part = segment(e, s);
        if (pass != Pass.TRAIN) {
          Ops.normalise(part, zeros, variances[s], gamma, zeros, EPSILON, segment(dx, s));
          continue;
        }
        ordinary(part, s, segment(dx, s), wantWeights);
      }
      return dx;
    }

    @Override
    void weighTangent() {
      throw BatchNormalisation.noPenalty();
    }

    /** dx = gamma/sigma (e - mean(e) - xhat mean(e xhat)), as two per-channel affine maps. */
    private void ordinary(INDArray e, int s, INDArray dx, boolean wantWeights) {
      INDArray x = segment(input, s);
      double n = (double) x.length() / channels;
      INDArray sumE = buffers.get("sumE", channels);
      INDArray sumEX = buffers.get("sumEX", channels);
      INDArray hat = buffers.get("scratch", x.shape());
      Ops.normalise(x, means[s], variances[s], ones, zeros, EPSILON, hat);
      INDArray product = buffers.get("product", x.shape());
      e.mul(hat, product);
      Ops.sumPerChannel(e, sumE);
      Ops.sumPerChannel(product, sumEX);
      if (wantWeights) {
        gradient("gamma").addi(sumEX);
        gradient("beta").addi(sumE);
      }
      INDArray meanE = sumE.div(n);
      INDArray scale = parameter("gamma").div(Transforms.sqrt(variances[s].add(EPSILON)));
      Ops.normalise(e, meanE, ones, scale, zeros, 0, dx);
      Ops.normalise(hat, zeros, ones, scale.mul(sumEX).divi(n), zeros, 0, product);
      dx.subi(product);
    }

    private INDArray segment(INDArray x, int s) {
      if (segments() == 1) return x;
      long part = x.size(0) / segments();
      return x.get(NDArrayIndex.interval(s * part, (s + 1) * part));
    }
  }
}
