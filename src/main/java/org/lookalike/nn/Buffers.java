package org.lookalike.nn;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays made once per name and shape and kept, outside all workspaces. Allocating 8 MB costs ND4J
 * more than a pass over them, hence this.
 */
final class Buffers {
  private final DataType type;
  private final Map<String, INDArray> kept = new HashMap<>();

  Buffers(DataType type) {
    this.type = type;
  }

  /** The buffer of that name and shape; its contents are whatever was left in it. */
  INDArray get(String name, long... shape) {
    String key = name + Arrays.toString(shape);
    INDArray buffer = kept.get(key);
    if (buffer == null) {
      try (MemoryWorkspace none = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
        buffer = Nd4j.create(type, shape, 'c');
      }
      kept.put(key, buffer);
    }
    return buffer;
  }

  DataType type() {
    return type;
  }

  /** Bytes held. */
  long bytes() {
    long sum = 0;
    for (INDArray buffer : kept.values()) sum += buffer.length() * type.width();
    return sum;
  }

  void release() {
    for (INDArray buffer : kept.values()) buffer.close();
    kept.clear();
  }
}
