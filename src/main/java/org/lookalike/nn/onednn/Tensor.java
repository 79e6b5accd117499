package org.lookalike.nn.onednn;

import java.util.HashMap;
import java.util.Map;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Float values in some memory layout; plain ones (C order) are those of any ND4J array. */
public final class Tensor {
  private final INDArray values;
  private final long[] shape;
  private Layout layout;
  private memory memory;

  /** The same memory read in other layouts; most tensors have none. */
  private Map<Layout, Tensor> readings = Map.of();

  /** Changes with the values; 0 where that is not followed. */
  private long version;

  private Tensor(INDArray values, long[] shape, Layout layout) {
    this.values = values;
    this.shape = shape;
    this.layout = layout;
  }

  /**
   * The values of an array, not copied.
   *
   * @param array of any type where oneDNN is not used; in C order without gaps
   */
  public static Tensor of(INDArray array) {
    return new Tensor(array, array.shape(), null);
  }

  /**
   * Tells that the values are the same as when the same version was set before, so that copies made
   * then may be used.
   *
   * @param version above 0
   */
  public void setVersion(long version) {
    this.version = version;
  }

  /** Values laid out otherwise; {@code flat} holds {@code layout.floats()} floats. */
  static Tensor of(INDArray flat, Layout layout) {
    return new Tensor(flat, layout.shape(), layout);
  }

  /** {@code [batch, …]}, whatever the layout. */
  public long[] shape() {
    return shape.clone();
  }

  public long size(int dimension) {
    return shape[dimension];
  }

  /** Whether {@link #values()} is the array of these values as ND4J knows it. */
  public boolean isPlain() {
    return layout == null || layout.isPlain();
  }

  /** The values as they lie in memory; with {@link #shape()} if plain, else of rank 1. */
  public INDArray values() {
    return values;
  }

  /** Whether elementwise operations on {@link #values()} fit those of another. */
  public boolean isLike(Tensor other) {
    return isPlain() && other.isPlain() || layout() == other.layout();
  }

  /** See {@link #setVersion}; 0 if none was set. */
  long version() {
    return version;
  }

  Layout layout() {
    if (layout == null) layout = Layout.plain(shape);
    return layout;
  }

  memory memory() {
    if (memory == null) {
      memory = new memory(layout().description(), OneDnn.engine(), new Address(values));
    }
    return memory;
  }

  /** A plain matrix seen with rows and columns exchanged, not copied. */
  public Tensor transposed() {
    return new Tensor(values, new long[] {shape[1], shape[0]}, Layout.columns(shape[1], shape[0]));
  }

  /** The same memory, not copied, read in another layout of as many floats. */
  Tensor as(Layout other) {
    if (readings.isEmpty()) readings = new HashMap<>();
    return readings.computeIfAbsent(other, layout -> new Tensor(values, layout.shape(), layout));
  }

  /** Channels {@code first} to {@code first + n - 1} of a plain tensor, not copied. */
  Tensor channels(long first, long n) {
    Tensor part = as(layout().channels(first, n));
    part.version = version;
    return part;
  }

  /** Images {@code first} to {@code first + n - 1}, not copied. */
  public Tensor images(long first, long n) {
    Layout part = layout().withBatch(n);
    long each = layout().floats() / shape[0];
    INDArray flat = values.reshape(values.length());
    return new Tensor(
        flat.get(NDArrayIndex.interval(first * each, (first + n) * each)), part.shape(), part);
  }

  /** Whether an array's values lie in C order without gaps. */
  public static boolean isDense(INDArray array) {
    long stride = 1;
    for (int d = array.rank() - 1; d >= 0; d--) {
      if (array.size(d) != 1 && array.stride(d) != stride) return false;
      stride *= array.size(d);
    }
    return true;
  }

  /** Where an array's first value lies. */
  private static final class Address extends Pointer {
    Address(INDArray array) {
      if (!isDense(array)) {
        throw new IllegalArgumentException(
            "An array in C order without gaps is needed, not " + array.shapeInfoToString());
      }
      address = array.data().addressPointer().address();
    }
  }
}
