package org.lookalike.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.ResultsTable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.lookalike.image.ImageSource;
import org.lookalike.image.InputException;
import org.lookalike.metrics.Evaluation;
import org.lookalike.metrics.FeatureExtractors;
import org.lookalike.metrics.Report;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/**
 * <em>Evaluate Images…</em>: compares synthetic images with real ones.
 *
 * <pre>{@code
 * run("Evaluate Images...", "real=[/data/held-out] synthetic=[/data/synthetic.tif] output=[/data/r]");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Lookalike>Evaluate Images...")
public class EvaluateCommand extends LookalikeCommand {
  @Parameter(
      label = "Real",
      description =
          "Real images, best ones the training has not seen: a folder, a stack file or the title"
              + " of an open image",
      style = FileWidget.FILE_AND_DIRECTORY_STYLE,
      required = false,
      persist = false)
  private File real;

  @Parameter(
      label = "Synthetic",
      description =
          "Synthetic images: a folder, a stack file or the title of an open image; empty: the"
              + " active image",
      style = FileWidget.FILE_AND_DIRECTORY_STYLE,
      required = false,
      persist = false)
  private File synthetic;

  @Parameter(
      label = "Train",
      description = "The images of the training, to find copies of them; may be empty",
      style = FileWidget.FILE_AND_DIRECTORY_STYLE,
      required = false,
      persist = false)
  private File train;

  @Parameter(
      label = "Features",
      description = "In which features to compare: builtin, pixels or an ONNX file",
      required = false,
      persist = false)
  private String features = FeatureExtractors.BUILT_IN;

  @Parameter(
      label = "Classifier",
      description =
          "An ONNX model with one logit or probability a class, for the Inception score; may be"
              + " empty",
      required = false,
      persist = false)
  private String classifier;

  @Parameter(
      label = "Output",
      description =
          "A folder for report.html, report.json and report.csv; empty: only show the figures",
      style = FileWidget.DIRECTORY_STYLE,
      required = false,
      persist = false)
  private File output;

  @Parameter(type = ItemIO.OUTPUT, label = "Lookalike evaluation")
  private ResultsTable figures;

  @Parameter(type = ItemIO.OUTPUT, label = "Verdicts")
  private String verdicts;

  @Parameter(type = ItemIO.OUTPUT, label = "Nearest pairs")
  private ImagePlus pairs;

  @Parameter(type = ItemIO.OUTPUT, label = "Map of features")
  private ImagePlus map;

  @Override
  protected void execute() throws IOException {
    if (isBlank(real)) throw new InputException("Give the real images to compare with (real=…).");
    if (!isBlank(output)) Files.createDirectories(output.toPath());
    Consumer<String> tell = this::tell;
    ImageSource reals = InputImages.open(null, real, tell);
    ImageSource synthetics = InputImages.open(null, synthetic, tell);
    ImageSource known = isBlank(train) ? null : InputImages.open(null, train, tell);
    IJ.resetEscape();
    Evaluation evaluation = new Evaluation(tell).cancelledBy(IJ::escapePressed);
    if (classifier != null && !classifier.trim().isEmpty()) evaluation.withClassifier(classifier);
    Report report;
    try {
      report = evaluation.compare(reals, synthetics, known, features);
    } catch (CancellationException e) {
      cancel("");
      return;
    }

    if (!isBlank(output)) report.write(output.toPath());
    figures = EvaluationViews.table(report);
    pairs = EvaluationViews.pairs(report.gallery());
    map = EvaluationViews.map(report.gallery().map());
    verdicts = String.join(System.lineSeparator(), report.verdicts());
  }
}
