package org.lookalike.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lookalike.image.InputException;

/**
 * Features of some images: {@code [rows, dimensions]}, one row an image, in whatever units the
 * extractor gives. Immutable; every value is finite.
 */
public final class FeatureSet {
  private final float[] values;
  private final int rows;
  private final int dimensions;
  private final List<String> names;

  /**
   * @param values row after row; kept, not copied
   * @param names of the rows, or empty if they have none
   * @throws InputException if a value is no finite number
   */
  public FeatureSet(float[] values, int rows, int dimensions, List<String> names) {
    if (dimensions < 1 || rows < 0 || values.length != (long) rows * dimensions) {
      throw new IllegalArgumentException(
          values.length + " values do not fill " + rows + " rows of " + dimensions);
    }
    if (!names.isEmpty() && names.size() != rows) {
      throw new IllegalArgumentException(names.size() + " names for " + rows + " rows");
    }
    this.values = values;
    this.rows = rows;
    this.dimensions = dimensions;
    this.names = List.copyOf(names);
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) throw notFinite(i / dimensions, i % dimensions);
    }
  }

  /** Rows without names. */
  public FeatureSet(float[] values, int rows, int dimensions) {
    this(values, rows, dimensions, List.of());
  }

  /**
   * @param rows at least one, all of one length; copied
   * @throws InputException if they differ in length or a value is no finite number
   */
  public static FeatureSet of(float[]... rows) {
    if (rows.length == 0) throw new InputException("There are no features; give at least one row.");
    int dimensions = rows[0].length;
    float[] values = new float[Math.multiplyExact(rows.length, dimensions)];
    for (int i = 0; i < rows.length; i++) {
      if (rows[i].length != dimensions) {
        throw new InputException(
            String.format(
                "Row %d has %d features and row 1 has %d; all must come from one extractor.",
                i + 1, rows[i].length, dimensions));
      }
      System.arraycopy(rows[i], 0, values, i * dimensions, dimensions);
    }
    return new FeatureSet(values, rows.length, dimensions);
  }

  private InputException notFinite(int row, int column) {
    String name = names.isEmpty() ? "row " + (row + 1) : names.get(row);
    return new InputException(
        String.format(
            "Feature %d of %s is no finite number; leave that image out or compute it again.",
            column + 1, name));
  }

  public int rows() {
    return rows;
  }

  public int dimensions() {
    return dimensions;
  }

  /** Names of the rows; empty if they have none. */
  public List<String> names() {
    return names;
  }

  public float value(int row, int dimension) {
    return values[row * dimensions + dimension];
  }

  /** A copy of one row. */
  public float[] row(int row) {
    float[] copy = new float[dimensions];
    System.arraycopy(values, row * dimensions, copy, 0, dimensions);
    return copy;
  }

  /** Row after row; not a copy, not to be changed. */
  float[] values() {
    return values;
  }

  /**
   * Each row less a vector.
   *
   * @param vector of {@link #dimensions()} values
   */
  public FeatureSet less(double[] vector) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (values[i] - vector[i % dimensions]);
    }
    return new FeatureSet(result, rows, dimensions, names);
  }

  /** Each value times its dimension's factor. */
  FeatureSet times(double[] factors) {
    float[] result = new float[values.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = (float) (factors[i % dimensions] * values[i]);
    }
    return new FeatureSet(result, rows, dimensions, names);
  }

  /**
   * The first features of each row.
   *
   * @param count 0 for all
   */
  FeatureSet firstColumns(int count) {
    if (count == 0) return this;
    float[] chosen = new float[rows * count];
    for (int i = 0; i < rows; i++) {
      System.arraycopy(values, i * dimensions, chosen, i * count, count);
    }
    return new FeatureSet(chosen, rows, count, names);
  }

  /** The given rows, in the given order. */
  public FeatureSet subset(int... indices) {
    float[] chosen = new float[indices.length * dimensions];
    List<String> chosenNames = new ArrayList<>();
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(values, indices[i] * dimensions, chosen, i * dimensions, dimensions);
      if (!names.isEmpty()) chosenNames.add(names.get(indices[i]));
    }
    return new FeatureSet(chosen, indices.length, dimensions, chosenNames);
  }

  /**
   * Rows drawn at random, none twice.
   *
   * @throws InputException if there are not that many
   */
  public FeatureSet random(int count, long seed) {
    Require.rows(this, count, "A random choice of " + count);
    return subset(new Shuffle(seed).choose(count, rows));
  }

  /**
   * Two disjoint random sets of {@code rows / 2}.
   *
   * @throws InputException if there are fewer than two rows
   */
  public List<FeatureSet> randomHalves(long seed) {
    return randomPair(rows / 2, seed);
  }

  /**
   * Two disjoint random sets of one size. Rows of one name, which are views of one image, stay
   * together but for those of one image at most.
   *
   * @throws InputException if there are fewer than {@code 2 * size} rows
   */
  public List<FeatureSet> randomPair(int size, long seed) {
    Require.rows(this, Math.max(2, 2 * size), "Splitting in two");
    int[] order = mixed(seed);
    int[] first = Arrays.copyOfRange(order, 0, rows / 2);
    int[] second = Arrays.copyOfRange(order, rows - rows / 2, rows);
    return List.of(subset(some(first, size, seed)), subset(some(second, size, seed)));
  }

  /** So many of a half, from all its images. */
  private static int[] some(int[] half, int size, long seed) {
    if (size == half.length) return half;
    return Arrays.stream(new Shuffle(seed).choose(size, half.length)).map(i -> half[i]).toArray();
  }

  /** The rows in random order, those of one name side by side. */
  private int[] mixed(long seed) {
    int[] order = new Shuffle(seed).choose(rows, rows);
    if (names.isEmpty()) return order;
    Map<String, List<Integer>> byName = new LinkedHashMap<>();
    for (int row : order) byName.computeIfAbsent(names.get(row), n -> new ArrayList<>()).add(row);
    return byName.values().stream().flatMap(List::stream).mapToInt(Integer::intValue).toArray();
  }
}
