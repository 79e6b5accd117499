package org.lookalike.imagej;

import java.awt.Color;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Insets;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import org.lookalike.train.Setting;

/** The settings of one group, a row each: its name, its field and what it does. */
final class SettingRows {
  private static final int GAP = 8;
  private static final int COLUMNS = 3;
  private static final int HELP_WIDTH = 340;
  private static final Color HELP = new Color(0x60, 0x60, 0x60);

  private final JPanel panel = new JPanel(new GridBagLayout());
  private int rows;

  SettingRows() {
    // At the right there is room for a scroll bar.
    panel.setBorder(BorderFactory.createEmptyBorder(GAP, GAP, GAP, 3 * GAP));
  }

  JComponent component() {
    return panel;
  }

  void add(SettingField field) {
    Setting<?> setting = field.setting();
    JLabel name = new JLabel(SettingInputs.label(setting.key()));
    name.setLabelFor(field.component());
    name.setToolTipText(field.component().getToolTipText());
    JLabel help = new JLabel("<html><body width=" + HELP_WIDTH + ">" + escaped(setting.help()));
    help.setFont(help.getFont().deriveFont(Font.PLAIN));
    help.setForeground(HELP);
    panel.add(name, at(0, GridBagConstraints.LINE_END));
    panel.add(field.row(), at(1, GridBagConstraints.LINE_START));
    panel.add(help, at(COLUMNS - 1, GridBagConstraints.LINE_START));
    rows++;
  }

  private GridBagConstraints at(int column, int anchor) {
    GridBagConstraints cell = new GridBagConstraints();
    cell.gridx = column;
    cell.gridy = rows;
    cell.anchor = anchor;
    cell.weightx = column == COLUMNS - 1 ? 1 : 0;
    cell.insets = new Insets(2, GAP, 2, 0);
    return cell;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
