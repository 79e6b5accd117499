package org.lookalike.nn;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.ScalarMax;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.api.ops.impl.transforms.same.Sign;
import org.nd4j.linalg.factory.Nd4j;

/**
 * An activation, elementwise. The rectifiers have an exact tangent mode (slopes as at the last
 * training pass); tanh has none, since its slope depends on the weights.
 */
public final class ActivationFunction extends EngineLayer {
  private static final long serialVersionUID = 1L;

  /** Which function. */
  public enum Kind {
    RELU,
    LEAKY_RELU,
    TANH
  }

  /** Slope of leaky ReLU below zero. */
  public static final double LEAK = 0.2;

  private Kind kind;

  /** For DL4J's JSON. */
  ActivationFunction() {}

  public ActivationFunction(Kind kind) {
    this.kind = kind;
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    return List.of();
  }

  @Override
  public long[] outputShape(long[] input) {
    return input.clone();
  }

  @Override
  public String describe() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  Operator operator(DataType type) {
    return Kernels.areOneDnn(type) ? new OneDnnActivation(kind) : new Computation(type);
  }

  private final class Computation extends PlainOperator {
    private INDArray output;

    Computation(DataType type) {
      super(type);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      if (pass == Pass.TANGENT) {
        refuseTanh();
        return timesSlope(x, buffers.get("tangent", x.shape()));
      }
      output = buffers.get("output", x.shape());
      switch (kind) {
        case RELU:
          Nd4j.exec(new ScalarMax(x, null, output, 0.0));
          break;
        case LEAKY_RELU:
          x.muli(LEAK, output);
          Ops.exec("maximum", new INDArray[] {x, output}, new INDArray[] {output});
          break;
        default:
          Ops.exec("tanh", new INDArray[] {x}, new INDArray[] {output});
      }
      return output;
    }

    @Override
    INDArray backward(INDArray e, Pass pass, boolean wantInput, boolean wantWeights) {
      if (pass == Pass.TANGENT) refuseTanh();
      return timesSlope(e, buffers.get("error", output.shape()));
    }

    @Override
    boolean hasCurvature() {
      return kind != Kind.TANH;
    }

    @Override
    INDArray forwardAlong(INDArray moved, Map<String, INDArray> direction) {
      return timesSlope(moved, buffers.get("moved", moved.shape()));
    }

    @Override
    INDArray[] backwardAlong(INDArray along, INDArray e, Map<String, INDArray> direction) {
      INDArray first = timesSlope(along, buffers.get("along", along.shape()));
      return new INDArray[] {first, timesSlope(e, buffers.get("error", e.shape()))};
    }

    private void refuseTanh() {
      if (kind == Kind.TANH) throw new UnsupportedOperationException("tanh has no tangent mode");
    }

    /** The sign of a rectifier's output is that of its input, so the output serves as the mask. */
    private INDArray timesSlope(INDArray e, INDArray result) {
      switch (kind) {
        case RELU:
          Nd4j.exec(new Step(output, result, 0.0));
          return result.muli(e);
        case LEAKY_RELU:
          Nd4j.exec(new Sign(output, result));
          result.muli((1 - LEAK) / 2).addi((1 + LEAK) / 2);
          return result.muli(e);
        default:
          output.mul(output, result);
          result.rsubi(1);
          return result.muli(e);
      }
    }
  }
}
