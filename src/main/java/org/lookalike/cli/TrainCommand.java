package org.lookalike.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.train.Recipes;
import org.lookalike.train.TrainSettings;
import org.lookalike.train.Training;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Trains on a folder or stack of images.
 *
 * <p>Settings come from the recipe, then the settings file, then {@code --set}, then the options of
 * their own; the later overrides the earlier.
 */
@Command(
    name = "train",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Train on a folder or stack of images; leaves a run folder.",
    footer = {"", "Prints the path of the trained model."})
final class TrainCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Spec private CommandSpec spec;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description = "Folder of images, or a stack.")
  private Path input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Run folder to make; one that holds another run is never overwritten.")
  private Path output;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      completionCandidates = RecipeNames.class,
      description = "Settings that go well together: ${COMPLETION-CANDIDATES}.")
  private String recipe;

  @Option(
      names = "--settings",
      paramLabel = "FILE",
      description = "JSON file of settings, such as a run folder's settings.json.")
  private Path settingsFile;

  @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Any setting; repeatable.")
  private List<String> pairs = List.of();

  TrainCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws IOException {
    TrainSettings settings = settings();
    ImageSource source = ImageSources.open(input, err::println);
    return new TrainingSession(out, err).run(Training.start(source, settings, output));
  }

  private TrainSettings settings() {
    TrainSettings settings = TrainSettings.defaults();
    if (recipe != null) settings = SettingsOptions.parsed(spec, () -> Recipes.get(recipe));
    if (settingsFile != null) {
      settings =
          settings.with(SettingsOptions.parsed(spec, () -> TrainSettings.read(settingsFile)));
    }
    settings = SettingsOptions.withPairs(spec, settings, pairs);
    return settings.with(SettingsOptions.given(spec, spec.commandLine().getParseResult()));
  }

  /** For the help. */
  static final class RecipeNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Recipes.names().iterator();
    }
  }
}
