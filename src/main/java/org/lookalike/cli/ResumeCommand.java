package org.lookalike.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;
import org.lookalike.train.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Goes on with a training from its last checkpoint, as if it had never stopped. */
@Command(
    name = "resume",
    sortOptions = false,
    description = "Go on with a training as if it had never stopped.",
    footer = {"", "Prints the path of the trained model."})
final class ResumeCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "DIR",
      description = "Run folder of the training.")
  private Path run;

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "Train until this much time in all; default: as set when it was started.")
  private String minutes;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Train until this many images in all; default: as set when it was started.")
  private String images;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description = "The images, if they have moved since.")
  private Path input;

  ResumeCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    Double newMinutes = parse(TrainSettings.MINUTES, minutes);
    Long newImages = parse(TrainSettings.IMAGES, images);
    ImageSource source = input == null ? null : ImageSources.open(input, err::println);
    Training training = Training.resume(run, source, newMinutes, newImages);
    return new TrainingSession(out, err).run(training);
  }

  private <T> T parse(Setting<T> setting, String text) {
    return text == null ? null : SettingsOptions.parsed(spec, () -> setting.parse(text));
  }
}
