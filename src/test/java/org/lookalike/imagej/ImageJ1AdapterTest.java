package org.lookalike.imagej;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ij.IJ;
import ij.ImageJ;
import ij.Menus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.MessageDialog;
import ij.macro.Interpreter;
import ij.plugin.frame.Recorder;
import ij.text.TextWindow;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.TextField;
import java.io.File;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter in a real ImageJ 1.x; needs a display. */
@Timeout(60)
@Tag("window")
class ImageJ1AdapterTest {
  private static final String COMMAND = "Dummy Command...";

  private static ImageJ imagej;

  @BeforeAll
  @SuppressWarnings("unchecked")
  static void start() {
    if (GraphicsEnvironment.isHeadless()) return;
    imagej = new ImageJ(ImageJ.NO_SHOW);
    Menus.getCommands()
        .put(
            COMMAND, ImageJ1Adapter.class.getName() + "(\"" + DummyCommand.class.getName() + "\")");
  }

  @AfterAll
  static void stop() {
    if (imagej != null) imagej.dispose();
  }

  @BeforeEach
  void needsDisplay() {
    assumeFalse(GraphicsEnvironment.isHeadless(), "ImageJ 1.x needs a display");
  }

  @BeforeEach
  void forget() {
    DummyCommand.last = null;
  }

  @AfterEach
  void closeImages() {
    if (imagej != null) WindowManager.closeAllWindows();
  }

  @Test
  void macroRunsTheCommandAndShowsItsImage() {
    String title =
        IJ.runMacro(
            "run('"
                + COMMAND
                + "', 'folder=[/my data] pixel_size=2 loss=relativistic hidden=h');"
                + "return getTitle() + getWidth();");
    DummyCommand command = DummyCommand.last;
    assertThat(command.folder).isEqualTo(new File("/my data"));
    assertThat(command.pixel_size).isEqualTo(2);
    assertThat(command.loss).isEqualTo("relativistic");
    assertThat(command.hidden).isEqualTo("h");
    assertThat(command.count).isEqualTo(3);
    assertThat(command.mirror).isTrue();
    assertThat(command.contextLoader).isSameAs(ImageJ1Adapter.class.getClassLoader());
    assertThat(title).isEqualTo("Dummy result4");
  }

  @Test
  void textGoesToTheLogOfAMacroAndToAWindowFromTheMenu() throws Exception {
    IJ.runMacro("run('" + COMMAND + "', 'count=5');");
    assertThat(IJ.getLog()).contains("counted to 5");
    assertThat(WindowManager.getWindow("Dummy text")).isNull();
    Thread menu = Dialogs.inThread(() -> IJ.doCommand(COMMAND));
    Dialogs.press(Dialogs.await(GenericDialog.class), "OK");
    menu.join();
    Dialogs.until(() -> WindowManager.getWindow("Dummy text") != null);
    TextWindow window = (TextWindow) WindowManager.getWindow("Dummy text");
    assertThat(window.getTextPanel().getText()).contains("counted to 3");
    assertThat(IJ.getLog()).doesNotContain("counted to 3");
  }

  @Test
  void misspeltKeyStopsTheMacroWithASentence() {
    assertThat(macroError("pixelsize=2"))
        .contains("There is no key 'pixelsize'; did you mean 'pixel_size'?");
    assertThat(DummyCommand.last).isNull();
  }

  @Test
  void cancelledCommandStopsTheMacroWithItsReason() {
    assertThat(macroError("count=-1")).contains("count=-1 is not possible; give 0 or more.");
    assertThat(WindowManager.getImageCount()).isZero();
  }

  @Test
  void dialogComesFromTheInputsAndIsRecorded() throws Exception {
    Recorder recorder = new Recorder(false);
    try {
      Thread menu = Dialogs.inThread(() -> IJ.doCommand(COMMAND));
      GenericDialog dialog = Dialogs.await(GenericDialog.class);
      assertThat(dialog.getTitle()).isEqualTo("Dummy Command");
      EventQueue.invokeAndWait(
          () -> {
            ((TextField) dialog.getStringFields().get(0)).setText("/my data");
            ((TextField) dialog.getStringFields().get(1)).setText("0.25");
            ((Choice) dialog.getChoices().get(0)).select("relativistic");
            ((Checkbox) dialog.getCheckboxes().get(0)).setState(false);
          });
      assertThat(dialog.getStringFields()).hasSize(3);
      Dialogs.press(dialog, "OK");
      menu.join();
      Dialogs.until(() -> DummyCommand.last != null);
      Dialogs.until(() -> recorder.getText().contains("run("));
      assertThat(recorder.getText())
          .contains(
              "run(\"Dummy Command...\", \"folder=[/my data] pixel_size=0.25 count=3"
                  + " loss=relativistic mirror=false\");");
      assertThat(DummyCommand.last.pixel_size).isEqualTo(0.25);
      assertThat(DummyCommand.last.mirror).isFalse();
      String recorded = recorder.getText();
      DummyCommand.last = null;
      IJ.runMacro(recorded);
      assertThat(DummyCommand.last.pixel_size).isEqualTo(0.25);
      assertThat(DummyCommand.last.mirror).isFalse();
    } finally {
      recorder.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "ten"})
  void afterAMistakeTheDialogOpensAgainWithWhatWasEntered(String mistake) throws Exception {
    Thread menu = Dialogs.inThread(() -> IJ.doCommand(COMMAND));
    GenericDialog first = Dialogs.await(GenericDialog.class);
    EventQueue.invokeAndWait(
        () -> {
          ((TextField) first.getStringFields().get(0)).setText("/my data");
          ((TextField) first.getStringFields().get(2)).setText(mistake);
        });
    Dialogs.press(first, "OK");
    MessageDialog message = Dialogs.await(MessageDialog.class);
    EventQueue.invokeAndWait(message::dispose);
    Dialogs.until(() -> !first.isShowing());
    GenericDialog second = Dialogs.await(GenericDialog.class);
    assertThat(((TextField) second.getStringFields().get(0)).getText()).isEqualTo("/my data");
    assertThat(((TextField) second.getStringFields().get(2)).getText()).isEqualTo(mistake);
    EventQueue.invokeAndWait(
        () -> {
          ((TextField) second.getStringFields().get(0)).setText("");
          ((TextField) second.getStringFields().get(2)).setText("2");
        });
    Dialogs.press(second, "OK");
    menu.join();
    Dialogs.until(() -> DummyCommand.last != null && DummyCommand.last.count == 2);
    assertThat(DummyCommand.last.folder).isNull();
  }

  @Test
  void cancelledDialogRunsNothing() throws Exception {
    Thread menu = Dialogs.inThread(() -> IJ.doCommand(COMMAND));
    Dialogs.press(Dialogs.await(GenericDialog.class), "Cancel");
    menu.join();
    assertThat(DummyCommand.last).isNull();
  }

  /** The message with which the macro ends. */
  private static String macroError(String options) {
    Interpreter interpreter = new Interpreter();
    interpreter.setIgnoreErrors(true);
    interpreter.run("run('" + COMMAND + "', '" + options + "');");
    return interpreter.getErrorMessage();
  }
}
