package org.lookalike.imagej;

import ij.IJ;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.TextField;
import java.io.File;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.scijava.ItemVisibility;
import org.scijava.convert.ConvertService;
import org.scijava.module.MethodCallException;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;

/**
 * The ImageJ 1.x dialog of a SciJava command, with a field for each visible input, a button for
 * each of its buttons and a line for each message.
 *
 * <p>What was entered is recorded under the inputs' names, so that the recorded macro also runs in
 * Fiji. Empty fields are not recorded.
 */
final class CommandDialog {
  private static final int TEXT_COLUMNS = 12;
  private static final int LONG_COLUMNS = 30;

  private final Module module;
  private final ConvertService converter;
  private final Map<String, String> typed;
  private final GenericDialog dialog;
  private final List<Field> fields = new ArrayList<>();

  /**
   * @param typed what the fields start with, by the inputs' names; those that are missing start
   *     with the defaults. {@link #ask} puts there what was typed, right or wrong.
   */
  CommandDialog(Module module, ConvertService converter, Map<String, String> typed) {
    this.module = module;
    this.converter = converter;
    this.typed = typed;
    this.dialog = isNeeded(module) ? build(module) : null;
  }

  /** Whether the command has inputs that are asked for. */
  static boolean isNeeded(Module module) {
    for (ModuleItem<?> input : module.getInfo().inputs()) {
      if (InputTypes.isShown(input)) return true;
    }
    return false;
  }

  private GenericDialog build(Module module) {
    GenericDialog gd = new GenericDialog(title(module));
    StringBuilder help = new StringBuilder("<html><body width=400>");
    for (ModuleItem<?> input : module.getInfo().inputs()) {
      if (input.getVisibility() == ItemVisibility.MESSAGE) gd.addMessage(initial(input));
      if (InputTypes.isButton(input)) addButton(gd, input);
      else if (InputTypes.isShown(input) && !AdvancedSettings.isBehindButton(module, input)) {
        fields.add(new Field(input, addField(gd, input)));
      } else continue;
      if (input.getDescription() != null) {
        help.append("<p><b>").append(label(input)).append(":</b> ").append(input.getDescription());
      }
    }
    gd.addHelp(help.toString());
    return gd;
  }

  private static String title(Module module) {
    String leaf =
        module.getInfo().getMenuPath().getLeaf() == null
            ? module.getInfo().getTitle()
            : module.getInfo().getMenuPath().getLeaf().getName();
    return leaf.replace("...", "");
  }

  private static String label(ModuleItem<?> input) {
    String label = input.getLabel();
    if (label == null || label.isEmpty()) label = input.getName();
    String words = label.replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  private Supplier<String> addField(GenericDialog gd, ModuleItem<?> input) {
    String initial = typed.getOrDefault(input.getName(), initial(input));
    Class<?> type = input.getType();
    if (type == Boolean.class || type == boolean.class) {
      gd.addCheckbox(label(input), Boolean.parseBoolean(initial));
      Checkbox box = (Checkbox) gd.getCheckboxes().lastElement();
      return () -> Boolean.toString(box.getState());
    }
    List<?> choices = input.getChoices();
    if (choices != null && !choices.isEmpty()) {
      String[] items = choices.stream().map(Object::toString).toArray(String[]::new);
      gd.addChoice(label(input), items, initial);
      Choice choice = (Choice) gd.getChoices().lastElement();
      return choice::getSelectedItem;
    }
    boolean number = Number.class.isAssignableFrom(type) || type.isPrimitive();
    boolean isShort = number || !initial.isEmpty();
    gd.addStringField(label(input), initial, isShort ? TEXT_COLUMNS : LONG_COLUMNS);
    TextField text = (TextField) gd.getStringFields().lastElement();
    if (type == File.class) BrowseButton.addBeside(gd, text, input.getWidgetStyle());
    return text::getText;
  }

  private void addButton(GenericDialog gd, ModuleItem<?> input) {
    gd.addButton(
        label(input),
        e -> {
          try {
            input.callback(module);
          } catch (MethodCallException failed) {
            throw new IllegalStateException("The button " + label(input) + " failed.", failed);
          }
          // What was done may show in the label.
          ((Button) e.getSource()).setLabel(label(input));
          gd.validate();
        });
  }

  /** What the command starts with: its declared default, or its field's. */
  private String initial(ModuleItem<?> input) {
    Object value = module.getInput(input.getName());
    if (value == null) value = input.getDefaultValue();
    return value == null ? "" : format(value);
  }

  private static String format(Object value) {
    if (value instanceof Double && (Double) value == Math.rint((Double) value)) {
      return Long.toString(((Double) value).longValue());
    }
    return value.toString();
  }

  /**
   * Shows the dialog and waits for it; a command without visible inputs has none.
   *
   * @return the inputs that differ from their defaults; {@code null} if the user cancelled
   * @throws org.lookalike.image.InputException if a field cannot be understood
   */
  Map<String, Object> ask() {
    Map<String, Object> values = new LinkedHashMap<>();
    if (dialog == null) return values;
    dialog.showDialog();
    if (dialog.wasCanceled()) return null;
    for (Field field : fields) typed.put(field.input.getName(), field.text.get().trim());
    for (Field field : fields) {
      String name = field.input.getName();
      String text = typed.get(name);
      if (text.isEmpty()) continue;
      Object value = InputTypes.convert(field.input, text, converter);
      record(name, text);
      if (!text.equals(initial(field.input))) values.put(name, value);
    }
    addFromButtons(values);
    return values;
  }

  /** Inputs without a field that are shown by now were given behind a button. */
  private void addFromButtons(Map<String, Object> values) {
    for (ModuleItem<?> input : module.getInfo().inputs()) {
      if (!InputTypes.isShown(input) || hasField(input)) continue;
      Object value = module.getInput(input.getName());
      if (value == null) continue;
      record(input.getName(), format(value));
      values.put(input.getName(), value);
    }
  }

  private boolean hasField(ModuleItem<?> input) {
    return fields.stream().anyMatch(field -> field.input == input);
  }

  /** Backslashes, of paths on Windows, would be escapes in the macro. */
  private static void record(String name, String text) {
    if (IJ.recording()) Recorder.recordOption(name, Recorder.fixPath(text));
  }

  /** An input and how to read its field. */
  private static final class Field {
    final ModuleItem<?> input;
    final Supplier<String> text;

    Field(ModuleItem<?> input, Supplier<String> text) {
      this.input = input;
      this.text = text;
    }
  }
}
