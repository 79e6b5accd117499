package org.lookalike.imagej;

import ij.ImagePlus;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import org.lookalike.image.ImageSource;
import org.lookalike.train.Recipes;
import org.lookalike.train.TrainSettings;
import org.lookalike.train.Training;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.DynamicCommandInfo;
import org.scijava.module.DefaultMutableModuleItem;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/**
 * <em>Train GAN…</em>: trains on an open stack, a stack file or a folder of images.
 *
 * <pre>{@code
 * run("Train GAN...", "input=[/data/nuclei] output=[/data/run1] size=64 minutes=10 seed=1");
 * }</pre>
 *
 * <p>Every key of {@link TrainSettings} is an input. Those that differ from their default override
 * the {@code settings} file, which overrides the {@code recipe}; {@code set} overrides them all.
 */
@Plugin(type = Command.class, menuPath = "Plugins>Lookalike>Train GAN...")
public class TrainCommand extends LookalikeCommand {
  private static final String RECIPE = "recipe";
  private static final String SETTINGS = "settings";
  private static final String SET = "set";

  @Parameter(visibility = ItemVisibility.MESSAGE, required = false, persist = false)
  private final String hint =
      "Trains on a folder, a stack file or, without input, the active image.";

  @Parameter(
      label = "Input",
      description =
          "A folder of images, a stack file or the title of an open image;"
              + " empty: the active image",
      style = FileWidget.FILE_AND_DIRECTORY_STYLE,
      required = false,
      persist = false)
  private File input;

  @Parameter(
      label = "Output",
      description = "A new folder for the model, the samples and the history of this training",
      style = FileWidget.DIRECTORY_STYLE,
      required = false,
      persist = false)
  private File output;

  @Parameter(
      description = "The images to train on, for scripts; goes before the input",
      visibility = ItemVisibility.INVISIBLE,
      required = false,
      autoFill = false,
      persist = false)
  private ImagePlus image;

  @Parameter(type = ItemIO.OUTPUT, description = "Images from the trained generator")
  private ImagePlus synthetic;

  @Parameter(type = ItemIO.OUTPUT, description = "What the training's curves said in the end")
  private String verdict;

  private boolean settingsAdded;

  @Override
  public DynamicCommandInfo getInfo() {
    DynamicCommandInfo info = super.getInfo();
    if (!settingsAdded) {
      settingsAdded = true;
      info.addInput(recipe(info));
      SettingInputs.addAll(info);
      DefaultMutableModuleItem<File> file =
          SettingInputs.item(
              info, SETTINGS, File.class, "A JSON file of settings, e.g. of an earlier run");
      file.setLabel("Settings file");
      info.addInput(file);
      DefaultMutableModuleItem<String> set =
          SettingInputs.item(info, SET, String.class, "Any other settings, as key=value key=value");
      set.setLabel("Other settings");
      info.addInput(set);
      AdvancedSettings.addButton(info, "askAdvanced");
    }
    return info;
  }

  private static ModuleItem<String> recipe(DynamicCommandInfo info) {
    DefaultMutableModuleItem<String> recipe =
        SettingInputs.item(
            info,
            RECIPE,
            String.class,
            "Settings that go well together; those left at their default below follow it");
    recipe.setChoices(Recipes.names());
    recipe.setDefaultValue(Recipes.names().get(0));
    return recipe;
  }

  /** Called by the button of that name. */
  void askAdvanced() {
    AdvancedSettings.ask(this);
  }

  @Override
  protected void execute() throws IOException {
    TrainSettings settings = settings();
    Path runFolder = required(output, "output", "a new folder for this training's results");
    ImageSource source = InputImages.toTrainOn(image, input, this::tell);
    Training training = Training.start(source, settings, runFolder);
    TrainingJob job = new TrainingJob(training, log());
    synthetic = job.run();
    verdict = TrainingJob.lastVerdict();
    // For scripts; the windows and the log have shown it.
    resolveOutput("verdict");
    if (synthetic == null) cancel(job.reason());
  }

  /**
   * What the curves of the last training said in the end, for ImageJ macros: {@code
   * call("org.lookalike.imagej.TrainCommand.lastVerdict")}.
   */
  public static String lastVerdict() {
    return TrainingJob.lastVerdict();
  }

  /**
   * What to train with.
   *
   * @throws org.lookalike.image.InputException if an input is impossible
   */
  TrainSettings settings() {
    String recipe = (String) getInput(RECIPE);
    File file = (File) getInput(SETTINGS);
    String set = (String) getInput(SET);
    boolean hasRecipe = recipe != null && !recipe.trim().isEmpty();
    TrainSettings base = hasRecipe ? Recipes.get(recipe.trim()) : TrainSettings.defaults();
    if (!isBlank(file)) base = base.with(TrainSettings.read(file.toPath()));
    TrainSettings settings = SettingInputs.read(this, base);
    return set == null ? settings : settings.with(TrainSettings.parse(set));
  }
}
