package org.lookalike.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.metrics.Evaluation;
import org.lookalike.metrics.FeatureExtractors;
import org.lookalike.metrics.FeatureFiles;
import org.lookalike.metrics.FeatureSet;
import org.lookalike.metrics.Report;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares synthetic images with real ones. */
@Command(
    name = "evaluate",
    sortOptions = false,
    description = "Compare synthetic images with real ones: how close, how varied, how new.",
    footer = {"", "Prints the path of report.json."})
final class EvaluateCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = "--real",
      paramLabel = "PATH",
      description = "Real images, best ones the training has not seen: a folder or stack.")
  private Path real;

  @Option(
      names = "--synthetic",
      paramLabel = "PATH",
      description = "Synthetic images: a folder or stack.")
  private Path synthetic;

  @Option(
      names = "--train",
      paramLabel = "PATH",
      description = "The images of the training, to find copies of them.")
  private Path train;

  @Option(
      names = "--features",
      defaultValue = FeatureExtractors.BUILT_IN,
      paramLabel = "NAME",
      description = "In which features to compare: ${DEFAULT-VALUE}, pixels or an ONNX file.")
  private String features;

  @Option(
      names = "--classifier",
      paramLabel = "FILE",
      description = "An ONNX model with one logit or probability a class, for the Inception score.")
  private String classifier;

  @Option(
      names = "--real-features",
      paramLabel = "FILE",
      description = "Features of real images from the command features, in place of --real.")
  private Path realFeatures;

  @Option(
      names = "--synthetic-features",
      paramLabel = "FILE",
      description = "Features of synthetic images, in place of --synthetic.")
  private Path syntheticFeatures;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for report.html, report.json and report.csv.")
  private Path output;

  EvaluateCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    boolean ofFeatures = realFeatures != null && syntheticFeatures != null;
    if (!ofFeatures && (real == null || synthetic == null)) {
      throw new ParameterException(
          spec.commandLine(),
          "Give --real and --synthetic, or --real-features and --synthetic-features.");
    }
    if (realFeatures != null || syntheticFeatures != null) {
      boolean images = real != null || synthetic != null || train != null || classifier != null;
      if (images || !ofFeatures) {
        throw new ParameterException(
            spec.commandLine(),
            "--real-features and --synthetic-features go together, and without --real, --synthetic,"
                + " --train and --classifier, which need images.");
      }
    }
    Files.createDirectories(output);
    Evaluation evaluation = new Evaluation(err::println);
    Report report;
    if (ofFeatures) {
      FeatureSet a = FeatureFiles.read(realFeatures);
      FeatureSet b = FeatureFiles.read(syntheticFeatures);
      report = evaluation.compare(a, b, null, "features of " + realFeatures.getFileName());
    } else {
      report = compareImages(evaluation);
    }
    report.write(output);
    for (String verdict : report.verdicts()) err.println(verdict);
    out.println(output.resolve("report.json"));
    return ExitCode.OK;
  }

  private Report compareImages(Evaluation evaluation) throws IOException {
    ImageSource reals = ImageSources.open(real, err::println);
    ImageSource synthetics = ImageSources.open(synthetic, err::println);
    ImageSource known = train == null ? null : ImageSources.open(train, err::println);
    return evaluation.withClassifier(classifier).compare(reals, synthetics, known, features);
  }
}
