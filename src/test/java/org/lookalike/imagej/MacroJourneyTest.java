package org.lookalike.imagej;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.MessageDialog;
import ij.gui.NewImage;
import ij.io.Opener;
import ij.macro.Interpreter;
import ij.plugin.frame.Recorder;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.swing.JComboBox;
import javax.swing.JDialog;
import javax.swing.JTextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lookalike.gan.GanModel;
import org.lookalike.train.TrainSettings;

/** A literal macro in a real ImageJ 1.x: sample stack, training, generation. Needs a display. */
@Timeout(240)
@Tag("window")
class MacroJourneyTest {
  @TempDir Path folder;
  private ImageJ imagej;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void start() {
    assumeFalse(GraphicsEnvironment.isHeadless(), "ImageJ 1.x needs a display");
    imagej = new ImageJ(ImageJ.NO_SHOW);
    put("Lookalike Nuclei (stack)", OpenSampleCommand.class);
    put("Train GAN...", TrainCommand.class);
    put("Resume Training...", ResumeCommand.class);
    put("Generate Images...", GenerateCommand.class);
    put("Mode Collapse Lab...", LabCommand.class);
  }

  @SuppressWarnings("unchecked")
  private static void put(String label, Class<?> command) {
    Menus.getCommands()
        .put(label, ImageJ1Adapter.class.getName() + "(\"" + command.getName() + "\")");
  }

  @AfterEach
  void stop() {
    if (imagej == null) return;
    for (int id : WindowManager.getImageCount() == 0 ? new int[0] : WindowManager.getIDList()) {
      WindowManager.getImage(id).changes = false;
      WindowManager.getImage(id).close();
    }
    imagej.dispose();
  }

  @Test
  void aMacroTrainsAndGenerates() {
    String run = folder.resolve("run").toString();
    String stack = folder.resolve("synthetic.tif").toString();
    String macro =
        "run('Lookalike Nuclei (stack)');\n"
            + "run('Train GAN...', 'output=["
            + run
            + "] size=32 width=8 images=320 seed=1 sampling=patches');\n"
            + "run('Resume Training...', 'run=["
            + run
            + "] images=640');\n"
            + "run('Generate Images...', 'model=["
            + run
            + "] count=12 seed=7 output=["
            + stack
            + "]');\n"
            + "getPixelSize(unit, pw, ph);\n"
            + "return '' + getWidth() + ' ' + nSlices() + ' ' + bitDepth() + ' ' + pw;";
    assertThat(IJ.runMacro(macro)).isEqualTo("32 12 8 0.65");
    assertThat(GanModel.read(folder.resolve("run")).images()).isEqualTo(640);
    ImagePlus saved = new Opener().openImage(stack);
    assertThat(saved.getWidth()).isEqualTo(32);
    assertThat(saved.getStackSize()).isEqualTo(12);
    assertThat(saved.getBitDepth()).isEqualTo(8);
    assertThat(saved.getCalibration().pixelWidth).isCloseTo(0.65, within(1e-5));
  }

  @Test
  void syntheticImagesAreNotTrainedOnUnasked() {
    ImagePlus made = NewImage.createByteImage("made", 64, 64, 20, NewImage.FILL_RANDOM);
    InputImages.synthetic(made).show();
    Interpreter interpreter = new Interpreter();
    interpreter.setIgnoreErrors(true);
    String output = "output=[" + folder.resolve("run") + "]";
    interpreter.run("run('Train GAN...', '" + output + " size=32 width=8 images=32');");
    assertThat(interpreter.getErrorMessage()).contains("The active image is synthetic");
    interpreter.run("run('Train GAN...', '" + output + " input=made size=32 width=8 images=32');");
    assertThat(folder.resolve("run").resolve("model.zip"))
        .as(interpreter.getErrorMessage())
        .exists();
  }

  @Test
  void aMacroPlaysTheLabToItsEnd() {
    Path output = folder.resolve("my lab");
    String macro =
        "run('Mode Collapse Lab...', 'layout=ring loss=non-saturating steps=40 seed=1 width=32"
            + " output=["
            + output
            + "]');\n"
            + "setSlice(nSlices);\n"
            + "return '' + getTitle() + ' ' + getInfo('slice.label') + ' ' + bitDepth();";
    assertThat(IJ.runMacro(macro)).isEqualTo("Mode collapse lab step 40 24");
    assertThat(output.resolve("last.png")).isNotEmptyFile();
  }

