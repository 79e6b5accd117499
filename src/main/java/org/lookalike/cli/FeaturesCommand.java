package org.lookalike.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.image.Views;
import org.lookalike.metrics.Evaluation;
import org.lookalike.metrics.FeatureExtractor;
import org.lookalike.metrics.FeatureExtractors;
import org.lookalike.metrics.FeatureFiles;
import org.lookalike.metrics.FeatureSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the features of images, for statistics elsewhere or a later evaluation. */
@Command(
    name = "features",
    sortOptions = false,
    description = "Write the features of images as CSV: file,f0,f1,…, one row an image.",
    footer = {"", "Prints the path of what was written."})
final class FeaturesCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(names = "--input", required = true, paramLabel = "PATH", description = "Folder or stack.")
  private Path input;

  @Option(names = "--output", required = true, paramLabel = "FILE", description = "CSV file.")
  private Path output;

  @Option(
      names = "--features",
      defaultValue = FeatureExtractors.BUILT_IN,
      paramLabel = "NAME",
      description = "Which features: ${DEFAULT-VALUE}, pixels or an ONNX file.")
  private String features;

  @Option(
      names = "--with-real",
      paramLabel = "PATH",
      description =
          "The real images that these synthetic ones are to be compared with: intensities are taken"
              + " in their range.")
  private Path real;

  @Option(
      names = "--with-synthetic",
      paramLabel = "PATH",
      description =
          "The synthetic images that these real ones are to be compared with: taken at their size,"
              + " in patches where they show patches.")
  private Path synthetic;

  FeaturesCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    Views views = views();
    try (FeatureExtractor extractor = FeatureExtractors.open(features, views.channels())) {
      FeatureSet set = new Evaluation(err::println).features(views, extractor);
      FeatureFiles.write(set, output);
    }
    out.println(output);
    return ExitCode.OK;
  }

  private Views views() {
    if (real != null && synthetic != null) {
      throw new ParameterException(
          spec.commandLine(), "Give --with-real or --with-synthetic, as the input is the other.");
    }
    ImageSource source = ImageSources.open(input, err::println);
    if (real != null) {
      return Views.pair(ImageSources.open(real, err::println), source, err::println).get(1);
    }
    ImageSource other = synthetic == null ? source : ImageSources.open(synthetic, err::println);
    return Views.pair(source, other, err::println).get(0);
  }
}
