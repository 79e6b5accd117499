package org.lookalike.imagej;

import java.awt.BorderLayout;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import java.util.ArrayList;
import java.util.List;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JTextField;
import org.lookalike.lab.LabSettings;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;

/** The settings that can be changed while a lab runs. */
final class LabControls {
  /** What goes on with the same networks. */
  private static final List<Setting<?>> ON_THE_FLY =
      List.of(
          TrainSettings.LOSS,
          TrainSettings.R1,
          TrainSettings.R2,
          TrainSettings.GP_WEIGHT,
          TrainSettings.LEARNING_RATE_G,
          TrainSettings.LEARNING_RATE_D,
          TrainSettings.D_STEPS,
          TrainSettings.UPDATES,
          TrainSettings.UNROLL,
          TrainSettings.FEATURE_MATCHING,
          TrainSettings.INSTANCE_NOISE,
          TrainSettings.REAL_LABEL,
          TrainSettings.FLIP_LABELS);

  private static final List<Setting<?>> OF_NETWORKS =
      List.of(
          TrainSettings.PACK,
          TrainSettings.GENERATORS,
          TrainSettings.MINIBATCH,
          TrainSettings.SPECTRAL_NORMALISATION);

  private static final int GAP = 4;
  private static final int COLUMNS = 2;

  private final JPanel panel = new JPanel(new GridBagLayout());
  private final List<SettingField> fields = new ArrayList<>();
  private int row;

  /**
   * Fields that show the given settings.
   *
   * @param apply run when the user wants them applied
   */
  LabControls(TrainSettings shown, Runnable apply) {
    heading("While it runs");
    add(ON_THE_FLY, shown, apply);
    heading("Networks: a change starts anew");
    add(OF_NETWORKS, shown, apply);
    JButton button = new JButton("Apply");
    button.setToolTipText("Go on with these settings (Enter in a field does the same)");
    button.addActionListener(e -> apply.run());
    panel.add(button, cell(2 * COLUMNS - 1, GridBagConstraints.LINE_END));
  }

  JComponent component() {
    JPanel top = new JPanel(new BorderLayout());
    top.add(panel, BorderLayout.NORTH);
    return top;
  }

  private void heading(String words) {
    JLabel label = new JLabel(words);
    label.setFont(label.getFont().deriveFont(Font.BOLD));
    GridBagConstraints place = cell(0, GridBagConstraints.LINE_START);
    place.gridwidth = 2 * COLUMNS;
    panel.add(label, place);
    row++;
  }

  /** Column by column, each from top to bottom. */
  private void add(List<Setting<?>> settings, TrainSettings shown, Runnable apply) {
    int rows = (settings.size() + COLUMNS - 1) / COLUMNS;
    int first = row;
    for (int i = 0; i < settings.size(); i++) {
      Setting<?> setting = settings.get(i);
      SettingField field = new SettingField(setting, LabSettings.choices(setting));
      field.show(setting.format(shown.get(setting)));
      JComponent component = field.component();
      component.setToolTipText(setting.help());
      if (component instanceof JTextField) {
        ((JTextField) component).addActionListener(e -> apply.run());
      }
      fields.add(field);
      JLabel label = new JLabel(SettingInputs.label(setting.key()));
      label.setFont(label.getFont().deriveFont(Font.PLAIN));
      label.setLabelFor(component);
      label.setToolTipText(setting.help());
      row = first + i % rows;
      panel.add(label, cell(i / rows * 2, GridBagConstraints.LINE_END));
      GridBagConstraints place = cell(i / rows * 2 + 1, GridBagConstraints.LINE_START);
      place.fill = GridBagConstraints.HORIZONTAL;
      place.weightx = 1;
      panel.add(component, place);
    }
    row = first + rows;
  }

  private GridBagConstraints cell(int column, int anchor) {
    GridBagConstraints cell = new GridBagConstraints();
    cell.gridx = column;
    cell.gridy = row;
    cell.anchor = anchor;
    cell.insets = new Insets(1, GAP, 1, GAP);
    return cell;
  }

  /**
   * What was entered and differs from the run's settings.
   *
   * @return as {@code key=value key=value}; empty for nothing
   * @throws org.lookalike.image.InputException if a value is impossible
   */
  String changes(TrainSettings now) {
    List<String> changes = new ArrayList<>();
    for (SettingField field : fields) {
      Setting<?> setting = field.setting();
      String entered = field.changed();
      String text = entered == null ? SettingInputs.defaultOf(setting) : entered;
      String value = setting.format(setting.parse(text));
      if (value.equals(setting.format(now.get(setting)))) continue;
      changes.add(setting.key() + "=" + value);
    }
    return String.join(" ", changes);
  }
}
