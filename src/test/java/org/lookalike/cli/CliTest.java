package org.lookalike.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ImageProcessor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lookalike.metrics.FeatureFiles;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;

/** Exit codes and sentences of the command line for wrong usage and bad input. */
class CliTest {
  private static final int FAILED = 1;
  private static final int WRONG_USAGE = 2;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void unknown_command_names_the_nearest() {
    assertThat(run("trian")).isEqualTo(WRONG_USAGE);
    assertThat(oneErrorLine()).contains("no command 'trian'").contains("'train'");
  }

  @Test
  void unknown_option_names_the_nearest() {
    assertThat(train("--lss", "relativistic")).isEqualTo(WRONG_USAGE);
    assertThat(oneErrorLine()).contains("no option '--lss'").contains("'--loss'");
  }

  @Test
  void unknown_loss_names_the_nearest() {
    assertThat(train("--loss", "relativstic")).isEqualTo(WRONG_USAGE);
    assertThat(oneErrorLine()).contains("did you mean relativistic");
  }

  @Test
  void unknown_key_names_the_nearest() {
    assertThat(train("--set", "learning_rate=0.1")).isEqualTo(WRONG_USAGE);
    assertThat(oneErrorLine()).contains("'learning_rate'").contains("'learning_rate_g'");
  }

  @Test
  void set_without_a_value_says_how() {
    assertThat(train("--set", "size")).isEqualTo(WRONG_USAGE);
    assertThat(oneErrorLine()).contains("key=value");
  }

  @Test
  void unknown_recipe_names_the_nearest() {
    assertThat(train("--recipe", "dcgan-clasic")).isEqualTo(WRONG_USAGE);
    assertThat(oneErrorLine()).contains("dcgan-classic");
  }

  @ParameterizedTest
  @CsvSource({
    "--images, 0",
    "--minutes, -5",
    "--minutes, NaN",
    "--minutes, soon",
    "--size, 100",
    "--batch, 2.5",
    "--latent, 0",
    "--learning-rate-g, NaN",
    "--device, gpu",
  })
  void impossible_values_are_refused_before_anything_is_read(String option, String value) {
    assertThat(train(option, value)).isEqualTo(WRONG_USAGE);
    String key = option.substring(2).replace('-', '_');
    assertThat(oneErrorLine()).contains(key + "=" + value);
  }

  @Test
  void missing_option_is_named() {
    assertThat(run("train", "--input", "images")).isEqualTo(WRONG_USAGE);
    assertThat(oneErrorLine()).contains("--output");
  }

  @Test
  void stray_word_is_named() {
    assertThat(train("size=64")).isEqualTo(WRONG_USAGE);
    assertThat(oneErrorLine()).contains("'size'").contains("--name value");
  }

  @Test
  void option_without_a_command_lists_the_commands() {
    assertThat(run("--verbose")).isEqualTo(WRONG_USAGE);
    assertThat(errorText()).contains("train, resume, generate, evaluate, features, lab, devices");
  }

