package org.lookalike.imagej;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.awt.Component;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JDialog;
import javax.swing.JFileChooser;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JTextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;

/** The dialog as users see it; needs a display. */
@Timeout(60)
@Tag("window")
class AdvancedDialogTest {
  private CompletableFuture<Map<String, String>> answer;
  private JDialog dialog;

  @BeforeEach
  void needsDisplay() {
    assumeFalse(GraphicsEnvironment.isHeadless(), "Dialogs need a display");
  }

  @AfterEach
  void close() throws Exception {
    if (dialog != null) EventQueue.invokeAndWait(dialog::dispose);
  }

  private void open(List<Setting<?>> settings, Map<String, String> given) throws Exception {
    answer = new CompletableFuture<>();
    EventQueue.invokeLater(() -> answer.complete(new AdvancedDialog(null, settings, given).ask()));
    dialog = Dialogs.await(JDialog.class);
  }

  private Map<String, String> answer() throws Exception {
    return answer.get(15, TimeUnit.SECONDS);
  }

  private JTextField text(String key) {
    return Dialogs.named(dialog, key, JTextField.class);
  }

  private static JList<?> groups(JDialog dialog) {
    return Dialogs.parts(dialog)
        .filter(JList.class::isInstance)
        .map(JList.class::cast)
        .findFirst()
        .orElseThrow(AssertionError::new);
  }

  @Test
  void anUntouchedDialogChangesNothing() throws Exception {
    open(AdvancedSettings.all(), Map.of());
    for (Setting<?> setting : AdvancedSettings.all()) {
      assertThat(Dialogs.named(dialog, setting.key(), Component.class)).isNotNull();
    }
    assertThat(text("batch").getText()).isEqualTo("16");
    assertThat(text("r1").getText()).isEqualTo("auto");
    assertThat(text("batch").getToolTipText()).contains("Default: 16").contains("batch=");
    Dialogs.press(dialog, "OK");
    assertThat(answer()).isEmpty();
  }

  @Test
  void showsOneGroupAtATime() throws Exception {
    open(AdvancedSettings.all(), Map.of());
    List<String> titles = new ArrayList<>();
    for (int i = 0; i < groups(dialog).getModel().getSize(); i++) {
      titles.add((String) groups(dialog).getModel().getElementAt(i));
    }
    assertThat(titles)
        .isEqualTo(
            AdvancedSettings.all().stream()
                .map(Setting::group)
                .sorted()
                .distinct()
                .map(Setting.Group::title)
                .collect(Collectors.toList()))
        .contains("Labels and noise");
    EventQueue.invokeAndWait(() -> groups(dialog).setSelectedValue("Schedule", true));
    for (Setting<?> setting : AdvancedSettings.all()) {
      assertThat(Dialogs.named(dialog, setting.key(), Component.class).isShowing())
          .as(setting.key())
          .isEqualTo(setting.group() == Setting.Group.SCHEDULE);
    }
  }

  @Test
  void answersWhatDiffersFromTheDefaults() throws Exception {
    open(AdvancedSettings.all(), Map.of());
    text("learning_rate_g").setText("2e-4");
    text("gp_weight").setText("10.0");
    text("batch").setText("");
    Dialogs.named(dialog, "noisy_labels", JCheckBox.class).setSelected(true);
    Dialogs.named(dialog, "flips", JComboBox.class).setSelectedItem("off");
    Dialogs.press(dialog, "OK");
    assertThat(answer())
        .containsOnly(
            Map.entry("learning_rate_g", "2e-4"),
            Map.entry("noisy_labels", "true"),
            Map.entry("flips", "off"));
  }

  @Test
  void foldersCanBeBrowsed(@TempDir Path folder) throws Exception {
    open(AdvancedSettings.all(), Map.of());
    JButton browse =
        Dialogs.parts(dialog)
            .filter(part -> part instanceof JButton && "Browse".equals(((JButton) part).getText()))
            .map(JButton.class::cast)
            .findFirst()
            .orElseThrow(AssertionError::new);
    EventQueue.invokeLater(browse::doClick);
    Dialogs.until(() -> chooser() != null);
    EventQueue.invokeAndWait(
        () -> {
          chooser().setSelectedFile(folder.toFile());
          chooser().approveSelection();
        });
    Dialogs.until(() -> chooser() == null);
    assertThat(text("start_from").getToolTipText()).contains("start_from=");
    Dialogs.press(dialog, "OK");
    String path = folder.toString().replace(File.separatorChar, '/');
    assertThat(answer()).containsOnly(Map.entry("start_from", path));
  }

  private static JFileChooser chooser() {
    return Arrays.stream(Window.getWindows())
        .filter(Window::isShowing)
        .flatMap(Dialogs::parts)
        .filter(JFileChooser.class::isInstance)
        .map(JFileChooser.class::cast)
        .findFirst()
        .orElse(null);
  }

  @Test
  void showsWhatWasGivenUntilItIsReset() throws Exception {
    Map<String, String> given =
        Map.of("learning_rate_g", "2e-4", "noisy_labels", "on", "flips", "OFF");
    open(AdvancedSettings.all(), given);
    assertThat(text("learning_rate_g").getText()).isEqualTo("2e-4");
    assertThat(Dialogs.named(dialog, "noisy_labels", JCheckBox.class).isSelected()).isTrue();
    assertThat(Dialogs.named(dialog, "flips", JComboBox.class).getSelectedItem()).isEqualTo("off");
    Dialogs.press(dialog, "Reset All");
    Dialogs.press(dialog, "OK");
    assertThat(answer()).isEmpty();
  }

  @Test
  void staysOpenAndSaysWhichValueIsImpossible() throws Exception {
    open(AdvancedSettings.all(), Map.of());
    text("batch").setText("7000");
    Dialogs.press(dialog, "OK");
    assertThat(Dialogs.named(dialog, "problem", JLabel.class).getText())
        .isEqualTo("batch=7000 is not possible; give a whole number from 4 to 512.");
    assertThat(groups(dialog).getSelectedValue()).isEqualTo("Schedule");
    assertThat(text("batch").isShowing()).isTrue();
    assertThat(answer).isNotDone();
    text("batch").setText("8");
    Dialogs.press(dialog, "OK");
    assertThat(answer()).containsOnly(Map.entry("batch", "8"));
  }

  @Test
  void cancelledAnswersNothing() throws Exception {
    open(AdvancedSettings.all(), Map.of());
    text("batch").setText("8");
    Dialogs.press(dialog, "Cancel");
    assertThat(answer()).isNull();
  }

  @Test
  void manySettingsStillFitTheScreen() throws Exception {
    List<Setting<?>> many = new ArrayList<>();
    for (int i = 0; i < 40; i++) many.add(TrainSettings.BATCH);
    open(many, Map.of());
    assertThat(dialog.getHeight()).isLessThanOrEqualTo(700);
  }
}
