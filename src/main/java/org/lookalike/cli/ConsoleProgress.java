package org.lookalike.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.lookalike.train.Progress;
import org.lookalike.train.TrainingListener;
import org.lookalike.train.TrainingResult;

/** Shows a training in a console: a bar that moves on a terminal, a line now and then elsewhere. */
final class ConsoleProgress implements TrainingListener {
  private static final int BAR_WIDTH = 30;
  private static final long BAR_NANOS = 200_000_000L;
  private static final long LINE_NANOS = 15_000_000_000L;

  private final PrintStream err;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private Long lastShown;
  private int barLength;

  ConsoleProgress(PrintStream err, boolean terminal) {
    this(err, terminal, System::nanoTime);
  }

  ConsoleProgress(PrintStream err, boolean terminal, LongSupplier nanoTime) {
    this.err = err;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
  }

  @Override
  public void message(String line) {
    clearBar();
    err.println(line);
  }

  @Override
  public void progressed(Progress progress) {
    long now = nanoTime.getAsLong();
    if (lastShown != null && now - lastShown < (terminal ? BAR_NANOS : LINE_NANOS)) return;
    lastShown = now;
    if (terminal) drawBar(progress);
    else err.println(describe(progress));
  }

  @Override
  public void ended(TrainingResult result) {
    clearBar();
  }

  @Override
  public void failed(Throwable cause) {
    clearBar();
  }

  private void drawBar(Progress progress) {
    int done = (int) Math.round(BAR_WIDTH * clamped(progress.fraction()));
    String bar = "[" + "#".repeat(done) + "-".repeat(BAR_WIDTH - done) + "] " + describe(progress);
    err.print("\r" + bar + " ".repeat(Math.max(0, barLength - bar.length())));
    err.flush();
    barLength = bar.length();
  }

  private void clearBar() {
    if (barLength == 0) return;
    err.print("\r" + " ".repeat(barLength) + "\r");
    err.flush();
    barLength = 0;
  }

  private static String describe(Progress progress) {
    return String.format(
        Locale.ROOT,
        "%3.0f %%  %d images  %s images/s  %s left",
        100 * clamped(progress.fraction()),
        progress.images(),
        speed(progress.imagesPerSecond()),
        duration(progress.secondsLeft()));
  }

  private static double clamped(double fraction) {
    return fraction >= 0 ? Math.min(1, fraction) : 0;
  }

  private static String speed(double imagesPerSecond) {
    return Double.isNaN(imagesPerSecond)
        ? "?"
        : String.format(Locale.ROOT, "%.1f", imagesPerSecond);
  }

  /** As hours, minutes and seconds; a question mark while nobody knows. */
  private static String duration(double seconds) {
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) return "?";
    long s = Math.max(0, Math.round(seconds));
    if (s < 3600) return String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60);
    return String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }
}
