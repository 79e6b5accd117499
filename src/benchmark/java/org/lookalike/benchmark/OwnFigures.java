package org.lookalike.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Figures of our engine that nothing is set beside. */
final class OwnFigures {
  private static final int BATCH = 16;
  private static final double[] SIZES = {32, 64, 128, 256};

  private final Path folder;
  private final Path task;
  private final int turns;
  private final boolean quick;

  OwnFigures(Path folder, int turns, boolean quick) {
    this.folder = folder.toAbsolutePath();
    task = this.folder.resolve("task");
    this.turns = turns;
    this.quick = quick;
  }

  void print() throws IOException {
    firstStep();
    stock();
    threads();
    pipeline();
    measures();
    if (quick) return;
    sizes();
    longRun();
  }

  private void firstStep() throws IOException {
    long start = System.nanoTime();
    try (Side side = Side.ours(Benchmark.THREADS)) {
      side.ask("load " + task + " " + Row.LIGHT64 + Rivals.EXACT);
      side.times("step", 1);
      say("JVM start to the end of the first step, s: %.1f", (System.nanoTime() - start) / 1e9);
    }
  }

  private void stock() throws IOException {
    try (Side side = Side.ours(Benchmark.THREADS)) {
      side.times("stock", 2);
      say(
          "D of DL4J's stock layers, 32 + 32 images, ms: %.0f",
          Figures.median(side.times("stock", 4)));
    }
  }

  /** Beside what two threads gain, what the machine lets two cores gain that share nothing. */
  private void threads() throws IOException {
    try (Side one = Side.ours(1);
        Side other = Side.ours(1);
        Side both = Side.ours(2)) {
      double[] alone = new double[turns];
      double[] beside = new double[turns];
      double[] together = new double[turns];
      for (Side side : List.of(one, other, both)) {
        side.ask("load " + task + " " + Row.LIGHT64 + Rivals.EXACT);
        side.times("step", 16);
      }
      for (int turn = 0; turn < turns; turn++) {
        alone[turn] = Figures.mean(one.turn("step", 32));
        together[turn] = Figures.mean(both.turn("step", 32));
        beside[turn] = atOnce(one, other);
      }
      say(
          "step-light64 on 1 thread over 2 threads: %.2f",
          Figures.median(alone) / Figures.median(together));
      say(
          "the same work by two processes of 1 thread at once: %.2f",
          2 * Figures.median(alone) / Figures.median(beside));
    }
  }

  /** The time of a step in two processes that run at once. */
  private static double atOnce(Side one, Side other) throws IOException {
    CompletableFuture<double[]> second =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return other.turn("step", 32);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    double first = Figures.mean(one.turn("step", 32));
    return (first + Figures.mean(second.join())) / 2;
  }

  private void sizes() throws IOException {
    double[][] speeds = new double[Benchmark.THREADS][SIZES.length];
    for (int threads = 1; threads <= Benchmark.THREADS; threads++) {
      for (int i = 0; i < SIZES.length; i++) {
        try (Side side = Side.ours(threads)) {
          String settings = " size=" + (int) SIZES[i] + Rivals.EXACT;
          side.ask("load " + task + settings);
          side.times("step", 4);
          double ms = Arrays.stream(side.times("step", 8)).average().orElse(0);
          speeds[threads - 1][i] = BATCH * 1000 / ms;
          if (threads < Benchmark.THREADS) continue;
          double nanos = ms * 1e6 / (BATCH * SIZES[i] * SIZES[i]);
          say("size=" + (int) SIZES[i] + ", ns a pixel of a real image: %.1f", nanos);
        }
      }
    }
    SpeedPlot.write(folder.resolve("speed.png"), SIZES, speeds);
  }

  private void pipeline() throws IOException {
    int goal = quick ? 2400 : 6000;
    for (int n : quick ? new int[] {2000} : new int[] {100, 2000, 10000}) {
      Path pictures = folder.resolve("pictures-" + n).toAbsolutePath();
      Path run = folder.resolve("run").toAbsolutePath();
      delete(run);
      try (Side side = Side.ours(Benchmark.THREADS)) {
        if (!Files.exists(pictures)) side.ask("pictures " + pictures + " " + n);
        String speed = side.ask("train " + pictures + " " + run + " size=64 images=" + goal);
        say("images/s end to end, " + n + " PNGs, light 64 px: %.1f", Double.parseDouble(speed));
      }
    }
  }

  private void measures() throws IOException {
    try (Side side = Side.ours(Benchmark.THREADS)) {
      String[] figures = side.ask("measures").split(" ");
      say("built-in features, 64 px, images/s: %.0f", Double.parseDouble(figures[0]));
      say("FID of 10000 x 512 features, s: %.1f", Double.parseDouble(figures[1]));
      say("coverage of the same, s: %.1f", Double.parseDouble(figures[2]));
      say("peak memory of the three, MB: %.0f", side.peakMegabytes());
    }
  }

  private void longRun() throws IOException {
    try (Side side = Side.ours(Benchmark.THREADS)) {
      side.ask("load " + task + " size=32");
      for (int thousands = 1; thousands <= 10; thousands++) {
        side.times("step", 1000);
        if (thousands % 3 == 1) {
          say("peak memory after " + thousands + ",000 steps, MB: %.0f", side.peakMegabytes());
        }
      }
    }
  }

  private static void say(String format, double value) {
    System.out.println(String.format(Locale.ROOT, format, value));
  }

  private static void delete(Path root) throws IOException {
    if (!Files.exists(root)) return;
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(root)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
    }
    for (Path path : deepestFirst) Files.delete(path);
  }
}
