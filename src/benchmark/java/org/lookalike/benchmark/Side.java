package org.lookalike.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A process that answers one line to each command. */
final class Side implements AutoCloseable {
  private static final long PAUSE_MILLIS = 400;

  private final Process process;
  private final PrintWriter commands;
  private final BufferedReader answers;

  private Side(List<String> command, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(environment);
    process = builder.start();
    commands = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static Side ours(int threads) throws IOException {
    return new Side(
        List.of(java(), "-Xmx3g", "-cp", classPath(), Worker.class.getName()),
        Map.of("OMP_NUM_THREADS", Integer.toString(threads)));
  }

  static Side peer(int threads, Map<String, String> more) throws IOException {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("OMP_NUM_THREADS", Integer.toString(threads));
    // Its OpenBLAS would start threads of its own, which fight OpenMP's.
    environment.put("OPENBLAS_NUM_THREADS", "1");
    String jars = Paths.get("target", "peer").toAbsolutePath() + "/*";
    return new Side(
        List.of(java(), "-Xmx3g", "-cp", jars, "src/benchmark/peer/Peer.java", "" + threads),
        environment);
  }

  private static String java() {
    return Paths.get(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Maven runs us in its own process, whose class path is a class loader's. */
  private static String classPath() {
    ClassLoader loader = Side.class.getClassLoader();
    if (loader instanceof URLClassLoader) {
      return Arrays.stream(((URLClassLoader) loader).getURLs())
          .map(url -> Paths.get(URI.create(url.toString())).toString())
          .collect(Collectors.joining(File.pathSeparator));
    }
    return System.getProperty("java.class.path");
  }

  String ask(String command) throws IOException {
    commands.println(command);
    String answer = answers.readLine();
    if (answer == null) throw new IOException("No answer to " + command);
    return answer;
  }

  /** Milliseconds of each of {@code n} repetitions. */
  double[] times(String what, int n) throws IOException {
    String answer = ask("time " + what + " " + n);
    return Arrays.stream(answer.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  /** OpenMP's threads spin on for a while after their work, which would slow the other side. */
  double[] turn(String what, int n) throws IOException {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new IOException("Interrupted", e);
    }
    return times(what, n);
  }

  /** Most memory held so far, in MB; NaN where the system does not tell. */
  double peakMegabytes() throws IOException {
    Path status = Paths.get("/proc/" + process.pid() + "/status");
    if (!Files.exists(status)) return Double.NaN;
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
      }
    }
    return Double.NaN;
  }

  @Override
  public void close() {
    commands.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
