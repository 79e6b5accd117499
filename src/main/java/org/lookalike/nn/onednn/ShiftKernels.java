package org.lookalike.nn.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.pooling_forward;

/**
 * Adds a value of its own to all pixels of each channel of each image, and sums over those pixels:
 * either is the other's adjoint. For channels in planes and in blocks.
 */
public final class ShiftKernels {
  private static final long[] NONE = {0, 0};

  private final TensorPool pool;
  private final Map<Layout, Kernel> add = new HashMap<>();
  private final Map<Layout, Mean> means = new HashMap<>();

  /**
   * @param pool where results are kept
   */
  public ShiftKernels(TensorPool pool) {
    this.pool = pool;
  }

  /** How to take means over all pixels, and how the result lies. */
  private static final class Mean {
    Layout small;
    Kernel kernel;
  }

  /**
   * {@code x + shift}, laid out as {@code x} is.
   *
   * @param x {@code [n, channels, h, w]}
   * @param shift {@code [n, channels, 1, 1]}
   */
  public Tensor add(String name, Tensor x, Tensor shift) {
    Layout layout = x.layout();
    Tensor y = pool.get(name, layout);
    // oneDNN is fast where each channel has its value, so all images' channels become one image's.
    Layout large = layout.merged();
    Layout small = layout.perImage();
    add.computeIfAbsent(layout, k -> addKernel(large, small.merged()))
        .with(dnnl.DNNL_ARG_SRC_0, x.as(large))
        .with(dnnl.DNNL_ARG_SRC_1, pool.convert("shift", shift, small).as(small.merged()))
        .with(dnnl.DNNL_ARG_DST, y.as(large))
        .run();
    return y;
  }

  private static Kernel addKernel(Layout large, Layout small) {
    return new Kernel(
        new binary(
            new binary.primitive_desc(
                new binary.desc(
                    algorithm.binary_add,
                    large.description(),
                    small.description(),
                    large.description()),
                OneDnn.engine())));
  }

  /**
   * Sums over pixels.
   *
   * @param x {@code [n, channels, h, w]}
   * @return plain, {@code [n, channels, 1, 1]}
   */
  public Tensor sum(String name, Tensor x) {
    Mean mean = means.computeIfAbsent(x.layout(), ShiftKernels::mean);
    Tensor y = pool.get("mean", mean.small);
    mean.kernel.with(dnnl.DNNL_ARG_SRC, x).with(dnnl.DNNL_ARG_DST, y).run();
    long[] shape = x.shape();
    Tensor result = pool.plain(name, shape[0], shape[1], 1, 1);
    pool.copy(y, result);
    result.values().muli(shape[2] * shape[3]);
    return result;
  }

  private static Mean mean(Layout layout) {
    long[] shape = layout.shape();
    long[] window = {shape[2], shape[3]};
    Mean mean = new Mean();
    mean.small = layout.perImage();
    mean.kernel =
        new Kernel(
            new pooling_forward(
                new pooling_forward.primitive_desc(
                    new pooling_forward.desc(
                        prop_kind.forward_inference,
                        algorithm.pooling_avg_exclude_padding,
                        layout.description(),
                        mean.small.description(),
                        window,
                        window,
                        NONE,
                        NONE),
                    OneDnn.engine())));
    return mean;
  }
}
