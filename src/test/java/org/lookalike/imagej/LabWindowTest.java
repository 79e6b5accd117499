package org.lookalike.imagej;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.swing.JButton;
import javax.swing.JComboBox;
import javax.swing.JLabel;
import javax.swing.JTextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lookalike.lab.LabMethod;
import org.lookalike.lab.LabSession;
import org.lookalike.lab.Mixture;
import org.lookalike.train.TrainSettings;

/** The lab's window as users see it; needs a display. */
@Timeout(120)
@Tag("window")
class LabWindowTest {
  @TempDir Path folder;
  private LabSession session;
  private LabWindow window;

  @BeforeEach
  void open() throws Exception {
    assumeFalse(GraphicsEnvironment.isHeadless(), "Windows need a display");
    open(1_000_000);
    Dialogs.until(() -> session.steps() > 5);
  }

  private void open(int steps) throws Exception {
    TrainSettings settings = TrainSettings.parse("loss=non-saturating width=32");
    session = new LabSession(Mixture.RING, LabMethod.of("test", "plain", settings), steps);
    EventQueue.invokeAndWait(() -> window = new LabWindow(session, folder.resolve("lab" + steps)));
  }

  @AfterEach
  void close() throws Exception {
    if (window != null) EventQueue.invokeAndWait(window::dispose);
    Dialogs.until(() -> !isPlayed());
  }

  private static boolean isPlayed() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(LabPlayer.THREAD));
  }

  private String note() {
    return Dialogs.named(window, "note", JLabel.class).getText();
  }

  @Test
  void closingEndsTheThreadAndLeavesFiles() throws Exception {
    assertThat(isPlayed()).isTrue();
    EventQueue.invokeAndWait(window::dispose);
    Dialogs.until(() -> !isPlayed());
    for (String file : new String[] {"film.tif", "curves.png", "last.png"}) {
      assertThat(Files.size(folder.resolve("lab1000000").resolve(file))).isPositive();
    }
  }

  @Test
  void anotherLossTakesEffectWhileItRuns() throws Exception {
    EventQueue.invokeAndWait(
        () -> {
          Dialogs.named(window, "loss", JComboBox.class).setSelectedItem("relativistic");
          Dialogs.named(window, "r1", JTextField.class).setText("0.01");
        });
    Dialogs.press(window, "Apply");
    Dialogs.until(() -> note().contains("loss=relativistic r1=0.01"));
    assertThat(session.settings().get(TrainSettings.LOSS)).isEqualTo("relativistic");
    assertThat(session.settings().get(TrainSettings.R1)).isEqualTo(0.01);
    assertThat(session.steps()).isGreaterThan(5);
  }

  @Test
  void anImpossibleSettingIsShownAndTheRunGoesOn() throws Exception {
    EventQueue.invokeAndWait(() -> Dialogs.named(window, "d_steps", JTextField.class).setText("0"));
    Dialogs.press(window, "Apply");
    Dialogs.until(() -> note().contains("d_steps=0 is not possible"));
    EventQueue.invokeAndWait(
        () -> {
          Dialogs.named(window, "d_steps", JTextField.class).setText("auto");
          Dialogs.named(window, "pack", JTextField.class).setText("3");
        });
    Dialogs.press(window, "Apply");
    Dialogs.until(() -> note().contains("pack=3 does not divide batch=16"));
    int steps = session.steps();
    Dialogs.until(() -> session.steps() > steps + 5);
    assertThat(session.settings().get(TrainSettings.PACK)).isEqualTo(1);
  }

  @Test
  void pausesStepsAndStartsAnew() throws Exception {
    Dialogs.press(window, "Step");
    Dialogs.until(() -> button("Start"));
    int paused = session.steps();
    Dialogs.press(window, "Step");
    Dialogs.until(() -> session.steps() == paused + 1);
    EventQueue.invokeAndWait(() -> Dialogs.named(window, "pack", JTextField.class).setText("2"));
    Dialogs.press(window, "Apply");
    Dialogs.until(() -> note().contains("Other networks need a new start: pack=2"));
    assertThat(session.steps()).isZero();
    Dialogs.press(window, "Start");
    Dialogs.until(() -> session.steps() > 5);
  }

  @Test
  void aChangeAfterTheEndWaitsForARestart() throws Exception {
    close();
    open(20);
    Dialogs.until(() -> session.steps() == 20);
    EventQueue.invokeAndWait(() -> Dialogs.named(window, "r1", JTextField.class).setText("0.01"));
    Dialogs.press(window, "Apply");
    Dialogs.until(() -> note().contains("Restart plays with r1=0.01"));
    assertThat(session.settings().get(TrainSettings.R1)).isEqualTo(0.01);
  }

  private boolean button(String label) {
    return Dialogs.parts(window)
        .anyMatch(c -> c instanceof JButton && label.equals(((JButton) c).getText()));
  }
}
