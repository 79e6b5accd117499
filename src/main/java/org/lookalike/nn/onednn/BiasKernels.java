package org.lookalike.nn.onednn;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * A bias per channel, for transposed convolutions, to which oneDNN adds none at speed. Its gradient
 * is taken as the shift's of a normalisation with mean 0 and variance 1, the fast way to sum per
 * channel in a blocked layout (0.1 ms a million floats; the reduction primitive takes 7.5).
 */
public final class BiasKernels {
  private final TensorPool pool;
  private final NormalisationKernels sums = new NormalisationKernels(0);
  private final SumKernels additions;

  /**
   * @param pool where copies are kept
   */
  public BiasKernels(TensorPool pool) {
    this.pool = pool;
    additions = new SumKernels(pool);
  }

  /**
   * Adds {@code [channels]} to {@code y}, which changes, then a rectifier.
   *
   * @param rectifier always the same one; {@code null} for none
   * @return {@code y}, or where there is one channel in a block of many another tensor
   */
  public Tensor add(Tensor y, INDArray bias, ActivationKernels rectifier) {
    Tensor plain = Tensor.of(bias.reshape('c', 1, bias.length(), 1, 1));
    // oneDNN 2.5 takes a single value for a scalar, which it does not add in place to a block with
    // unused channels.
    boolean elsewhere = bias.length() == 1 && y.layout().isPadded();
    Tensor sum = elsewhere ? pool.like("biased", y) : y;
    additions.add(y, pool.convert("bias", plain, y.layout().perChannel()), sum, rectifier);
    return sum;
  }

  /** Sums over images and pixels into {@code [channels]}. */
  public void sum(Tensor error, INDArray gradient) {
    long channels = error.size(1);
    Layout vector = Layout.plain(channels);
    Tensor mean = pool.get("zeros", vector);
    Tensor variance = pool.get("ones", vector);
    variance.values().assign(1);
    Tensor scaleShift = pool.get("unit", Layout.plain(2, channels));
    scaleShift.values().getRow(0).assign(1);
    Tensor both = pool.get("scale and shift", Layout.plain(2, channels));
    Tensor unused = pool.like("unused", error);
    sums.backward(error, mean, variance, scaleShift, true, error, unused, both);
    gradient.assign(both.values().get(NDArrayIndex.point(1), NDArrayIndex.all()));
  }
}
