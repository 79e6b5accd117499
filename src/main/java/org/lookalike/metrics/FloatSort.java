package org.lookalike.metrics;

/**
 * Sorts floats by their bits, eleven at a time: for a hundred thousand several times as fast as
 * comparing them. Holds room for one length; not safe for several threads.
 */
final class FloatSort {
  private static final int BITS = 11;
  private static final int BUCKETS = 1 << BITS;
  private static final int PASSES = 3;

  private final int[] keys;
  private final int[] moved;

  FloatSort(int length) {
    keys = new int[length];
    moved = new int[length];
  }

  /**
   * From the lowest to the highest, as {@link java.util.Arrays#sort(float[])} orders them.
   *
   * @param values as many as there is room for
   */
  void sort(float[] values) {
    int[][] starts = new int[PASSES][BUCKETS];
    for (int i = 0; i < values.length; i++) {
      int key = key(Float.floatToIntBits(values[i]));
      keys[i] = key;
      for (int pass = 0; pass < PASSES; pass++) starts[pass][bucket(key, pass)]++;
    }
    int[] from = keys;
    int[] to = moved;
    for (int pass = 0; pass < PASSES; pass++) {
      move(from, to, starts[pass], pass);
      int[] free = from;
      from = to;
      to = free;
    }
    for (int i = 0; i < values.length; i++) values[i] = Float.intBitsToFloat(bits(from[i]));
  }

  private static void move(int[] from, int[] to, int[] counts, int pass) {
    int start = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      int count = counts[bucket];
      counts[bucket] = start;
      start += count;
    }
    for (int key : from) to[counts[bucket(key, pass)]++] = key;
  }

  private static int bucket(int key, int pass) {
    return key >>> pass * BITS & BUCKETS - 1;
  }

  /** Without sign, in the order of the floats: negative ones have all bits turned. */
  private static int key(int bits) {
    return bits < 0 ? ~bits : bits ^ Integer.MIN_VALUE;
  }

  private static int bits(int key) {
    return key < 0 ? key ^ Integer.MIN_VALUE : ~key;
  }
}
