package org.lookalike.imagej;

import java.awt.BorderLayout;
import java.io.File;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JFileChooser;
import javax.swing.JPanel;
import javax.swing.JTextField;
import org.lookalike.train.Setting;

/** What a setting's value is entered with: a checkbox, a choice or a text field. */
final class SettingField {
  private static final int COLUMNS = 9;
  private static final int PATH_COLUMNS = 16;

  private final Setting<?> setting;
  private final JComponent component;
  private final Supplier<String> text;
  private final Consumer<String> show;

  /** A field that shows the default. */
  SettingField(Setting<?> setting) {
    this(setting, setting.choices());
  }

  /**
   * A field that shows the default.
   *
   * @param choices those of the setting that are offered
   */
  SettingField(Setting<?> setting, List<String> choices) {
    this.setting = setting;
    if (setting.type() == Boolean.class) {
      JCheckBox box = new JCheckBox();
      component = box;
      text = () -> Boolean.toString(box.isSelected());
      show = value -> box.setSelected(Boolean.parseBoolean(normal(value)));
    } else if (!choices.isEmpty()) {
      JComboBox<String> choice = new JComboBox<>(choices.toArray(new String[0]));
      component = choice;
      text = () -> (String) choice.getSelectedItem();
      show = value -> choice.setSelectedItem(normal(value));
    } else {
      JTextField field = new JTextField(setting.isFolder() ? PATH_COLUMNS : COLUMNS);
      component = field;
      text = field::getText;
      show = field::setText;
    }
    component.setName(setting.key());
    component.setToolTipText(
        String.format(
            "Default: %s. In macros: %s=…", SettingInputs.defaultOf(setting), setting.key()));
    reset();
  }

  /** The component, with a button to browse beside it where the setting is a folder. */
  JComponent row() {
    if (!setting.isFolder()) return component;
    JTextField field = (JTextField) component;
    JButton browse = new JButton("Browse");
    browse.addActionListener(
        e -> {
          String now = new File(field.getText()).isDirectory() ? field.getText() : "";
          String chosen = BrowseButton.ask(field, now, JFileChooser.DIRECTORIES_ONLY);
          if (chosen != null) field.setText(chosen);
        });
    JPanel both = new JPanel(new BorderLayout());
    both.add(field, BorderLayout.CENTER);
    both.add(browse, BorderLayout.LINE_END);
    return both;
  }

  private String normal(String value) {
    return setting.format(setting.parse(value));
  }

  Setting<?> setting() {
    return setting;
  }

  JComponent component() {
    return component;
  }

  void show(String value) {
    show.accept(value);
  }

  /** Shows the default. */
  void reset() {
    show(SettingInputs.defaultOf(setting));
  }

  /**
   * The value as it was entered; {@code null} for the default, which an empty field stands for.
   *
   * @throws org.lookalike.image.InputException if the value is impossible
   */
  String changed() {
    String entered = text.get().trim();
    if (entered.isEmpty()) return null;
    String value = normal(entered);
    return value.equals(SettingInputs.defaultOf(setting)) ? null : entered;
  }
}
