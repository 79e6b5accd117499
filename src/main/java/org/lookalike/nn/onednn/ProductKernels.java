package org.lookalike.nn.onednn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.matmul;

/**
 * Matrix products. ND4J's go to OpenBLAS, whose threads spin on after each product and take the
 * processor from OpenMP's.
 */
public final class ProductKernels {
  private final Map<List<Layout>, Kernel> kernels = new HashMap<>();

  /**
   * Writes {@code c = a b + bias}.
   *
   * @param a {@code [m, k]}, plain or {@link Tensor#transposed()}
   * @param b {@code [k, n]}, plain or transposed
   * @param bias {@code [1, n]}; {@code null} for none
   * @param c {@code [m, n]}
   */
  public void multiply(Tensor a, Tensor b, Tensor bias, Tensor c) {
    Layout added = bias == null ? null : bias.layout();
    Kernel kernel =
        kernels.computeIfAbsent(
            Arrays.asList(a.layout(), b.layout(), added, c.layout()), ProductKernels::kernel);
    if (bias != null) kernel.with(dnnl.DNNL_ARG_BIAS, bias);
    kernel
        .with(dnnl.DNNL_ARG_SRC, a)
        .with(dnnl.DNNL_ARG_WEIGHTS, b)
        .with(dnnl.DNNL_ARG_DST, c)
        .run();
  }

  private static Kernel kernel(List<Layout> parts) {
    Layout a = parts.get(0);
    Layout b = parts.get(1);
    Layout bias = parts.get(2);
    Layout c = parts.get(3);
    matmul.desc wanted =
        bias == null
            ? new matmul.desc(a.description(), b.description(), c.description())
            : new matmul.desc(
                a.description(), b.description(), bias.description(), c.description());
    return new Kernel(new matmul(new matmul.primitive_desc(wanted, OneDnn.engine())));
  }
}
