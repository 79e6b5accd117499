package org.lookalike.nn.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.eltwise_backward;
import org.bytedeco.dnnl.eltwise_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;

/** An activation function, in any layout. Its slopes are read from its output. */
public final class ActivationKernels {
  private final algorithm function;
  private final float slope;
  private final TensorPool pool;
  private final Map<Layout, Kernel> forward = new HashMap<>();
  private final Map<Layout, Kernel> backward = new HashMap<>();

  private ActivationKernels(algorithm function, double slope, TensorPool pool) {
    this.function = function;
    this.slope = (float) slope;
    this.pool = pool;
  }

  /**
   * @param slope below zero, at least 0
   */
  public static ActivationKernels rectifier(double slope, TensorPool pool) {
    return new ActivationKernels(algorithm.eltwise_relu_use_dst_for_bwd, slope, pool);
  }

  public static ActivationKernels tanh(TensorPool pool) {
    return new ActivationKernels(algorithm.eltwise_tanh_use_dst_for_bwd, 0, pool);
  }

  /** Of a rectifier, below zero. */
  double slope() {
    return slope;
  }

  private eltwise_forward.primitive_desc describe(Layout layout) {
    return new eltwise_forward.primitive_desc(
        new eltwise_forward.desc(
            prop_kind.forward_training, function, layout.description(), slope, 0f),
        OneDnn.engine());
  }

  /**
   * @param name of the result in the pool
   */
  public Tensor forward(String name, Tensor x) {
    Tensor y = pool.like(name, x);
    run(x, y);
    return y;
  }

  /** Replaces {@code x} by the function of it. */
  public void inPlace(Tensor x) {
    run(x, x);
  }

  private void run(Tensor x, Tensor y) {
    forward
        .computeIfAbsent(x.layout(), k -> new Kernel(new eltwise_forward(describe(k))))
        .with(dnnl.DNNL_ARG_SRC, x)
        .with(dnnl.DNNL_ARG_DST, y)
        .run();
  }

  /**
   * {@code error} times the slopes.
   *
   * @param y the output of {@link #forward}
   */
  public Tensor backward(String name, Tensor y, Tensor error) {
    Layout layout = y.layout();
    Tensor result = pool.get(name, layout);
    backward
        .computeIfAbsent(layout, this::backwardKernel)
        .with(dnnl.DNNL_ARG_DST, y)
        .with(dnnl.DNNL_ARG_DIFF_DST, pool.convert("activation error", error, layout))
        .with(dnnl.DNNL_ARG_DIFF_SRC, result)
        .run();
    return result;
  }

  private Kernel backwardKernel(Layout layout) {
    return new Kernel(
        new eltwise_backward(
            new eltwise_backward.primitive_desc(
                new eltwise_backward.desc(
                    function, layout.description(), layout.description(), slope, 0f),
                OneDnn.engine(),
                describe(layout))));
  }
}
