package org.lookalike.imagej;

import ij.gui.GUI;
import java.awt.BorderLayout;
import java.awt.CardLayout;
import java.awt.Color;
import java.awt.Dialog;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.swing.BorderFactory;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JLabel;
import javax.swing.JList;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import org.lookalike.image.InputException;
import org.lookalike.train.Setting;

/**
 * Asks for settings, one group at a time: a list of the groups at the left, the fields of the
 * chosen one beside it. So it stays small, however many settings there are.
 */
final class AdvancedDialog {
  /** Of the content: fits a screen of 768 pixels with its bars. */
  private static final int MAX_HEIGHT = 620;

  private static final String HINT =
      "A setting left at its default follows the recipe and the settings file.";
  private static final int GAP = 8;
  private static final int SCROLL_STEP = 16;
  private static final Color TROUBLE = new Color(0xb0, 0x20, 0x10);

  private final JDialog dialog;
  private final List<SettingField> fields = new ArrayList<>();
  private final DefaultListModel<String> titles = new DefaultListModel<>();
  private final JList<String> groups = new JList<>(titles);
  private final CardLayout cards = new CardLayout();
  private final JPanel pages = new JPanel(cards);
  private final JLabel problem = new JLabel(" ");
  private Map<String, String> changed;

  /**
   * Makes the dialog without showing it.
   *
   * @param owner what it lies over; {@code null} for nothing
   * @param given values to show in the place of defaults, by key
   */
  AdvancedDialog(Window owner, List<Setting<?>> settings, Map<String, String> given) {
    dialog = new JDialog(owner, "Advanced Settings", Dialog.ModalityType.APPLICATION_MODAL);
    for (Setting<?> setting : settings) {
      SettingField field = new SettingField(setting);
      if (given.containsKey(setting.key())) field.show(given.get(setting.key()));
      fields.add(field);
    }
    addPages();
    groups.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
    groups.addListSelectionListener(e -> cards.show(pages, groups.getSelectedValue()));
    groups.setSelectedIndex(0);
    groups.setBorder(BorderFactory.createEmptyBorder(GAP, GAP, GAP, GAP));
    JPanel content = new JPanel(new BorderLayout(GAP, GAP));
    content.setBorder(BorderFactory.createEmptyBorder(GAP, GAP, GAP, GAP));
    JLabel hint = new JLabel(HINT);
    hint.setFont(hint.getFont().deriveFont(Font.PLAIN));
    content.add(hint, BorderLayout.NORTH);
    content.add(new JScrollPane(groups), BorderLayout.WEST);
    content.add(pages, BorderLayout.CENTER);
    content.add(bottom(), BorderLayout.SOUTH);
    dialog.setContentPane(content);
    dialog
        .getRootPane()
        .registerKeyboardAction(
            e -> dialog.setVisible(false),
            KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
            JComponent.WHEN_IN_FOCUSED_WINDOW);
    // Bound before packing: a second size asked of the window system may lose to the first.
    Dimension wanted = content.getPreferredSize();
    content.setPreferredSize(new Dimension(wanted.width, Math.min(wanted.height, MAX_HEIGHT)));
    dialog.pack();
    GUI.center(dialog);
  }

  private void addPages() {
    Map<Setting.Group, SettingRows> rows = new EnumMap<>(Setting.Group.class);
    for (SettingField field : fields) {
      rows.computeIfAbsent(field.setting().group(), group -> new SettingRows()).add(field);
    }
    for (Map.Entry<Setting.Group, SettingRows> page : rows.entrySet()) {
      String title = page.getKey().title();
      titles.addElement(title);
      JPanel top = new JPanel(new BorderLayout());
      top.add(page.getValue().component(), BorderLayout.NORTH);
      JScrollPane scrolled = new JScrollPane(top);
      scrolled.getVerticalScrollBar().setUnitIncrement(SCROLL_STEP);
      pages.add(scrolled, title);
    }
  }

  private JComponent bottom() {
    JButton reset = new JButton("Reset All");
    reset.setToolTipText("Show the defaults of all groups");
    reset.addActionListener(e -> reset());
    JButton cancel = new JButton("Cancel");
    cancel.addActionListener(e -> dialog.setVisible(false));
    JButton ok = new JButton("OK");
    ok.addActionListener(e -> accept());
    dialog.getRootPane().setDefaultButton(ok);
    JPanel buttons = new JPanel(new FlowLayout(FlowLayout.TRAILING, GAP, 0));
    buttons.add(reset);
    buttons.add(cancel);
    buttons.add(ok);
    problem.setForeground(TROUBLE);
    problem.setName("problem");
    JPanel bottom = new JPanel(new BorderLayout(GAP, GAP));
    bottom.add(problem, BorderLayout.NORTH);
    bottom.add(buttons, BorderLayout.SOUTH);
    return bottom;
  }

  private void reset() {
    fields.forEach(SettingField::reset);
    problem.setText(" ");
  }

  /** Closes the dialog, unless a value is impossible: then it shows which, and why. */
  private void accept() {
    Map<String, String> values = new LinkedHashMap<>();
    for (SettingField field : fields) {
      try {
        String value = field.changed();
        if (value != null) values.put(field.setting().key(), value);
      } catch (InputException e) {
        problem.setText(e.getMessage());
        groups.setSelectedValue(field.setting().group().title(), true);
        field.component().requestFocusInWindow();
        return;
      }
    }
    changed = values;
    dialog.setVisible(false);
  }

  /**
   * Shows the dialog and waits for it.
   *
   * @return what differs from the defaults, as entered, by key; {@code null} if the user cancelled
   */
  Map<String, String> ask() {
    dialog.setVisible(true);
    dialog.dispose();
    return changed;
  }
}
