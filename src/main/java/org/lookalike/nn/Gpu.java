package org.lookalike.nn;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** An NVIDIA GPU as its driver describes it. */
final class Gpu {
  private static final String NUMBERS_FIELDS = "name,memory.total,driver_version";
  private static final long SECONDS = 10;

  private final String name;
  private final long megabytes;
  private final String driver;
  private final double capability;

  /**
   * @param driver its version, such as 535.104.05
   * @param capability compute capability; NaN if the driver is too old to tell
   */
  Gpu(String name, long megabytes, String driver, double capability) {
    this.name = name;
    this.megabytes = megabytes;
    this.driver = driver;
    this.capability = capability;
  }

  /** The first GPU; {@code null} if there is none. */
  static Gpu first() {
    String line = ask(NUMBERS_FIELDS + ",compute_cap");
    if (line == null) line = ask(NUMBERS_FIELDS);
    return line == null ? null : parse(line);
  }

  private static String ask(String fields) {
    try {
      Process process =
          new ProcessBuilder("nvidia-smi", "--query-gpu=" + fields, "--format=csv,noheader,nounits")
              .redirectErrorStream(true)
              .start();
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        String line = reader.readLine();
        boolean done = process.waitFor(SECONDS, TimeUnit.SECONDS);
        return done && process.exitValue() == 0 ? line : null;
      }
    } catch (IOException no_such_program) {
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return null;
    }
  }

  /**
   * @param line of nvidia-smi: name, megabytes, driver and, by newer ones, compute capability
   * @return {@code null} if it is not such a line
   */
  static Gpu parse(String line) {
    List<String> parts = new ArrayList<>();
    for (String part : line.split(",")) parts.add(part.trim());
    if (parts.size() < 3) return null;
    try {
      double capability = parts.size() > 3 ? Double.parseDouble(parts.get(3)) : Double.NaN;
      return new Gpu(parts.get(0), Long.parseLong(parts.get(1)), parts.get(2), capability);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  long megabytes() {
    return megabytes;
  }

  /** NaN if unknown. */
  double capability() {
    return capability;
  }

  /** The driver's version as a number, such as 535.104; 0 if it is none. */
  double driverNumber() {
    String[] parts = driver.split("\\.");
    try {
      return Double.parseDouble(parts.length > 1 ? parts[0] + "." + parts[1] : parts[0]);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  @Override
  public String toString() {
    String able =
        Double.isNaN(capability)
            ? ""
            : String.format(Locale.ROOT, ", compute capability %.1f", capability);
    return String.format(Locale.ROOT, "%s, %,d MB%s, driver %s", name, megabytes, able, driver);
  }
}