  @Test
  void no_such_folder_fails_in_one_line() {
    assertThat(train()).isEqualTo(FAILED);
    assertThat(oneErrorLine()).contains("nowhere").doesNotContain("Exception");
    assertThat(out.toString()).isEmpty();
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void verbose_adds_the_stack_trace() {
    assertThat(train("--verbose")).isEqualTo(FAILED);
    assertThat(errorText()).contains("InputException").contains("\tat ");
  }

  @Test
  void no_such_model_fails_in_one_line() {
    int code = run("generate", "--model", "nowhere.zip", "--output", path("new.tif"));
    assertThat(code).isEqualTo(FAILED);
    assertThat(oneErrorLine()).contains("nowhere.zip").doesNotContain("Exception");
    assertThat(folder.resolve("new.tif")).doesNotExist();
  }

  @Test
  void no_such_run_fails_in_one_line() {
    assertThat(run("resume", "--run", path("nowhere"))).isEqualTo(FAILED);
    assertThat(oneErrorLine()).contains("nowhere").doesNotContain("Exception");
  }

  @Test
  void resume_checks_values_as_train_does() {
    assertThat(run("resume", "--run", path("run"), "--images", "0")).isEqualTo(WRONG_USAGE);
    assertThat(oneErrorLine()).contains("images=0");
  }

  @Test
  void misspelt_key_in_a_settings_file_names_the_nearest() throws IOException {
    Path file = folder.resolve("settings.json");
    Files.writeString(file, "{\"bach\": 8}");
    assertThat(train("--settings", file.toString())).isEqualTo(WRONG_USAGE);
    assertThat(oneErrorLine()).contains("'bach'").contains("'batch'");
  }

  @Test
  void devices_says_what_does_the_work() {
    assertThat(run("devices")).isZero();
    assertThat(out.toString()).containsIgnoringCase("cpu");
  }

  @Test
  void every_setting_is_an_option_of_train() {
    assertThat(run("train", "--help")).isZero();
    List<String> words = List.of(out.toString().split("[\\s=]+"));
    for (Setting<?> setting : TrainSettings.all()) {
      assertThat(words).contains(SettingsOptions.optionName(setting));
    }
    assertThat(err.toString()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "resume", "generate", "devices"})
  void help_goes_to_standard_output(String command) {
    assertThat(run(command, "--help")).isZero();
    assertThat(out.toString()).contains("Usage: lookalike " + command);
  }

  private int train(String... more) {
    String[] args = new String[5 + more.length];
    args[0] = "train";
    args[1] = "--input";
    args[2] = path("nowhere");
    args[3] = "--output";
    args[4] = path("run");
    System.arraycopy(more, 0, args, 5, more.length);
    return run(args);
  }

  private int run(String... args) {
    return new Cli(printer(out), printer(err)).run(args);
  }

  private static PrintStream printer(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private String errorText() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String oneErrorLine() {
    assertThat(errorText().strip().lines()).hasSize(1);
    return errorText().strip();
  }

  @Test
  void evaluate_of_two_features_files_gives_the_published_distance() throws IOException {
    Path real = folder.resolve("real.csv");
    Path synthetic = folder.resolve("synthetic.csv");
    Files.writeString(real, "file,f0,f1\na,1,2\nb,1,2\nc,1,2\n");
    Files.writeString(synthetic, "file,f0,f1\na,2,2\nb,1,2\nc,1,2\n");
    Path output = folder.resolve("report");
    String[] given = {
      "evaluate",
      "--real-features=" + real,
      "--synthetic-features=" + synthetic,
      "--output=" + output
    };
    assertThat(run(given)).isZero();
    assertThat(Files.readString(output.resolve("report.json"))).contains("\"fid\": 0.4444");
  }

  @Test
  void features_are_not_compared_with_images() {
    for (String more : List.of("--train=a", "--real=a", "--classifier=a.onnx")) {
      err.reset();
      String[] given = {
        "evaluate", "--real-features=a", "--synthetic-features=b", "--output=c", more
      };
      assertThat(run(given)).isEqualTo(2);
      assertThat(errorText()).contains("--real-features and --synthetic-features go together");
    }
  }

  /** Also where it is a default of trainings, though not of the lab. */
  @Test
  void the_lab_plays_by_every_setting_that_is_typed() throws IOException {
    Path output = folder.resolve("lab");
    String[] given = {
      "lab", "--loss=relativistic", "--width=16", "--steps=3", "--seed=7", "--output=" + output
    };
    assertThat(run(given)).as(errorText()).isZero();
    assertThat(errorText()).contains("Seed 7:");
    assertThat(Files.readString(output.resolve("lab.json"))).contains("plain-gan, changed");
  }

  @Test
  void features_for_a_comparison_are_seen_alike() throws IOException {
    ImageStack bright = new ImageStack(40, 40);
    ImageStack dim = new ImageStack(40, 40);
    Random random = new Random(2);
    for (int i = 0; i < 8; i++) {
      ByteProcessor ip = new ByteProcessor(40, 40);
      for (int p = 0; p < 1600; p++) ip.set(p, random.nextInt(256));
      bright.addSlice(ip);
      ImageProcessor half = ip.duplicate();
      half.multiply(0.5);
      dim.addSlice(half);
    }
    String real = path("real.tif");
    String synthetic = path("synthetic.tif");
    new FileSaver(new ImagePlus("real", bright)).saveAsTiffStack(real);
    new FileSaver(new ImagePlus("synthetic", dim)).saveAsTiffStack(synthetic);
    assertThat(features(synthetic, "alone.csv")).isZero();
    assertThat(features(synthetic, "beside.csv", "--with-real=" + real)).isZero();
    assertThat(features(real, "real.csv", "--with-synthetic=" + synthetic)).isZero();
    double brightness = meanOf("real.csv");
    assertThat(meanOf("alone.csv")).isCloseTo(brightness, within(0.1));
    assertThat(meanOf("beside.csv")).isLessThan(brightness - 0.3);
    assertThat(features(real, "x.csv", "--with-real=" + real, "--with-synthetic=" + synthetic))
        .isEqualTo(WRONG_USAGE);
  }

  private int features(String input, String output, String... more) {
    List<String> args = new ArrayList<>(List.of("features", "--features=pixels"));
    args.add("--input=" + input);
    args.add("--output=" + path(output));
    args.addAll(List.of(more));
    return run(args.toArray(new String[0]));
  }

  private double meanOf(String csv) throws IOException {
    float[] row = FeatureFiles.read(folder.resolve(csv)).row(0);
    double sum = 0;
    for (float value : row) sum += value;
    return sum / row.length;
  }

  @Test
  void evaluate_without_images_says_what_to_give() {
    assertThat(run("evaluate", "--output=x")).isEqualTo(WRONG_USAGE);
    assertThat(errorText()).contains("--real and --synthetic");
  }
}
