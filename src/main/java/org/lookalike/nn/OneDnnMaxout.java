package org.lookalike.nn;

import java.util.Arrays;
import java.util.Map;
import org.lookalike.nn.onednn.PoolingKernels;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;

/** {@link Maxout} by oneDNN's max pooling. */
final class OneDnnMaxout extends Operator {
  private final int pieces;
  private final PoolingKernels kernels;
  private float[] ones = new float[0];
  private float[] mask = new float[0];
  private float[] moved = new float[0];
  private Tensor output;

  OneDnnMaxout(int pieces) {
    this.pieces = pieces;
    kernels = new PoolingKernels(pieces, pool);
  }

  @Override
  Tensor forward(Tensor x, Pass pass) {
    if (pass == Pass.TANGENT) return chosen("tangent", x);
    output = kernels.forward("output", Tensor.of(pool.plain("plain input", x)));
    return output;
  }

  /** The values of {@code x} at the pieces that were chosen: pooling knows only the way back. */
  private Tensor chosen(String name, Tensor x) {
    Tensor result = pool.plain(name, output.shape());
    int n = (int) result.size(0);
    int units = (int) result.size(1);
    if (ones.length < n * units) {
      ones = new float[n * units];
      Arrays.fill(ones, 1);
    }
    Tensor one = pool.plain("ones", n, units);
    HostCopy.write(ones, one.values());
    int all = n * units * pieces;
    if (mask.length < all) {
      mask = new float[all];
      moved = new float[all];
    }
    HostCopy.read(kernels.backward("mask", one).values(), mask);
    HostCopy.read(pool.plain("plain direction", x), moved);
    float[] sums = new float[n * units];
    for (int i = 0; i < n; i++) {
      for (int at = 0; at < pieces * units; at++) {
        int from = i * pieces * units + at;
        sums[i * units + at % units] += mask[from] * moved[from];
      }
    }
    HostCopy.write(sums, result.values());
    return result;
  }

  @Override
  Tensor backward(Tensor error, Pass pass, boolean wantInput, boolean wantWeights) {
    return kernels.backward("error", Tensor.of(pool.plain("plain error", error)));
  }

  @Override
  boolean hasCurvature() {
    return true;
  }

  @Override
  INDArray forwardAlong(INDArray x, Map<String, INDArray> direction) {
    return chosen("moved", Tensor.of(x)).values();
  }

  @Override
  INDArray[] backwardAlong(INDArray along, INDArray e, Map<String, INDArray> direction) {
    Tensor first = kernels.backward("along", Tensor.of(along));
    return new INDArray[] {first.values(), kernels.backward("bent error", Tensor.of(e)).values()};
  }
}
