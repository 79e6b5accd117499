package org.lookalike.nn.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.binary;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.global.dnnl.algorithm;

/** Adds one tensor to another, of its shape or with sizes of 1 that are repeated. */
public final class SumKernels {
  private final TensorPool pool;
  private final Map<Layout, Kernel> linear = new HashMap<>();
  private final Map<Layout, Kernel> rectified = new HashMap<>();

  /**
   * @param pool where results are kept
   */
  public SumKernels(TensorPool pool) {
    this.pool = pool;
  }

  /**
   * {@code rectifier(x + other)}, laid out as {@code x} is.
   *
   * @param other of the same shape
   * @param rectifier always the same one; {@code null} for none
   */
  public Tensor add(String name, Tensor x, Tensor other, ActivationKernels rectifier) {
    Tensor y = pool.like(name, x);
    add(x, pool.as("other", other, x), y, rectifier);
    return y;
  }

  /**
   * Writes {@code y = rectifier(x + other)}.
   *
   * @param other laid out the same way for all {@code x} of one layout
   * @param y laid out as {@code x} is; may be it
   */
  void add(Tensor x, Tensor other, Tensor y, ActivationKernels rectifier) {
    Layout layout = x.layout();
    // oneDNN 2.5 leaves the rectifier out where channels do not fill the last block.
    boolean fused = rectifier != null && !layout.isPadded();
    double slope = fused ? rectifier.slope() : ConvolutionKernels.LINEAR;
    (fused ? rectified : linear)
        .computeIfAbsent(layout, k -> kernel(k, other.layout(), slope))
        .with(dnnl.DNNL_ARG_SRC_0, x)
        .with(dnnl.DNNL_ARG_SRC_1, other)
        .with(dnnl.DNNL_ARG_DST, y)
        .run();
    if (rectifier != null && !fused) rectifier.inPlace(y);
  }

  private static Kernel kernel(Layout layout, Layout other, double slope) {
    return new Kernel(
        new binary(
            new binary.primitive_desc(
                new binary.desc(
                    algorithm.binary_add,
                    layout.description(),
                    other.description(),
                    layout.description()),
                ConvolutionKernels.rectified(slope),
                OneDnn.engine())));
  }
}
