package org.lookalike.nn.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.dnnl.reorder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Tensors made once per name and layout and kept, and conversions between layouts. */
public final class TensorPool {
  private final Map<String, Map<Layout, Tensor>> kept = new HashMap<>();
  private final Map<Layout, Map<Layout, Kernel>> reorders = new HashMap<>();
  private long operands;

  /** The tensor of that name and layout; its values are whatever was left in it. */
  Tensor get(String name, Layout layout) {
    Map<Layout, Tensor> sameName = kept.computeIfAbsent(name, k -> new HashMap<>());
    Tensor tensor = sameName.get(layout);
    if (tensor == null) {
      long[] shape = layout.isPlain() ? layout.shape() : new long[] {layout.floats()};
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        tensor = Tensor.of(Nd4j.create(DataType.FLOAT, shape, 'c'), layout);
      }
      sameName.put(layout, tensor);
    }
    return tensor;
  }

  /** {@code tensor} with the values it has now. */
  public Operand operand(Tensor tensor) {
    return new Operand(tensor, ++operands);
  }

  /** {@code tensor} itself if it has that layout, else a copy under {@code name}. */
  Tensor convert(String name, Tensor tensor, Layout wanted) {
    return convert(name, tensor, tensor.version(), wanted);
  }

  /**
   * The same for an operand.
   *
   * @param name under which there are copies of operands alone
   */
  Tensor convert(String name, Operand operand, Layout wanted) {
    return convert(name, operand.tensor(), operand.version(), wanted);
  }

  private Tensor convert(String name, Tensor tensor, long version, Layout wanted) {
    if (tensor.layout() == wanted) return tensor;
    Tensor copy = get(name, wanted);
    if (version == 0 || version != copy.version()) {
      copy(tensor, copy);
      copy.setVersion(version);
    }
    return copy;
  }

  /** {@code tensor} itself if it lies as {@code model} does, else a copy under {@code name}. */
  public Tensor as(String name, Tensor tensor, Tensor model) {
    return tensor.isLike(model) ? tensor : convert(name, tensor, model.layout());
  }

  /** Copies values from one layout to another. */
  void copy(Tensor from, Tensor to) {
    Kernel kernel =
        reorders
            .computeIfAbsent(from.layout(), k -> new HashMap<>())
            .computeIfAbsent(to.layout(), k -> new Kernel(new reorder(from.memory(), to.memory())));
    kernel.with(dnnl.DNNL_ARG_FROM, from).with(dnnl.DNNL_ARG_TO, to).run();
  }

  /** The tensor as ND4J knows it: itself if it is plain, else a copy under {@code name}. */
  public INDArray plain(String name, Tensor tensor) {
    if (tensor.isPlain()) return tensor.values();
    return convert(name, tensor, Layout.plain(tensor.shape())).values();
  }

  /** A tensor for the results of elementwise work on {@code model}. */
  public Tensor like(String name, Tensor model) {
    return get(name, model.layout());
  }

  /** The tensor with its channels in blocks, as most primitives are fast on. */
  public Tensor blocked(String name, Tensor tensor) {
    return tensor.isPlain() ? convert(name, tensor, Layout.preferred(tensor.shape())) : tensor;
  }

  /** A plain tensor of that name and shape. */
  public Tensor plain(String name, long... shape) {
    return get(name, Layout.plain(shape));
  }

  /** Bytes held. */
  public long bytes() {
    long sum = 0;
    for (Map<Layout, Tensor> sameName : kept.values()) {
      for (Layout layout : sameName.keySet()) sum += Float.BYTES * layout.floats();
    }
    return sum;
  }

  /** Gives all tensors back. */
  public void release() {
    for (Map<Layout, Tensor> sameName : kept.values()) {
      for (Tensor tensor : sameName.values()) tensor.values().close();
    }
    kept.clear();
    reorders.clear();
  }
}
