package org.lookalike.nn;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Minibatch standard deviation (Karras 2018): appends one channel that holds, for each group of up
 * to four consecutive images, the mean over all features of the standard deviation within the
 * group. Lets D see that samples resemble each other. In tangent mode that channel is constant.
 */
public final class MinibatchDeviation extends EngineLayer {
  private static final long serialVersionUID = 1L;

  private static final int LARGEST_GROUP = 4;
  static final double EPSILON = 1e-8;

  /** Also for DL4J's JSON. */
  public MinibatchDeviation() {}

  @Override
  List<ParameterSpec> parameterSpecs() {
    return List.of();
  }

  @Override
  public long[] outputShape(long[] input) {
    return new long[] {input[0] + 1, input[1], input[2]};
  }

  @Override
  boolean comparesImages() {
    return true;
  }

  @Override
  public String describe() {
    return "deviation";
  }

  /** The largest group size up to four that divides a segment of the batch. */
  static int group(long batch, int segments) {
    int part = (int) (batch / segments);
    int group = Math.min(LARGEST_GROUP, part);
    while (part % group != 0) group--;
    return group;
  }

  @Override
  Operator operator(DataType type) {
    return Kernels.areOneDnn(type) ? new HostMinibatchDeviation() : new Computation(type);
  }

  private static final class Computation extends PlainOperator {
    private INDArray input;
    private INDArray mean;
    private INDArray deviation;

    Computation(DataType type) {
      super(type);
    }

    /** View {@code [groups, features]} of the i-th image of each group. */
    private static INDArray member(INDArray x, int group, int i) {
      long groups = x.size(0) / group;
      long features = x.length() / x.size(0);
      return x.reshape(groups, group, features)
          .get(NDArrayIndex.all(), NDArrayIndex.point(i), NDArrayIndex.all());
    }

    private static INDArray features(INDArray y) {
      return channels(y, 0, y.size(1) - 1);
    }

    private static INDArray channels(INDArray y, long from, long to) {
      INDArrayIndex all = NDArrayIndex.all();
      return y.get(all, NDArrayIndex.interval(from, to), all, all);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      long n = x.size(0);
      long c = x.size(1);
      INDArray y =
          buffers.get(pass == Pass.TANGENT ? "tangent" : "output", n, c + 1, x.size(2), x.size(3));
      features(y).assign(x);
      if (pass != Pass.TANGENT) input = x;
      if (pass == Pass.TANGENT || !isComparing()) {
        channels(y, c, c + 1).assign(0);
        return y;
      }
      int group = group(n, segments());
      long groups = n / group;
      long length = x.length() / n;
      mean = buffers.get("mean", groups, length);
      deviation = buffers.get("deviation", groups, length);
      INDArray difference = buffers.get("difference", groups, length);
      mean.assign(0);
      for (int i = 0; i < group; i++) mean.addi(member(x, group, i));
      mean.divi(group);
      deviation.assign(0);
      for (int i = 0; i < group; i++) {
        member(x, group, i).sub(mean, difference);
        deviation.addi(difference.muli(difference));
      }
      deviation.divi(group).addi(EPSILON);
      Transforms.sqrt(deviation, false);
      double[] statistic = deviation.mean(1).toDoubleVector();
      int pixels = (int) (x.size(2) * x.size(3));
      double[] plane = new double[(int) n * pixels];
      for (int p = 0; p < plane.length; p++) plane[p] = statistic[p / pixels / group];
      INDArray appended = Nd4j.createFromArray(plane).castTo(y.dataType());
      channels(y, c, c + 1).assign(appended.reshape(n, 1, x.size(2), x.size(3)));
      return y;
    }

    @Override
    INDArray backward(INDArray e, Pass pass, boolean wantInput, boolean wantWeights) {
      INDArray dx = buffers.get("error", input.shape());
      dx.assign(features(e));
      if (pass != Pass.TRAIN || !isComparing()) return dx;
      long n = input.size(0);
      long c = input.size(1);
      int group = group(n, segments());
      long groups = n / group;
      long length = input.length() / n;
      INDArray factor = buffers.get("factor", groups, length);
      INDArray difference = buffers.get("difference", groups, length);
      factor.assign(1).divi(deviation);
      double[] perImage = channels(e, c, c + 1).sum(1, 2, 3).toDoubleVector();
      for (int g = 0; g < groups; g++) {
        double sum = 0;
        for (int i = 0; i < group; i++) sum += perImage[g * group + i];
        factor.getRow(g).muli(sum / (length * (double) group));
      }
      for (int i = 0; i < group; i++) {
        member(input, group, i).sub(mean, difference);
        member(dx, group, i).addi(difference.muli(factor));
      }
      return dx;
    }
  }
}
