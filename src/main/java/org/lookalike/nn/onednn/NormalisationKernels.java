package org.lookalike.nn.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.batch_normalization_backward;
import org.bytedeco.dnnl.batch_normalization_forward;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.normalization_flags;
import org.bytedeco.dnnl.global.dnnl.prop_kind;

/**
 * {@code scale (x - mean) / sqrt(variance + epsilon) + shift} per channel, with the batch's own or
 * given statistics, and its adjoints. Scale and shift are one array {@code [2, channels]}.
 */
public final class NormalisationKernels {
  private final float epsilon;
  private final Map<Layout, Kernel> batchForward = new HashMap<>();
  private final Map<Layout, Kernel> givenForward = new HashMap<>();
  private final Map<Layout, Kernel> rectified = new HashMap<>();
  private final Map<Layout, Kernel> batchBackward = new HashMap<>();
  private final Map<Layout, Kernel> givenBackward = new HashMap<>();

  public NormalisationKernels(double epsilon) {
    this.epsilon = (float) epsilon;
  }

  /** With given statistics and a rectifier of slope 0, in one pass; there is no way back. */
  public void inferRectified(Tensor x, Tensor mean, Tensor variance, Tensor scaleShift, Tensor y) {
    rectified
        .computeIfAbsent(x.layout(), this::rectifiedKernel)
        .with(dnnl.DNNL_ARG_SRC, x)
        .with(dnnl.DNNL_ARG_MEAN, mean)
        .with(dnnl.DNNL_ARG_VARIANCE, variance)
        .with(dnnl.DNNL_ARG_SCALE_SHIFT, scaleShift)
        .with(dnnl.DNNL_ARG_DST, y)
        .run();
  }

  private Kernel rectifiedKernel(Layout layout) {
    int flags = flags(true) | normalization_flags.fuse_norm_relu.value;
    return new Kernel(
        new batch_normalization_forward(
            new batch_normalization_forward.primitive_desc(
                new batch_normalization_forward.desc(
                    prop_kind.forward_inference.value, layout.description(), epsilon, flags),
                OneDnn.engine())));
  }

  private batch_normalization_forward.primitive_desc describe(Layout layout, boolean given) {
    return new batch_normalization_forward.primitive_desc(
        new batch_normalization_forward.desc(
            prop_kind.forward_training.value, layout.description(), epsilon, flags(given)),
        OneDnn.engine());
  }

  private static int flags(boolean given) {
    int scaled = normalization_flags.use_scale_shift.value;
    return given ? scaled | normalization_flags.use_global_stats.value : scaled;
  }

  /**
   * Writes {@code y}, of the layout of {@code x}.
   *
   * @param given whether mean and variance are read; else they are the batch's and written
   */
  public void forward(
      Tensor x, Tensor mean, Tensor variance, Tensor scaleShift, boolean given, Tensor y) {
    (given ? givenForward : batchForward)
        .computeIfAbsent(
            x.layout(), k -> new Kernel(new batch_normalization_forward(describe(k, given))))
        .with(dnnl.DNNL_ARG_SRC, x)
        .with(dnnl.DNNL_ARG_MEAN, mean)
        .with(dnnl.DNNL_ARG_VARIANCE, variance)
        .with(dnnl.DNNL_ARG_SCALE_SHIFT, scaleShift)
        .with(dnnl.DNNL_ARG_DST, y)
        .run();
  }

  /**
   * Writes {@code dx} and the gradient of scale and shift.
   *
   * @param given whether the statistics are constants
   */
  public void backward(
      Tensor x,
      Tensor mean,
      Tensor variance,
      Tensor scaleShift,
      boolean given,
      Tensor error,
      Tensor dx,
      Tensor gradient) {
    (given ? givenBackward : batchBackward)
        .computeIfAbsent(x.layout(), k -> backwardKernel(k, given))
        .with(dnnl.DNNL_ARG_SRC, x)
        .with(dnnl.DNNL_ARG_MEAN, mean)
        .with(dnnl.DNNL_ARG_VARIANCE, variance)
        .with(dnnl.DNNL_ARG_SCALE_SHIFT, scaleShift)
        .with(dnnl.DNNL_ARG_DIFF_DST, error)
        .with(dnnl.DNNL_ARG_DIFF_SRC, dx)
        .with(dnnl.DNNL_ARG_DIFF_SCALE_SHIFT, gradient)
        .run();
  }

  private Kernel backwardKernel(Layout layout, boolean given) {
    return new Kernel(
        new batch_normalization_backward(
            new batch_normalization_backward.primitive_desc(
                new batch_normalization_backward.desc(
                    prop_kind.backward.value,
                    layout.description(),
                    layout.description(),
                    epsilon,
                    flags(given)),
                OneDnn.engine(),
                describe(layout, given))));
  }
}
