package org.lookalike.benchmark;

import java.util.Arrays;

/** What several times come to. */
final class Figures {
  private Figures() {}

  static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  static double least(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }

  static double most(double[] values) {
    return Arrays.stream(values).max().orElseThrow();
  }
}
