package org.lookalike.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A number for every pair of rows of two sets, computed in blocks and handed on at once, so that
 * the whole table is never held. Uses all cores.
 *
 * <p>Sums are over squared differences themselves, not ‖x‖²+‖y‖²-2xy: equal rows are exactly 0
 * apart, and a distance is bit for bit the same in both directions, on any machine and any number
 * of cores.
 */
final class RowPairs {
  /** Receives numbers of one query; queries come in parallel, each query's blocks in order. */
  interface Visitor {
    /**
     * @param values {@code values[j]} belongs to reference row {@code first + j}, j < count
     */
    void visit(int query, int first, int count, float[] values);
  }

  /** Adds the part of a few dimensions to the sums of one query and a block of references. */
  private interface Kernel {
    void add(float[] query, int at, float[][] block, int from, int to, float[] sums);
  }

  /** References a block, if there are as many. */
  private static final int COLUMNS = 512;

  /** Queries a task. */
  private static final int ROWS = 32;

  /** Dimensions a pass: that part of a block stays in the nearest cache. A multiple of four. */
  private static final int DEPTH = 16;

  private RowPairs() {}

  static void squaredDistances(FeatureSet queries, FeatureSet references, Visitor visitor) {
    run(queries, references, RowPairs::addSquares, visitor);
  }

  static void innerProducts(FeatureSet queries, FeatureSet references, Visitor visitor) {
    run(queries, references, RowPairs::addProducts, visitor);
  }

  private static void run(
      FeatureSet queries, FeatureSet references, Kernel kernel, Visitor visitor) {
    Require.sameDimensions(queries, references);
    float[][][] blocks = blocks(references);
    int tasks = (queries.rows() + ROWS - 1) / ROWS;
    IntStream.range(0, tasks)
        .parallel()
        .forEach(
            task -> {
              int first = task * ROWS;
              int rows = Math.min(ROWS, queries.rows() - first);
              task(queries, first, rows, references.rows(), blocks, kernel, visitor);
            });
  }

  private static int width(int references) {
    return Math.max(1, Math.min(COLUMNS, references));
  }

  /** Blocks of references, {@code [dimensions][references]}; the last is filled up with zeros. */
  private static float[][][] blocks(FeatureSet references) {
    int d = references.dimensions();
    int width = width(references.rows());
    int count = (references.rows() + width - 1) / width;
    float[][][] blocks = new float[count][d][width];
    for (int i = 0; i < references.rows(); i++) {
      float[][] block = blocks[i / width];
      for (int p = 0; p < d; p++) block[p][i % width] = references.value(i, p);
    }
    return blocks;
  }

  private static void task(
      FeatureSet queries,
      int first,
      int rows,
      int references,
      float[][][] blocks,
      Kernel kernel,
      Visitor visitor) {
    int d = queries.dimensions();
    int width = width(references);
    float[][] sums = new float[rows][width];
    for (int b = 0; b < blocks.length; b++) {
      for (float[] row : sums) Arrays.fill(row, 0);
      for (int from = 0; from < d; from += DEPTH) {
        int to = Math.min(from + DEPTH, d);
        for (int r = 0; r < rows; r++) {
          kernel.add(queries.values(), (first + r) * d, blocks[b], from, to, sums[r]);
        }
      }
      int column = b * width;
      int count = Math.min(width, references - column);
      for (int r = 0; r < rows; r++) visitor.visit(first + r, column, count, sums[r]);
    }
  }

  /** Two dimensions a pass; with four the compiler gives up on vector instructions. */
  private static void addSquares(
      float[] query, int at, float[][] block, int from, int to, float[] sums) {
    int p = from;
    for (; p + 1 < to; p += 2) {
      addSquares(query[at + p], query[at + p + 1], block[p], block[p + 1], sums);
    }
    if (p < to) {
      float q = query[at + p];
      float[] r = block[p];
      for (int j = 0; j < sums.length; j++) sums[j] += (q - r[j]) * (q - r[j]);
    }
  }

  private static void addSquares(float q0, float q1, float[] r0, float[] r1, float[] sums) {
    for (int j = 0; j < sums.length; j++) {
      float d0 = q0 - r0[j];
      float d1 = q1 - r1[j];
      sums[j] += d0 * d0 + d1 * d1;
    }
  }

  /** Four dimensions a pass: one load and store of the sums for four terms. */
  private static void addProducts(
      float[] query, int at, float[][] block, int from, int to, float[] sums) {
    int p = from;
    for (; p + 3 < to; p += 4) {
      addProducts(query, at + p, block[p], block[p + 1], block[p + 2], block[p + 3], sums);
    }
    for (; p < to; p++) {
      float q = query[at + p];
      float[] r = block[p];
      for (int j = 0; j < sums.length; j++) sums[j] += q * r[j];
    }
  }

  private static void addProducts(
      float[] query, int at, float[] r0, float[] r1, float[] r2, float[] r3, float[] sums) {
    float q0 = query[at];
    float q1 = query[at + 1];
    float q2 = query[at + 2];
    float q3 = query[at + 3];
    for (int j = 0; j < sums.length; j++) {
      sums[j] += q0 * r0[j] + q1 * r1[j] + (q2 * r2[j] + q3 * r3[j]);
    }
  }
}
