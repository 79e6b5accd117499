package org.lookalike.imagej;

import ij.ImagePlus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;
import org.lookalike.train.Training;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/**
 * <em>Resume Training…</em>: goes on with a training as if it had never stopped.
 *
 * <pre>{@code
 * run("Resume Training...", "run=[/data/run1] minutes=20");
 * }</pre>
 */
@Plugin(type = Command.class, menuPath = "Plugins>Lookalike>Resume Training...")
public class ResumeCommand extends LookalikeCommand {
  @Parameter(
      label = "Run",
      description = "The output folder of the training to go on with",
      style = FileWidget.DIRECTORY_STYLE,
      required = false,
      persist = false)
  private File run;

  @Parameter(
      label = "Minutes",
      description = "Training time in all, what is done included; empty: as set before",
      required = false,
      persist = false)
  private String minutes;

  @Parameter(
      label = "Images",
      description = "Stop after this many images in all; empty: as set before",
      required = false,
      persist = false)
  private String images;

  @Parameter(
      label = "Input",
      description =
          "The images the training began with, if they have moved: a folder, a stack file or the"
              + " title of an open image",
      style = FileWidget.FILE_AND_DIRECTORY_STYLE,
      required = false,
      persist = false)
  private File input;

  @Parameter(
      description = "The images the training began with, for scripts; goes before the input",
      visibility = ItemVisibility.INVISIBLE,
      required = false,
      autoFill = false,
      persist = false)
  private ImagePlus image;

  @Parameter(type = ItemIO.OUTPUT, description = "Images from the trained generator")
  private ImagePlus synthetic;

  @Parameter(type = ItemIO.OUTPUT, description = "What the training's curves said in the end")
  private String verdict;

  @Override
  protected void execute() throws IOException {
    Path folder = required(run, "run", "the output folder of the training to go on with");
    Training training =
        Training.resume(
            folder,
            source(folder),
            parse(TrainSettings.MINUTES, minutes),
            parse(TrainSettings.IMAGES, images));
    TrainingJob job = new TrainingJob(training, log());
    synthetic = job.run();
    verdict = TrainingJob.lastVerdict();
    // For scripts; the windows and the log have shown it.
    resolveOutput("verdict");
    if (synthetic == null) cancel(job.reason());
  }

  /** The images; {@code null} for those on disk that the training remembers. */
  private ImageSource source(Path folder) {
    if (image != null || !isBlank(input)) return InputImages.open(image, input, this::tell);
    ImagePlus open = InputImages.titled(Training.sourceName(folder));
    return open == null ? null : ImageSources.of(open);
  }

  private static <T> T parse(Setting<T> setting, String text) {
    return text == null || text.trim().isEmpty() ? null : setting.parse(text);
  }
}
