package org.lookalike.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.lookalike.train.Progress;

/** What a person at a terminal sees, and what a script's log gets. */
class ConsoleProgressTest {
  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private long now;

  @Test
  void elsewhere_a_plain_line_now_and_then() {
    ConsoleProgress console = console(false);
    for (int second = 0; second < 60; second++) {
      now = second * SECOND;
      console.progressed(new Progress(second * 100, second, second / 60.0, 100, 60 - second));
    }
    assertThat(bytes.toString()).doesNotContain("\r").contains("100.0 images/s");
    assertThat(bytes.toString().lines()).hasSize(4);
  }

  @Test
  void on_a_terminal_one_bar_that_messages_do_not_tear() {
    ConsoleProgress console = console(true);
    console.progressed(new Progress(100, 1, 0.5, 100, 3723));
    assertThat(bytes.toString())
        .startsWith("\r[###############---------------]  50 %")
        .endsWith("1:02:03 left");
    console.message("Something to know.");
    assertThat(bytes.toString()).endsWith(" \rSomething to know." + System.lineSeparator());
  }

  @Test
  void unknown_numbers_do_not_break_the_line() {
    console(false).progressed(new Progress(0, 0, Double.NaN, Double.NaN, Double.POSITIVE_INFINITY));
    assertThat(bytes.toString()).contains("0 %").contains("? images/s  ? left");
  }

  private ConsoleProgress console(boolean terminal) {
    return new ConsoleProgress(new PrintStream(bytes, true), terminal, () -> now);
  }
}
