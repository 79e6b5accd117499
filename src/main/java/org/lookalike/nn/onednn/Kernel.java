package org.lookalike.nn.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.IntMemoryMap;
import org.bytedeco.dnnl.primitive;

/** A primitive and what it was last run on. */
final class Kernel {
  private final primitive primitive;
  private final IntMemoryMap arguments = new IntMemoryMap();

  /** Keeps the tensors alive, and spares handing over what has not changed. */
  private final Map<Integer, Tensor> bound = new HashMap<>();

  Kernel(primitive primitive) {
    this.primitive = primitive;
  }

  Kernel with(int argument, Tensor tensor) {
    if (bound.put(argument, tensor) != tensor) arguments.put(argument, tensor.memory());
    return this;
  }

  void run() {
    primitive.execute(OneDnn.stream(), arguments);
  }
}
