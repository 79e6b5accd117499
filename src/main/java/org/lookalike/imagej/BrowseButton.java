package org.lookalike.imagej;

import ij.gui.GenericDialog;
import ij.io.OpenDialog;
import java.awt.Button;
import java.awt.Component;
import java.awt.FlowLayout;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Panel;
import java.awt.TextField;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import javax.swing.JFileChooser;
import org.scijava.widget.FileWidget;

/**
 * A button beside a text field of a {@link GenericDialog} that lets the user choose a file, a
 * folder or either.
 *
 * <p>ImageJ's own button offers files or folders only, and its file dialog records a macro key of
 * its own.
 */
final class BrowseButton {
  private BrowseButton() {}

  /**
   * Puts a button to the right of the field.
   *
   * @param style SciJava's widget style; {@code null} to open a file
   */
  static void addBeside(GenericDialog dialog, TextField field, String style) {
    Button button = new Button("Browse");
    button.addActionListener(e -> choose(dialog, field, style));
    GridBagLayout layout = (GridBagLayout) dialog.getLayout();
    GridBagConstraints constraints = layout.getConstraints(field);
    Panel panel = new Panel(new FlowLayout(FlowLayout.LEFT, 0, 0));
    panel.add(field);
    panel.add(button);
    layout.setConstraints(panel, constraints);
    dialog.add(panel);
  }

  private static void choose(GenericDialog dialog, TextField field, String style) {
    List<String> styles = style == null ? List.of() : Arrays.asList(style.split("\\s*,\\s*"));
    String chosen = ask(dialog, field.getText(), mode(styles));
    if (chosen != null) field.setText(chosen);
  }

  /**
   * Lets the user choose.
   *
   * @param text the path to begin at; blank for ImageJ's current folder
   * @param mode of {@link JFileChooser}
   * @return the path, as macros have it on every system; {@code null} if the user cancelled
   */
  static String ask(Component parent, String text, int mode) {
    JFileChooser chooser = new JFileChooser();
    chooser.setFileSelectionMode(mode);
    String folder = OpenDialog.getDefaultDirectory();
    if (!text.trim().isEmpty()) chooser.setSelectedFile(new File(text.trim()));
    else if (folder != null) chooser.setCurrentDirectory(new File(folder));
    if (chooser.showDialog(parent, "Choose") != JFileChooser.APPROVE_OPTION) return null;
    return chooser.getSelectedFile().getPath().replace(File.separatorChar, '/');
  }

  private static int mode(List<String> styles) {
    if (styles.contains(FileWidget.DIRECTORY_STYLE)) return JFileChooser.DIRECTORIES_ONLY;
    boolean either =
        styles.contains(FileWidget.FILE_AND_DIRECTORY_STYLE)
            || styles.contains(FileWidget.SAVE_STYLE);
    return either ? JFileChooser.FILES_AND_DIRECTORIES : JFileChooser.FILES_ONLY;
  }
}
