package org.lookalike.nn.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;
import org.bytedeco.dnnl.pooling_backward;
import org.bytedeco.dnnl.pooling_forward;

/**
 * The largest of several pieces, {@code [n, pieces * units]} to {@code [n, units]}: max pooling
 * along the height of images one pixel wide, with the units as channels in the innermost place.
 */
public final class PoolingKernels {
  private static final long[] NONE = {0, 0};

  private final TensorPool pool;
  private final int pieces;
  private final Map<Long, Step> steps = new HashMap<>();

  /**
   * @param pool where results are kept
   */
  public PoolingKernels(int pieces, TensorPool pool) {
    this.pieces = pieces;
    this.pool = pool;
  }

  /** Both directions for one number of rows. */
  private static final class Step {
    Layout large;
    Layout small;
    Layout chosen;
    Kernel forward;
    Kernel backward;
  }

  private Step step(long n, long units) {
    return steps.computeIfAbsent(n, k -> make(k, units));
  }

  private Step make(long n, long units) {
    long[] height = {pieces, 1};
    Step step = new Step();
    step.large = images(n, units, pieces);
    step.small = images(n, units, 1);
    pooling_forward.primitive_desc forward =
        new pooling_forward.primitive_desc(
            new pooling_forward.desc(
                prop_kind.forward_training,
                algorithm.pooling_max,
                step.large.description(),
                step.small.description(),
                height,
                height,
                NONE,
                NONE),
            OneDnn.engine());
    step.chosen = Layout.of(forward.workspace_desc(), n, units, 1, 1);
    step.forward = new Kernel(new pooling_forward(forward));
    step.backward =
        new Kernel(
            new pooling_backward(
                new pooling_backward.primitive_desc(
                    new pooling_backward.desc(
                        algorithm.pooling_max,
                        step.large.description(),
                        step.small.description(),
                        height,
                        height,
                        NONE,
                        NONE),
                    OneDnn.engine(),
                    forward)));
    return step;
  }

  private static Layout images(long n, long units, long height) {
    long[] shape = {n, units, height, 1};
    return Layout.of(new memory.desc(shape, memory.data_type.f32, memory.format_tag.acdb), shape);
  }

  /**
   * @param x plain, {@code [n, pieces * units]}
   */
  public Tensor forward(String name, Tensor x) {
    long n = x.size(0);
    long units = x.size(1) / pieces;
    Step step = step(n, units);
    Tensor y = pool.plain(name, n, units);
    step.forward
        .with(dnnl.DNNL_ARG_SRC, x.as(step.large))
        .with(dnnl.DNNL_ARG_DST, y.as(step.small))
        .with(dnnl.DNNL_ARG_WORKSPACE, pool.get("chosen", step.chosen))
        .run();
    return y;
  }

  /**
   * Errors at the pieces chosen in the last {@link #forward} of so many rows.
   *
   * @param error plain, {@code [n, units]}
   */
  public Tensor backward(String name, Tensor error) {
    long n = error.size(0);
    long units = error.size(1);
    Step step = step(n, units);
    Tensor dx = pool.plain(name, n, pieces * units);
    step.backward
        .with(dnnl.DNNL_ARG_DIFF_DST, error.as(step.small))
        .with(dnnl.DNNL_ARG_DIFF_SRC, dx.as(step.large))
        .with(dnnl.DNNL_ARG_WORKSPACE, pool.get("chosen", step.chosen))
        .run();
    return dx;
  }
}
