package org.lookalike.imagej;

import static org.assertj.core.api.Assertions.assertThat;

import ij.ImagePlus;
import ij.io.Opener;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lookalike.lab.LabMethod;
import org.lookalike.train.TrainSettings;
import org.scijava.Context;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.ModuleService;

/** The lab in a SciJava context, as a script or a headless Fiji runs it. */
@Timeout(120)
class LabCommandTest {
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

  private static Module run(Object... inputs) throws Exception {
    CommandInfo info = context.service(CommandService.class).getCommand(LabCommand.class);
    return context.service(ModuleService.class).run(info, true, inputs).get();
  }

  private static String reason(Module module) {
    return ((LookalikeCommand) module).getCancelReason();
  }

  private static LabCommand command() {
    CommandInfo info = context.service(CommandService.class).getCommand(LabCommand.class);
    return (LabCommand) context.service(ModuleService.class).createModule(info);
  }

  @Test
  void withoutUserInterfacePlaysToTheEndAndLeavesFiles() throws Exception {
    Path output = folder.resolve("lab");
    Module module =
        run("layout", "line", "steps", 100, "width", "32", "seed", "2", "output", output.toFile());
    assertThat(reason(module)).isNull();
    ImagePlus film = (ImagePlus) module.getOutput("film");
    assertThat(film.getStackSize()).isEqualTo(51);
    ImagePlus saved = new Opener().openImage(output.resolve("film.tif").toString());
    assertThat(saved.getStackSize()).isEqualTo(51);
    assertThat(output.resolve("curves.png")).isNotEmptyFile();
    assertThat(output.resolve("last.png")).isNotEmptyFile();
    assertThat(Thread.getAllStackTraces().keySet())
        .noneMatch(thread -> thread.getName().equals(LabPlayer.THREAD));
  }

  @Test
  void remediesOverrideTheInputsThatOverrideTheMethod() {
    LabCommand command = command();
    assertThat(command.method().name()).isEqualTo("plain-gan");
    assertThat(command.method().settings().get(TrainSettings.LOSS)).isEqualTo("non-saturating");
    command.setInput("method", "lookalike");
    command.setInput("loss", "auto");
    command.setInput("nets", "published");
    command.setInput("r1", "0.5");
    command.setInput("r2", "0.5");
    command.setInput("set", "r2=0.7 pack=2");
    LabMethod method = command.method();
    assertThat(method.nets().name()).isEqualTo("published");
    assertThat(method.settings().get(TrainSettings.LOSS)).isEqualTo("relativistic");
    assertThat(method.settings().get(TrainSettings.BATCH)).isEqualTo(256);
    assertThat(method.settings().get(TrainSettings.R1)).isEqualTo(0.5);
    assertThat(method.settings().get(TrainSettings.R2)).isEqualTo(0.7);
    assertThat(method.settings().get(TrainSettings.PACK)).isEqualTo(2);
  }

  @Test
  void saysWhatIsImpossible() throws Exception {
    assertThat(reason(run("layout", "rnig"))).contains("did you mean ring?");
    assertThat(reason(run("steps", 0))).isEqualTo("steps=0 is not possible; give 1 or more.");
    assertThat(reason(run("set", "augment=color"))).contains("means nothing in the lab");
    assertThat(reason(run("loss", "hnige"))).contains("did you mean hinge?");
  }
}
