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
import picocli.CommandLine.Option;

/** Writes the features of images, for statistics elsewhere or a later evaluation. */
@Command(
    name = "features",
    sortOptions = false,
    description = "Write the features of images as CSV: file,f0,f1,…, one row an image.",
    footer = {"", "Prints the path of what was written."})
final class FeaturesCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

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

  FeaturesCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    ImageSource source = ImageSources.open(input, err::println);
    Views views = Views.pair(source, source, err::println).get(0);
    try (FeatureExtractor extractor = FeatureExtractors.open(features, views.channels())) {
      FeatureSet set = new Evaluation(err::println).features(views, extractor);
      FeatureFiles.write(set, output);
    }
    out.println(output);
    return ExitCode.OK;
  }
}
