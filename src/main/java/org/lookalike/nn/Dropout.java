package org.lookalike.nn;

import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Leaves values out at random in training and enlarges the others (Srivastava et al. 2014). Which
 * ones is a function of {@link Network#setDraw}. Exact tangent mode, with the same values left out.
 */
public final class Dropout extends EngineLayer {
  private static final long serialVersionUID = 1L;

  private double share;

  /** For DL4J's JSON. */
  Dropout() {}

  /**
   * @param share left out, in [0, 1)
   */
  public Dropout(double share) {
    this.share = share;
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
    return "dropout " + share;
  }

  @Override
  Operator operator(DataType type) {
    return new Computation(type);
  }

  private final class Computation extends HostOperator {
    private boolean[] kept = new boolean[0];
    private double[] values = new double[0];

    Computation(DataType type) {
      super(type);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      if (pass == Pass.INFER) return x;
      if (pass == Pass.TRAIN) {
        int n = (int) x.length();
        if (kept.length != n) kept = new boolean[n];
        SplittableRandom random = new SplittableRandom(draw());
        for (int i = 0; i < n; i++) kept[i] = random.nextDouble() >= share;
      }
      return masked(pass == Pass.TANGENT ? "tangent" : "output", x);
    }

    @Override
    INDArray backward(INDArray error, Pass pass, boolean wantInput, boolean wantWeights) {
      return masked("error", error);
    }

    private INDArray masked(String name, INDArray x) {
      values = read(x, values);
      for (int i = 0; i < kept.length; i++) values[i] = kept[i] ? values[i] / (1 - share) : 0;
      return written(name, values, x.shape());
    }
  }
}