  @Test
  void theRecordedMacroTrainsTheSame() throws Exception {
    IJ.runMacro("run('Lookalike Nuclei (stack)');");
    Recorder recorder = new Recorder(false);
    String recorded;
    try {
      Thread menu = Dialogs.inThread(() -> IJ.doCommand("Train GAN..."));
      GenericDialog dialog = Dialogs.await(GenericDialog.class);
      Dialogs.enter(dialog, "Output", folder.resolve("by hand").toString());
      Dialogs.enter(dialog, "Size", "32");
      Dialogs.enter(dialog, "Seed", "5");
      Dialogs.enter(dialog, "Other settings", "images=160");
      JDialog cancelled = Dialogs.open(dialog, "Advanced...");
      Dialogs.named(cancelled, "batch", JTextField.class).setText("4");
      Dialogs.press(cancelled, "Cancel");
      Dialogs.until(() -> !cancelled.isShowing());
      JDialog advanced = Dialogs.open(dialog, "Advanced...");
      assertThat(Dialogs.named(advanced, "batch", JTextField.class).getText()).isEqualTo("16");
      Dialogs.named(advanced, "width", JTextField.class).setText("8");
      Dialogs.named(advanced, "sampling", JComboBox.class).setSelectedItem("patches");
      Dialogs.press(advanced, "OK");
      Dialogs.until(
          () -> Dialogs.button(dialog, "Adv").getLabel().equals("Advanced... (2 changed)"));
      Dialogs.press(dialog, "OK");
      menu.join();
      Dialogs.until(() -> recorder.getText().contains("run(\"Train GAN...\""));
      recorded = recorder.getText();
    } finally {
      recorder.close();
    }
    Dialogs.until(() -> Files.exists(folder.resolve("by hand").resolve("model.zip")));
    Dialogs.until(() -> WindowManager.getImage("Synthetic images") != null);
    WindowManager.getImage("Synthetic images").close();
    assertThat(recorded).contains(" size=32 ").contains(" seed=5 ");
    assertThat(recorded).contains(" width=8").contains(" sampling=patches").doesNotContain("batch");
    IJ.selectWindow(WindowManager.getImageTitles()[0]);
    String again = folder.resolve("by macro").toString();
    IJ.runMacro(recorded.replace(folder.resolve("by hand").toString(), again));
    assertThat(pixels("by macro")).isEqualTo(pixels("by hand"));
  }

  @Test
  void afterAMistakeNothingEnteredIsLost() throws Exception {
    IJ.runMacro("run('Lookalike Nuclei (stack)');");
    Thread menu = Dialogs.inThread(() -> IJ.doCommand("Train GAN..."));
    GenericDialog first = Dialogs.await(GenericDialog.class);
    Dialogs.enter(first, "Size", "32");
    Dialogs.enter(first, "Other settings", "images=160");
    JDialog advanced = Dialogs.open(first, "Advanced...");
    Dialogs.named(advanced, "width", JTextField.class).setText("4");
    Dialogs.press(advanced, "OK");
    Dialogs.until(() -> Dialogs.button(first, "Adv").getLabel().contains("1 changed"));
    Dialogs.press(first, "OK");
    MessageDialog message = Dialogs.await(MessageDialog.class);
    EventQueue.invokeAndWait(message::dispose);
    GenericDialog second = Dialogs.await(GenericDialog.class);
    assertThat(second).isNotSameAs(first);
    assertThat(second.getStringFields()).hasSameSizeAs(first.getStringFields());
    assertThat(Dialogs.button(second, "Adv").getLabel()).contains("1 changed");
    JDialog again = Dialogs.open(second, "Advanced...");
    assertThat(Dialogs.named(again, "width", JTextField.class).getText()).isEqualTo("4");
    Dialogs.named(again, "width", JTextField.class).setText("8");
    Dialogs.press(again, "OK");
    Dialogs.until(() -> !again.isShowing());
    Dialogs.enter(second, "Output", folder.resolve("run").toString());
    Dialogs.press(second, "OK");
    menu.join();
    Dialogs.until(() -> Files.exists(folder.resolve("run").resolve("model.zip")));
    Dialogs.until(() -> WindowManager.getImage("Synthetic images") != null);
    TrainSettings trained = TrainSettings.read(folder.resolve("run").resolve("settings.json"));
    assertThat(trained.get(TrainSettings.WIDTH)).isEqualTo(8);
    assertThat(trained.get(TrainSettings.SIZE)).isEqualTo(32);
    assertThat(trained.get(TrainSettings.IMAGES)).isEqualTo(160);
  }

  private byte[] pixels(String run) {
    ImagePlus one = GanModel.read(folder.resolve(run)).generate("one", 1, 1, 1, null, () -> false);
    return (byte[]) one.getProcessor().getPixels();
  }
}
