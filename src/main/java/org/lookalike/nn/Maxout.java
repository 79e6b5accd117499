package org.lookalike.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Maxout (Goodfellow et al. 2013): each unit is the largest of several pieces, {@code [batch,
 * pieces * units]} to {@code [batch, units]}; piece p of unit u is value {@code p * units + u}.
 * Exact tangent mode: the piece chosen at the last training pass.
 */
public final class Maxout extends EngineLayer {
  private static final long serialVersionUID = 1L;

  private int units;
  private int pieces;

  /** For DL4J's JSON. */
  Maxout() {}

  public Maxout(int units, int pieces) {
    this.units = units;
    this.pieces = pieces;
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    return List.of();
  }

  @Override
  public long[] outputShape(long[] input) {
    return new long[] {units};
  }

  @Override
  public String describe() {
    return String.format("maxout %d %d", units, pieces);
  }

  @Override
  Operator operator(DataType type) {
    return Kernels.areOneDnn(type) ? new OneDnnMaxout(pieces) : new Computation(type);
  }

  private final class Computation extends HostOperator {
    private int[] chosen = new int[0];
    private double[] in = new double[0];
    private double[] out = new double[0];

    Computation(DataType type) {
      super(type);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      int n = (int) x.size(0);
      in = read(x, in);
      out = sized(out, n * units);
      if (pass == Pass.TANGENT) {
        for (int i = 0; i < n * units; i++) out[i] = in[chosen[i]];
        return written("tangent", out, n, units);
      }
      if (chosen.length < n * units) chosen = new int[n * units];
      for (int i = 0; i < n; i++) choose(i);
      return written("output", out, n, units);
    }

    /** The largest pieces of image i. */
    private void choose(int i) {
      int first = i * pieces * units;
      for (int u = 0; u < units; u++) {
        int best = first + u;
        for (int at = best + units; at < first + pieces * units; at += units) {
          if (in[at] > in[best]) best = at;
        }
        chosen[i * units + u] = best;
        out[i * units + u] = in[best];
      }
    }

    @Override
    boolean hasCurvature() {
      return true;
    }

    @Override
    INDArray forwardAlong(INDArray moved, Map<String, INDArray> direction) {
      return forward(moved, Pass.TANGENT);
    }

    @Override
    INDArray[] backwardAlong(INDArray along, INDArray e, Map<String, INDArray> direction) {
      return new INDArray[] {spread("along", along), spread("error", e)};
    }

    @Override
    INDArray backward(INDArray error, Pass pass, boolean wantInput, boolean wantWeights) {
      return spread("error", error);
    }

    /** Errors at the pieces that were chosen. */
    private INDArray spread(String name, INDArray error) {
      int n = (int) error.size(0);
      out = read(error, out);
      in = sized(in, n * units * pieces);
      Arrays.fill(in, 0, n * units * pieces, 0);
      for (int i = 0; i < n * units; i++) in[chosen[i]] = out[i];
      return written(name, in, n, units * pieces);
    }
  }
}
