package org.lookalike.nn;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The comparison in minibatch discrimination (Salimans et al. 2016): of {@code [batch, kernels *
 * dimensions]}, row i of kernel b gives the mean over the other images j of its segment of {@code
 * exp(-|M_ib - M_jb|_1)}, {@code [batch, kernels]}. The paper has the sum: of alike images, as all
 * are at first, that is the batch size, and the logit starts far off. The tensor T is the dense
 * layer before it. In tangent mode the output is constant.
 */
public final class SampleDistances extends EngineLayer {
  private static final long serialVersionUID = 1L;

  /** Beyond that distance two images are not near at all in float. */
  private static final double FAR = 30;

  private int kernels;
  private int dimensions;

  /** For DL4J's JSON. */
  SampleDistances() {}

  public SampleDistances(int kernels, int dimensions) {
    this.kernels = kernels;
    this.dimensions = dimensions;
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    return List.of();
  }

  @Override
  public long[] outputShape(long[] input) {
    return new long[] {kernels};
  }

  @Override
  boolean comparesImages() {
    return true;
  }

  @Override
  public String describe() {
    return String.format("distances %d %d", kernels, dimensions);
  }

  @Override
  Operator operator(DataType type) {
    return new Computation(type);
  }

  private final class Computation extends HostOperator {
    private double[] rows = new double[0];
    private double[] nearness = new double[0];
    private double[] errors = new double[0];

    /** Nearness of each pair of images in each kernel, as the last pass found it. */
    private double[] pairs = new double[0];

    Computation(DataType type) {
      super(type);
    }

    /** Where the dimensions of kernel b of image i begin. */
    private int at(int i, int b) {
      return (i * kernels + b) * dimensions;
    }

    private double near(int i, int j, int b) {
      double distance = 0;
      int p = at(i, b);
      int q = at(j, b);
      for (int d = 0; d < dimensions; d++) distance += Math.abs(rows[p + d] - rows[q + d]);
      return distance > FAR ? 0 : Math.exp(-distance);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      int n = (int) x.size(0);
      nearness = sized(nearness, n * kernels);
      Arrays.fill(nearness, 0, n * kernels, 0);
      if (pass == Pass.TANGENT) return written("tangent", nearness, n, kernels);
      if (!isComparing()) return written("output", nearness, n, kernels);
      rows = read(x, rows);
      int part = n / segments();
      // Only gradients need them, and of thousands of points there are many.
      boolean kept = pass == Pass.TRAIN;
      if (kept) pairs = sized(pairs, n * (part - 1) / 2 * kernels);
      int pair = 0;
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < (i / part + 1) * part; j++) {
          for (int b = 0; b < kernels; b++) {
            double near = near(i, j, b) / (part - 1);
            if (kept) pairs[pair++] = near;
            nearness[i * kernels + b] += near;
            nearness[j * kernels + b] += near;
          }
        }
      }
      return written("output", nearness, n, kernels);
    }

    @Override
    INDArray backward(INDArray error, Pass pass, boolean wantInput, boolean wantWeights) {
      int n = (int) error.size(0);
      errors = read(error, errors);
      double[] dx = new double[n * kernels * dimensions];
      if (pass != Pass.TRAIN || !isComparing()) {
        return written("error", dx, n, kernels * dimensions);
      }
      int part = n / segments();
      int pair = 0;
      for (int i = 0; i < n; i++) {
        for (int j = i + 1; j < (i / part + 1) * part; j++) {
          for (int b = 0; b < kernels; b++) {
            double near = pairs[pair++];
            if (near == 0) continue;
            double pull = near * (errors[i * kernels + b] + errors[j * kernels + b]);
            int p = at(i, b);
            int q = at(j, b);
            for (int d = 0; d < dimensions; d++) {
              double slope = pull * Math.signum(rows[p + d] - rows[q + d]);
              dx[p + d] -= slope;
              dx[q + d] += slope;
            }
          }
        }
      }
      return written("error", dx, n, kernels * dimensions);
    }
  }
}
