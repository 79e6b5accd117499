package org.lookalike.cli;

import ij.ImagePlus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lookalike.gan.GanModel;
import org.lookalike.image.ImageOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;

/** Makes new images with a trained model. */
@Command(
    name = "generate",
    sortOptions = false,
    description = "Make new images with a trained model: a TIFF stack or a folder.",
    footer = {"", "Prints the path of what was written."})
final class GenerateCommand implements Callable<Integer> {
  private static final String TITLE = "synthetic";

  /** Images of a folder that are in memory at once. */
  private static final int PORTION = 256;

  private final PrintStream out;
  private final PrintStream err;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "PATH",
      description = "Model file or run folder.")
  private Path model;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "PATH",
      description = "A file ending in .tif takes a stack, a folder takes one file an image.")
  private Path output;

  @Option(
      names = "--count",
      defaultValue = "64",
      paramLabel = "N",
      description = "Number of images; default: ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = "--seed",
      defaultValue = "1",
      paramLabel = "N",
      description = "The same model and seed give the same images; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--truncation",
      defaultValue = "1",
      paramLabel = "FACTOR",
      description = "Below 1: more typical, less varied images; default: ${DEFAULT-VALUE}.")
  private double truncation;

  @Option(
      names = "--class",
      paramLabel = "NAME",
      description = "Class of the images, for models trained with classes; default: all in turn.")
  private String className;

  GenerateCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    GanModel gan = GanModel.read(model);
    gan.checkRequest(count, truncation, className);
    ImageOutput target = ImageOutput.at(output, gan.sourceName());
    err.println("Generating " + count + " images with " + model + ".");
    int portion = target.isStack() ? count : PORTION;
    for (int first = 0; first < count; first += portion) {
      int n = Math.min(portion, count - first);
      ImagePlus images = gan.generate(TITLE, first, n, seed, truncation, className, () -> false);
      target.save(images, first);
    }
    out.println(output);
    return ExitCode.OK;
  }
}
