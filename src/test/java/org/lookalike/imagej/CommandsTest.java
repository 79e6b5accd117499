package org.lookalike.imagej;

import static org.assertj.core.api.Assertions.assertThat;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.io.Opener;
import ij.measure.ResultsTable;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lookalike.train.Recipes;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;
import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.module.MethodCallException;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;
import org.scijava.plugin.Plugin;

/** The commands in a SciJava context, as a script or a headless Fiji runs them. */
@Tag("window")
class CommandsTest {
  private static Context context;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    context = new Context(CommandService.class, LogService.class);
  }

  @AfterAll
  static void stop() {
    context.dispose();
  }

  private static Module run(Class<? extends LookalikeCommand> command, Object... inputs)
      throws Exception {
    CommandInfo info = context.service(CommandService.class).getCommand(command);
    return context.service(ModuleService.class).run(info, true, inputs).get();
  }

  private static String reason(Module module) {
    return ((LookalikeCommand) module).getCancelReason();
  }

  @Test
  void areFoundUnderTheMenusOfPluginsConfig() {
    List<String> menus = new ArrayList<>();
    for (CommandInfo info : context.service(CommandService.class).getCommands()) {
      if (info.getClassName().startsWith("org.lookalike.imagej.")) {
        menus.add(info.getMenuPath().getMenuString());
      }
    }
    assertThat(menus)
        .contains(
            "Plugins > Lookalike > Train GAN...",
            "Plugins > Lookalike > Resume Training...",
            "Plugins > Lookalike > Generate Images...",
            "Plugins > Lookalike > Evaluate Images...",
            "Plugins > Lookalike > Mode Collapse Lab...",
            "Plugins > Lookalike > Compute Device...",
            "File > Open Samples > Lookalike Nuclei (stack)");
  }

  /** Fiji puts a command in the place of the entry with the same label in the same menu. */
  @Test
  void havePlainImageJsMenuEntriesForTheSameMenus() throws Exception {
    Pattern entry = Pattern.compile("(.+), \"(.+)\", (.+)\\(\"(.+)\"\\)");
    int entries = 0;
    for (String line : pluginsConfig().split("\\R")) {
      if (line.startsWith("#") || line.isEmpty()) continue;
      Matcher parts = entry.matcher(line);
      assertThat(parts.matches()).as(line).isTrue();
      Plugin command = Class.forName(parts.group(4)).getAnnotation(Plugin.class);
      assertThat(parts.group(1) + ">" + parts.group(2)).isEqualTo(command.menuPath());
      assertThat(parts.group(3)).isEqualTo(ImageJ1Adapter.class.getName());
      entries++;
    }
    assertThat(entries).isEqualTo(7);
  }

  private static String pluginsConfig() throws IOException {
    try (InputStream in = CommandsTest.class.getResourceAsStream("/plugins.config")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void anInputWithItsDefaultGivesWayToTheSettingsFile() {
    Module module = trainCommand();
    TrainSettings base = TrainSettings.parse("size=128 minutes=3 batch=8");
    module.setInput("size", "64");
    module.setInput("minutes", "5");
    module.setInput("seed", "7");
    TrainSettings read = SettingInputs.read(module, base);
    assertThat(read.get(TrainSettings.SIZE)).isEqualTo(128);
    assertThat(read.get(TrainSettings.MINUTES)).isEqualTo(5);
    assertThat(read.get(TrainSettings.SEED)).isEqualTo(7);
    assertThat(read.get(TrainSettings.BATCH)).isEqualTo(8);
  }

  private static TrainCommand trainCommand() {
    CommandInfo info = context.service(CommandService.class).getCommand(TrainCommand.class);
    return (TrainCommand) context.service(ModuleService.class).createModule(info);
  }

  @Test
  void settingsOverrideTheFileThatOverridesTheRecipe() throws IOException {
    Path file = folder.resolve("settings.json");
    Files.writeString(file, "{\"beta1\": 0.1, \"beta2\": 0.7, \"batch\": 8}");
    TrainCommand command = trainCommand();
    command.setInput("recipe", "wgan");
    command.setInput("settings", file.toFile());
    command.setInput("loss", "relativistic");
    command.setInput("batch", "32");
    command.setInput("clip", "0.02");
    command.setInput("set", "clip=0.03");
    TrainSettings settings = command.settings();
    assertThat(settings.get(TrainSettings.LOSS)).isEqualTo("wasserstein");
    assertThat(settings.get(TrainSettings.LEARNING_RATE_G)).isEqualTo(5e-5);
    assertThat(settings.get(TrainSettings.BETA2)).isEqualTo(0.7);
    assertThat(settings.get(TrainSettings.BATCH)).isEqualTo(32);
    assertThat(settings.get(TrainSettings.CLIP)).isEqualTo(0.03);
  }

  @Test
  void withoutRecipeTrainsWithTheDefaults() {
    TrainCommand command = trainCommand();
    assertThat(command.settings()).isEqualTo(TrainSettings.defaults());
    Object first = command.getInfo().getInput("recipe").getDefaultValue();
    assertThat(Recipes.get((String) first)).isEqualTo(TrainSettings.defaults());
  }

  /** Fiji's recorder records what is visible. */
  @Test
  void advancedSettingsAreShownOnceTheyAreGiven() {
    TrainCommand command = trainCommand();
    AdvancedSettings.give(command, Map.of("batch", "8", "r1", "0.5"));
    assertThat(shownSettings(command)).containsExactly("r1", "batch");
    assertThat(command.settings()).isEqualTo(TrainSettings.parse("batch=8 r1=0.5"));
    assertThat(command.getInfo().getInput("advanced").getLabel())
        .isEqualTo("Advanced... (2 changed)");
    AdvancedSettings.give(command, Map.of());
    assertThat(shownSettings(command)).isEmpty();
    assertThat(command.settings()).isEqualTo(TrainSettings.defaults());
    assertThat(command.getInfo().getInput("advanced").getLabel()).isEqualTo("Advanced...");
  }

  private static List<String> shownSettings(Module command) {
    return AdvancedSettings.all().stream()
        .map(Setting::key)
        .filter(key -> InputTypes.isShown(command.getInfo().getInput(key)))
        .collect(Collectors.toList());
  }

  @Test
  void trainingHasEverySettingAsInput() {
    Module module = trainCommand();
    for (Setting<?> setting : TrainSettings.all()) {
      ModuleItem<?> input = module.getInfo().getInput(setting.key());
      assertThat(input).as(setting.key()).isNotNull();
      boolean main = setting.group() == Setting.Group.MAIN;
      assertThat(input.getVisibility() == ItemVisibility.NORMAL).isEqualTo(main);
      assertThat(input.getDescription()).isEqualTo(setting.help());
      if (main) {
        assertThat(input.getDefaultValue()).isEqualTo(setting.format(setting.defaultValue()));
      }
    }
  }

  /** Fiji's own look-up takes the end of one key for another, and the last of a list for a key. */
  @Test
  void aMacrosKeysAreTakenAsTheyWereTyped() {
    String macro = "return call('" + Fiji.class.getName() + ".settingsOfAMacro');";
    assertThat(IJ.runMacro(macro)).isEqualTo("auto 5000 0.01 2 10 3");
  }

  @Test
  void trainingWithoutOutputSaysWhatToGive() throws Exception {
    Module module = run(TrainCommand.class, "input", folder.toFile());
    assertThat(reason(module)).contains("(output=…)");
  }

  @Test
  void trainingWithoutImagesSaysWhatToGive() throws Exception {
    Module module = run(TrainCommand.class, "output", folder.resolve("run").toFile());
    assertThat(reason(module)).contains("There are no images: open a stack");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void trainingNamesAnImpossibleSetting() throws Exception {
    assertThat(reason(run(TrainCommand.class, "loss", "relativstic")))
        .contains("did you mean relativistic?");
    assertThat(reason(run(TrainCommand.class, "minutes", -1.0))).contains("minutes=-1");
    assertThat(reason(run(TrainCommand.class, "set", "bacth=8"))).contains("'batch'");
    assertThat(reason(run(TrainCommand.class, "recipe", "wgam"))).contains("did you mean 'wgan'?");
  }

  @Test
  void generatingWithoutModelSaysWhatToGive() throws Exception {
    assertThat(reason(run(GenerateCommand.class))).contains("(model=…)");
  }

  @Test
  void evaluatingWithoutRealImagesSaysWhatToGive() throws Exception {
    assertThat(reason(run(EvaluateCommand.class))).contains("(real=…)");
  }

  @Test
  void resumingWithoutRunSaysWhatToGive() throws Exception {
    assertThat(reason(run(ResumeCommand.class))).contains("(run=…)");
  }

  @Test
  void withoutUserInterfaceTrainsResumesAndGeneratesWithoutWindows() throws Exception {
    int windows = showing();
    File run = folder.resolve("run").toFile();
    Module trained =
        run(
            TrainCommand.class,
            "input",
            new File("sample-data", "nuclei.tif"),
            "output",
            run,
            "size",
            "32",
            "set",
            "width=8 images=160 sampling=patches");
    assertThat(reason(trained)).isNull();
    assertThat(((ImagePlus) trained.getOutput("synthetic")).getWidth()).isEqualTo(32);
    Module resumed = run(ResumeCommand.class, "run", run, "images", "320");
    assertThat(reason(resumed)).isNull();
    File stack = folder.resolve("new.tif").toFile();
    Module generated =
        run(GenerateCommand.class, "model", run, "count", 5, "seed", "3", "output", stack);
    assertThat(((ImagePlus) generated.getOutput("synthetic")).getStackSize()).isEqualTo(5);
    assertThat(new Opener().openImage(stack.getPath()).getStackSize()).isEqualTo(5);
    Module evaluated =
        run(
            EvaluateCommand.class,
            "real",
            new File("sample-data", "nuclei.tif"),
            "synthetic",
            stack,
            "output",
            folder.resolve("report").toFile());
    assertThat(reason(evaluated)).isNull();
    assertThat(folder.resolve("report").resolve("report.json")).exists();
    assertThat(((ResultsTable) evaluated.getOutput("figures")).size()).isGreaterThan(5);
    assertThat(showing()).isEqualTo(windows);
  }

  private static int showing() {
    if (GraphicsEnvironment.isHeadless()) return 0;
    return (int) Arrays.stream(Window.getWindows()).filter(Window::isShowing).count();
  }

  /** Called by a macro. */
  public static final class Fiji {
    public static String settingsOfAMacro() throws InterruptedException {
      StringBuilder found = new StringBuilder();
      Thread thread =
          new Thread(
              () -> {
                TrainCommand command = trainCommand();
                command.setInput("images", "5000");
                command.setInput("pack", "2]");
                command.setInput("minutes", "7");
                try {
                  command.initialize();
                } catch (MethodCallException e) {
                  throw new IllegalStateException(e);
                }
                TrainSettings settings = command.settings();
                for (Setting<?> setting :
                    List.of(
                        TrainSettings.IMAGES,
                        TrainSettings.EMA_IMAGES,
                        TrainSettings.R1,
                        TrainSettings.PACK,
                        TrainSettings.MINUTES,
                        TrainSettings.SEED)) {
                  found.append(setting.format(settings.get(setting))).append(' ');
                }
              },
              "Run$_macro");
      Macro.setOptions(thread, "ema_images=5000 set=[r1=0.01 pack=2] seed=3 ");
      thread.start();
      thread.join();
      return found.toString().trim();
    }
  }
}
