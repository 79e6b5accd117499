package org.lookalike.cli;

import ij.ImagePlus;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lookalike.gan.GanModel;
import org.lookalike.image.ImageFiles;
import org.lookalike.image.ImageSources;
import org.lookalike.image.InputException;
import org.lookalike.metrics.Evaluation;
import org.lookalike.metrics.FeatureExtractors;
import org.lookalike.metrics.LiveQuality;
import org.lookalike.metrics.Report;
import org.lookalike.train.TrainSettings;
import org.lookalike.train.Training;
import org.lookalike.train.TrainingResult;
import picocli.CommandLine.ExitCode;

/**
 * Shows the whole way once: trains on the sample nuclei, generates new ones, lays them beside the
 * real ones and evaluates them. Everything it makes lies in one folder, and what it left there
 * before is replaced.
 */
public final class Demo {
  private static final Path SAMPLES = Path.of("sample-data", "nuclei.tif");
  private static final int COUNT = 200;

  private final Path folder;
  private final TrainSettings settings;
  private final DemoView view;
  private final PrintStream out;
  private final PrintStream err;

  /** The demo as users start it: two minutes, results in {@code target/demo}. */
  public Demo(DemoView view, PrintStream out, PrintStream err) {
    this(
        Path.of("target", "demo"),
        // Small patches at half the resolution: what can be learnt in so short a time.
        TrainSettings.parse("minutes=2 size=32 sampling=patches pixel_size=1.3"),
        view,
        out,
        err);
  }

  Demo(Path folder, TrainSettings settings, DemoView view, PrintStream out, PrintStream err) {
    this.folder = folder;
    this.settings = settings;
    this.view = view;
    this.out = out;
    this.err = err;
  }

  /**
   * Runs all stages, saying at each what it does and where the result lies.
   *
   * @return the exit code
   */
  public int run() {
    try {
      return runStages();
    } catch (IOException | RuntimeException | OutOfMemoryError | LinkageError e) {
      return new FailureReport(err, false).tell(e);
    }
  }

  private int runStages() throws IOException {
    Path run = folder.resolve("run");
    Files.createDirectories(folder);
    deleteTree(run);

    Path samples = samples();
    say("Lookalike demo. Other jobs: add -Dexec.args=\"--help\".");
    say("1. Training on the sample nuclei, " + samples + ": takes about two minutes.");
    say("   Run folder: " + run);
    SampleSheet sheet = new SampleSheet();
    Training training = Training.start(ImageSources.open(samples, this::detail), settings, run);
    training.judgeBy(new LiveQuality());
    training.addListener(sheet);
    training.addListener(view.watch(training.control()));
    training.addListener(new ConsoleProgress(err, Terminal.isInteractive()));
    TrainingResult result;
    try (InterruptGuard guard = new InterruptGuard(training.control())) {
      result = training.run();
      say("   Model: " + result.model());
    }
    if (result.outcome() != TrainingResult.Outcome.FINISHED) return ExitCode.SOFTWARE;

    say("2. Generating " + COUNT + " new images with the trained model.");
    ImagePlus synthetic =
        GanModel.read(result.model()).generate("synthetic", COUNT, 1, 1, null, () -> false);
    Path stack = folder.resolve("synthetic.tif");
    ImageFiles.saveTiff(synthetic, stack);
    view.show(synthetic);
    say("   Stack to open in ImageJ: " + stack);

    say("3. Laying synthetic images beside real ones, both as the networks see them.");
    Path picture = folder.resolve("synthetic.png");
    ImagePlus comparison = sheet.draw("Lookalike: real | synthetic");
    SampleSheet.save(comparison, picture);
    view.show(comparison);
    say("   Real on the left, synthetic on the right: " + picture);

    say("4. Evaluating: how good, how varied, how new.");
    Report report =
        new Evaluation(this::detail)
            .compare(
                ImageSources.open(samples, this::detail),
                ImageSources.of(synthetic),
                null,
                FeatureExtractors.BUILT_IN);
    Path page = folder.resolve("report");
    report.write(page);
    for (String verdict : report.verdicts()) say("   " + verdict);
    say("   Report to open in a browser: " + page.resolve("report.html"));

    say("Done. Two minutes are only a taste; train longer for better images (README.md).");
    return ExitCode.OK;
  }

  /** The sample stack of a clone; elsewhere a copy out of the program's own jar. */
  private Path samples() throws IOException {
    if (Files.exists(SAMPLES)) return SAMPLES;
    Path copy = folder.resolve("nuclei.tif");
    try (InputStream packed = Demo.class.getResourceAsStream("/sample-data/nuclei.tif")) {
      if (packed == null) {
        throw new InputException(
            "The demo's images, " + SAMPLES + ", are missing; start it from a clone's top folder.");
      }
      Files.copy(packed, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  private static void deleteTree(Path root) throws IOException {
    if (!Files.exists(root)) return;
    List<Path> deepestFirst;
    try (Stream<Path> tree = Files.walk(root)) {
      deepestFirst = tree.sorted(Comparator.reverseOrder()).collect(Collectors.toList());
    }
    for (Path path : deepestFirst) Files.delete(path);
  }

  private void say(String line) {
    out.println(line);
    out.flush();
  }

  private void detail(String line) {
    err.println("   " + line);
  }
}
