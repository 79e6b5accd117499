package org.lookalike.train;

import java.nio.ByteBuffer;

/**
 * Weights in a byte each: blocks of {@value #BLOCK} values in 254 steps from minus to plus the
 * block's largest. A value comes back within 1/254 of that.
 */
final class CompactFloats {
  private static final int BLOCK = 64;
  private static final int STEPS = Byte.MAX_VALUE;

  private CompactFloats() {}

  /**
   * @param values finite
   */
  static byte[] pack(float[] values) {
    int blocks = (values.length + BLOCK - 1) / BLOCK;
    ByteBuffer packed = ByteBuffer.allocate(blocks * Float.BYTES + values.length);
    for (int first = 0; first < values.length; first += BLOCK) {
      int end = Math.min(values.length, first + BLOCK);
      float largest = 0;
      for (int i = first; i < end; i++) largest = Math.max(largest, Math.abs(values[i]));
      packed.putFloat(largest);
      for (int i = first; i < end; i++) {
        packed.put((byte) (largest == 0 ? 0 : Math.round(values[i] / largest * STEPS)));
      }
    }
    return packed.array();
  }

  /**
   * @param packed what {@link #pack} made of {@code length} values
   */
  static float[] unpack(byte[] packed, int length) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    float[] values = new float[length];
    for (int first = 0; first < length; first += BLOCK) {
      float step = bytes.getFloat() / STEPS;
      int end = Math.min(length, first + BLOCK);
      for (int i = first; i < end; i++) values[i] = bytes.get() * step;
    }
    if (bytes.hasRemaining()) throw new IllegalArgumentException("Not so many values");
    return values;
  }
}
