package org.lookalike.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.lookalike.lab.Coverage;
import org.lookalike.lab.LabMethod;
import org.lookalike.lab.LabResult;
import org.lookalike.lab.LabSession;
import org.lookalike.lab.LabStudy;
import org.lookalike.lab.Mixture;
import org.lookalike.train.TrainSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Plays the mode collapse lab without windows. */
@Command(
    name = "lab",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "See which modes of a known mixture a GAN finds; leaves lab.json, pictures and curves.",
    footer = {"", "Prints the path of lab.json."})
final class LabCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = "--layout",
      defaultValue = "ring",
      paramLabel = "ring|grid|line",
      description = "Where the modes are; default: ${DEFAULT-VALUE}.")
  private String layout;

  @Option(
      names = "--method",
      defaultValue = "plain-gan",
      paramLabel = "NAME",
      completionCandidates = MethodNames.class,
      description =
          "Networks and settings to start from: ${COMPLETION-CANDIDATES}; default: plain-gan.")
  private String method;

  @Option(
      names = "--nets",
      paramLabel = "plain|published",
      description = "Other networks than the method's.")
  private String nets;

  @Option(
      names = "--steps",
      defaultValue = "10000",
      paramLabel = "N",
      description = "Steps of the generator, a run; default: ${DEFAULT-VALUE}.")
  private int steps;

  @Option(
      names = "--seeds",
      defaultValue = "1",
      paramLabel = "N",
      description = "Runs, each with the next seed after --seed; default: ${DEFAULT-VALUE}.")
  private int seeds;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for lab.json and the plots.")
  private Path output;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting; repeatable.")
  private List<String> pairs = List.of();

  LabCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    Mixture mixture = SettingsOptions.parsed(spec, () -> Mixture.fromLabel(layout));
    requirePositive("--steps", steps);
    requirePositive("--seeds", seeds);
    TrainSettings typed = typed();
    LabMethod chosen = SettingsOptions.parsed(spec, () -> method(typed));
    LabStudy study = new LabStudy(mixture, chosen, steps);
    Files.createDirectories(output);
    LabResult result = study.run(typed.get(TrainSettings.SEED), seeds, this::keep);
    Path file = output.resolve("lab.json");
    result.write(file);
    out.println(file);
    return ExitCode.OK;
  }

  private TrainSettings typed() {
    TrainSettings typed = SettingsOptions.withPairs(spec, TrainSettings.defaults(), pairs);
    return typed.with(SettingsOptions.given(spec, spec.commandLine().getParseResult()));
  }

  private LabMethod method(TrainSettings typed) {
    LabMethod base = LabMethod.named(method);
    if (nets != null) base = base.withNets(nets);
    return TrainSettings.all().stream()
            .anyMatch(setting -> setting != TrainSettings.SEED && typed.isSet(setting))
        ? base.with(method + ", changed", typed)
        : base;
  }

  /** Tells how a run ended and writes its pictures. */
  private void keep(LabSession run) {
    Coverage coverage = run.snapshot().coverage();
    err.printf(
        Locale.ROOT,
        "Seed %d: %d of %d modes, %.1f %% of high quality, reverse KL %.3f after %d steps%n",
        run.settings().get(TrainSettings.SEED),
        coverage.modes(),
        run.mixture().modes(),
        100 * coverage.highQuality(),
        coverage.reverseKl(),
        run.steps());
    try {
      run.save(
          seeds == 1 ? output : output.resolve("seed" + run.settings().get(TrainSettings.SEED)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void requirePositive(String option, int value) {
    if (value > 0) return;
    throw new ParameterException(
        spec.commandLine(), option + "=" + value + " is not possible; give 1 or more.");
  }

  /** For the help. */
  static final class MethodNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return LabMethod.names().iterator();
    }
  }
}
