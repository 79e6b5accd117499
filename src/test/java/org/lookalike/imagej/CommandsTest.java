package org.lookalike.imagej;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;
import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleService;

/** The commands in a SciJava context, as a script or a headless Fiji runs them. */
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
            "Plugins > Lookalike > Compute Device...",
            "File > Open Samples > Lookalike Nuclei (stack)");
  }

  @Test
  void trainingHasEverySettingAsInput() {
    CommandInfo info = context.service(CommandService.class).getCommand(TrainCommand.class);
    Module module = context.service(ModuleService.class).createModule(info);
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

  @Test
  void trainingWithoutOutputSaysWhatToGive() throws Exception {
    Module module = run(TrainCommand.class, "input", folder.toFile());
    assertThat(reason(module)).contains("(output=…)");
  }

  @Test
  void trainingWithoutImagesSaysWhatToGive() throws Exception {
    Module module = run(TrainCommand.class, "output", folder.resolve("run").toFile());
    assertThat(reason(module)).contains("There are no images to train on");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @Test
  void trainingNamesAnImpossibleSetting() throws Exception {
    assertThat(reason(run(TrainCommand.class, "loss", "relativstic")))
        .contains("did you mean relativistic?");
    assertThat(reason(run(TrainCommand.class, "minutes", -1.0))).contains("minutes=-1");
    assertThat(reason(run(TrainCommand.class, "set", "bacth=8"))).contains("'batch'");
  }

  @Test
  void generatingWithoutModelSaysWhatToGive() throws Exception {
    assertThat(reason(run(GenerateCommand.class))).contains("(model=…)");
  }

  @Test
  void resumingWithoutRunSaysWhatToGive() throws Exception {
    assertThat(reason(run(ResumeCommand.class))).contains("(run=…)");
  }
}
