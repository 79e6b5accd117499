package org.lookalike.nn.onednn;

import java.util.HashMap;
import java.util.Map;
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
  private final SumKernels sums;
  private final Map<Layout, Plan> plans = new HashMap<>();

  /**
   * @param pool where results are kept
   */
  public ShiftKernels(TensorPool pool) {
    this.pool = pool;
    sums = new SumKernels(pool);
  }

  /** How images of one layout are shifted and summed, made once. */
  private static final class Plan {
    /** One value a channel of each image. */
    final Layout shift;

    // oneDNN is fast where each channel has its value, so all images' channels become one image's.
    final Layout mergedImages;
    final Layout mergedShift;
    final Kernel mean;

    Plan(Layout images) {
      shift = images.perImage();
      mergedImages = images.merged();
      mergedShift = shift.merged();
      long[] window = {images.shape()[2], images.shape()[3]};
      mean =
          new Kernel(
              new pooling_forward(
                  new pooling_forward.primitive_desc(
                      new pooling_forward.desc(
                          prop_kind.forward_inference,
                          algorithm.pooling_avg_exclude_padding,
                          images.description(),
                          shift.description(),
                          window,
                          window,
                          NONE,
                          NONE),
                      OneDnn.engine())));
    }
  }

  private Plan plan(Tensor images) {
    return plans.computeIfAbsent(images.layout(), Plan::new);
  }

  /**
   * {@code rectifier(x + shift)}, laid out as {@code x} is.
   *
   * @param x {@code [n, channels, h, w]}
   * @param shift {@code [n, channels, 1, 1]}
   * @param rectifier always the same one; {@code null} for none
   */
  public Tensor add(String name, Tensor x, Tensor shift, ActivationKernels rectifier) {
    Plan plan = plan(x);
    Tensor y = pool.like(name, x);
    Tensor repeated = pool.convert("shift", shift, plan.shift).as(plan.mergedShift);
    sums.add(x.as(plan.mergedImages), repeated, y.as(plan.mergedImages), rectifier);
    return y;
  }

  /**
   * Sums over pixels.
   *
   * @param x {@code [n, channels, h, w]}
   * @return plain, {@code [n, channels, 1, 1]}
   */
  public Tensor sum(String name, Tensor x) {
    Plan plan = plan(x);
    Tensor mean = pool.get("mean", plan.shift);
    plan.mean.with(dnnl.DNNL_ARG_SRC, x).with(dnnl.DNNL_ARG_DST, mean).run();
    long[] shape = x.shape();
    Tensor result = pool.plain(name, shape[0], shape[1], 1, 1);
    pool.copy(mean, result);
    result.values().muli(shape[2] * shape[3]);
    return result;
  }
}
