package org.lookalike.cli;

import java.io.Console;

/** Whether a person sits at a terminal. */
public final class Terminal {
  private Terminal() {}

  /** True if input and output are a terminal, false in pipes, scripts and other programs. */
  public static boolean isInteractive() {
    Console console = System.console();
    return console != null && isTerminal(console);
  }

  /** From Java 22 on there is always a console, and only its new method tells what it is. */
  private static boolean isTerminal(Console console) {
    if (Runtime.version().feature() < 22) return true;
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Java 22 and later have Console.isTerminal().", e);
    }
  }
}
