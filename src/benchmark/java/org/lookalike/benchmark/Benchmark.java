package org.lookalike.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Alternates our engine and libtorch and prints medians, spreads and ratios. */
public final class Benchmark {
  static final int THREADS = 2;
  private static final int TURNS = 8;
  private static final int QUICK_TURNS = 3;

  /** What rows of ours rounded to bfloat16 are called beside those of the same work. */
  private static final String BFLOAT16 = "-bfloat16";

  private static final Path FOLDER = Paths.get("target", "benchmark");

  private final int turns;
  private final boolean quick;

  /** The one row to be timed; empty for all. */
  private final String only;

  private final List<String> ratios = new ArrayList<>();

  private Benchmark(boolean quick, String only) {
    this.quick = quick;
    this.only = only;
    turns = quick ? QUICK_TURNS : TURNS;
  }

  public static void main(String[] args) throws IOException {
    List<String> words = Arrays.asList(args);
    int at = words.indexOf("--only");
    String only = at < 0 ? "" : words.get(at + 1).replaceFirst(BFLOAT16 + "$", "");
    Benchmark benchmark = new Benchmark(words.contains("--quick"), only);
    Files.createDirectories(FOLDER);
    benchmark.compare();
    if (at < 0) {
      System.out.println();
      new OwnFigures(FOLDER, benchmark.turns, benchmark.quick).print();
    }
    System.exit(0);
  }

  private void compare() throws IOException {
    System.out.printf(
        "%-28s %26s %26s %8s%n", "", "ours, ms (min-max)", "libtorch, ms (min-max)", "ratio");
    Map<String, List<Row>> ofNetworks =
        Row.ALL.stream()
            .filter(row -> only.isEmpty() || row.name.equals(only))
            .collect(
                Collectors.groupingBy(
                    row -> row.settings, LinkedHashMap::new, Collectors.toList()));
    if (ofNetworks.isEmpty()) throw new IOException("There is no row " + only + ".");
    double ourPeak = 0;
    double peerPeak = 0;
    for (List<Row> rows : ofNetworks.values()) {
      try (Rivals rivals = Rivals.of(rows, FOLDER)) {
        for (Row row : rows) {
          double[][] times = rivals.times(row, turns);
          line(row.name, times[0], times[1]);
          if (rivals.round(row)) line(row.name + BFLOAT16, times[2], times[1]);
        }
        ourPeak = Math.max(ourPeak, rivals.ourMegabytes());
        peerPeak = Math.max(peerPeak, rivals.peerMegabytes());
      }
    }
    System.out.printf(
        Locale.ROOT, "%-28s %23.0f MB %23.0f MB%n%n", "peak resident memory", ourPeak, peerPeak);
    for (String ratio : ratios) System.out.println(ratio);
  }

  private void line(String name, double[] ours, double[] peer) {
    double ratio = Figures.median(ours) / Figures.median(peer);
    System.out.printf(
        Locale.ROOT,
        "%-28s %9.1f (%.1f-%.1f) %13.1f (%.1f-%.1f) %12.2f%n",
        name,
        Figures.median(ours),
        Figures.least(ours),
        Figures.most(ours),
        Figures.median(peer),
        Figures.least(peer),
        Figures.most(peer),
        ratio);
    ratios.add(String.format(Locale.ROOT, "ratio %s %.3f", name, ratio));
  }
}
