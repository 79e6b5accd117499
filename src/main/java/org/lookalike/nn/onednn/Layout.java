package org.lookalike.nn.onednn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.convolution_forward;
import org.bytedeco.dnnl.dnnl_blocking_desc_t;
import org.bytedeco.dnnl.global.dnnl.algorithm;
import org.bytedeco.dnnl.global.dnnl.prop_kind;
import org.bytedeco.dnnl.memory;

/**
 * How the values of a shape lie in memory. There is one object a layout, so {@code ==} compares.
 */
public final class Layout {
  private static final Map<String, List<Layout>> KNOWN = new HashMap<>();
  private static final Map<String, Layout> PLAIN = new HashMap<>();
  private static final Map<String, Layout> PREFERRED = new HashMap<>();

  private final long[] shape;
  private final memory.desc description;
  private final long floats;
  private final boolean plain;

  private Layout(long[] shape, memory.desc description) {
    this.shape = shape;
    this.description = description;
    floats = (description.get_size() + Float.BYTES - 1) / Float.BYTES;
    plain = description.equals(described(shape, plainTag(shape.length)));
  }

  /** The layout oneDNN chose for {@code shape}. */
  static synchronized Layout of(memory.desc description, long... shape) {
    List<Layout> same = KNOWN.computeIfAbsent(Arrays.toString(shape), k -> new ArrayList<>());
    for (Layout layout : same) if (layout.description.equals(description)) return layout;
    Layout layout = new Layout(shape.clone(), description);
    same.add(layout);
    return layout;
  }

  /** C order. */
  static synchronized Layout plain(long... shape) {
    String key = Arrays.toString(shape);
    Layout layout = PLAIN.get(key);
    if (layout == null) {
      layout = of(described(shape, plainTag(shape.length)), shape);
      PLAIN.put(key, layout);
    }
    return layout;
  }

  /** What convolutions of that shape like best: channels in blocks. */
  static synchronized Layout preferred(long... shape) {
    String key = Arrays.toString(shape);
    Layout layout = PREFERRED.get(key);
    if (layout == null) {
      long[] one = {1, 1};
      long[] none = {0, 0};
      convolution_forward.primitive_desc chosen =
          new convolution_forward.primitive_desc(
              new convolution_forward.desc(
                  prop_kind.forward_training,
                  algorithm.convolution_direct,
                  any(shape),
                  any(shape[1], shape[1], 1, 1),
                  any(shape),
                  one,
                  none,
                  none),
              OneDnn.engine());
      layout = of(chosen.src_desc(), shape);
      PREFERRED.put(key, layout);
    }
    return layout;
  }

  /** A matrix stored column after column. */
  static synchronized Layout columns(long rows, long columns) {
    // A single row or column lies the same either way, and oneDNN takes the two for equal, though
    // only the plain one's stride suits its products.
    if (rows == 1 || columns == 1) return plain(rows, columns);
    return of(
        new memory.desc(new long[] {rows, columns}, memory.data_type.f32, memory.format_tag.ba),
        rows,
        columns);
  }

  /** {@code [1, channels, 1, 1]} with channels in the same blocks as here. */
  Layout perChannel() {
    long[] one = {1, shape[1], 1, 1};
    return of(described(one, channelTag()), one);
  }

  /** {@code [n, channels, 1, 1]} with channels in the same blocks as here. */
  Layout perImage() {
    long[] one = {shape[0], shape[1], 1, 1};
    return of(described(one, channelTag()), one);
  }

  /** The same memory as one image with the channels of all images, those that only pad included. */
  Layout merged() {
    if (!plain && description.data().format_desc_blocking().inner_nblks() != 1) {
      throw new IllegalStateException("Channels neither in planes nor in blocks: " + description);
    }
    long[] one = {1, floats / (shape[2] * shape[3]), shape[2], shape[3]};
    return of(described(one, channelTag()), one);
  }

  /** The same with {@code n} images instead. */
  Layout withBatch(long n) {
    return part(0, 0, n);
  }

  /** Some of the channels of a plain layout, where they lie in it. */
  Layout channels(long first, long n) {
    return part(1, first, n);
  }

  private Layout part(int dimension, long first, long n) {
    long[] part = shape.clone();
    long[] offset = new long[part.length];
    part[dimension] = n;
    offset[dimension] = first;
    return of(description.submemory_desc(part, offset), part);
  }

  private memory.format_tag channelTag() {
    dnnl_blocking_desc_t blocking = description.data().format_desc_blocking();
    if (blocking.inner_nblks() != 1) return memory.format_tag.abcd;
    return blocking.inner_blks().get(0) == 16
        ? memory.format_tag.aBcd16b
        : memory.format_tag.aBcd8b;
  }

  /** For oneDNN to choose. */
  static memory.desc any(long... shape) {
    return any(memory.data_type.f32, shape);
  }

  /** The same, of numbers of another type. */
  static memory.desc any(memory.data_type type, long... shape) {
    return new memory.desc(shape, type, memory.format_tag.any);
  }

  private static memory.desc described(long[] shape, memory.format_tag tag) {
    return new memory.desc(shape, memory.data_type.f32, tag);
  }

  private static memory.format_tag plainTag(int rank) {
    switch (rank) {
      case 1:
        return memory.format_tag.a;
      case 2:
        return memory.format_tag.ab;
      case 4:
        return memory.format_tag.abcd;
      default:
        throw new IllegalArgumentException("No tensors of rank " + rank);
    }
  }

  memory.desc description() {
    return description;
  }

  long[] shape() {
    return shape;
  }

  /**
   * The memory taken, in floats, with what pads the last block of channels; half of what there are
   * values where these are of two bytes.
   */
  long floats() {
    return floats;
  }

  /** Whether the last block of channels holds more than there are. */
  boolean isPadded() {
    long values = 1;
    for (long size : shape) values *= size;
    return floats > values;
  }

  boolean isPlain() {
    return plain;
  }
}
