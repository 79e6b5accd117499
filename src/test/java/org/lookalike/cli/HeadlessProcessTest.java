package org.lookalike.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, as a shell starts it on a machine without a display. */
class HeadlessProcessTest {
  @TempDir Path folder;

  @Test
  void devices_ends_with_zero() throws Exception {
    assertThat(run("devices")).isZero();
    assertThat(text("out")).isNotBlank();
    assertThat(text("err")).isEmpty();
  }

  @Test
  void wrong_usage_ends_with_two() throws Exception {
    assertThat(run("generat", "--model", "x")).isEqualTo(2);
    assertThat(text("out")).isEmpty();
    assertThat(text("err")).contains("'generate'");
  }

  @Test
  void bad_input_ends_with_one() throws Exception {
    assertThat(run("train", "--input", "nowhere", "--output", "run")).isEqualTo(1);
    assertThat(text("err").strip().lines()).hasSize(1);
  }

  private int run(String... args) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(classPath());
    command.add("org.lookalike.Main");
    command.addAll(List.of(args));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    builder.environment().remove("DISPLAY");
    Process process = builder.start();
    try {
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ends by itself").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Surefire's own class path is a jar that points to the real one. */
  private static String classPath() {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> absolute = new ArrayList<>();
    for (String entry : path.split(File.pathSeparator)) {
      absolute.add(new File(entry).getAbsolutePath());
    }
    return String.join(File.pathSeparator, absolute);
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
