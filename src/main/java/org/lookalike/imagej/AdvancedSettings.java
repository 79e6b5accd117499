package org.lookalike.imagej;

import java.awt.KeyboardFocusManager;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;
import org.scijava.ItemVisibility;
import org.scijava.command.DynamicCommand;
import org.scijava.command.DynamicCommandInfo;
import org.scijava.module.DefaultMutableModuleItem;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.MutableModuleItem;
import org.scijava.widget.Button;

/**
 * The settings that a command's first page leaves out, and the button that asks for them.
 *
 * <p>Their inputs stay invisible while they have no value. SciJava's dialogs know no groups, so as
 * visible ones they would make a page of many screens; and Fiji's recorder writes every visible
 * input into the macro. An input that was given a value becomes visible, and so is recorded.
 */
final class AdvancedSettings {
  private static final String BUTTON = "advanced";
  private static final String LABEL = "Advanced...";

  private AdvancedSettings() {}

  static boolean isAdvanced(Setting<?> setting) {
    return setting.group() != Setting.Group.MAIN;
  }

  static List<Setting<?>> all() {
    List<Setting<?>> advanced = new ArrayList<>();
    for (Setting<?> setting : TrainSettings.all()) if (isAdvanced(setting)) advanced.add(setting);
    return advanced;
  }

  /**
   * Adds the button to a command's dialog, in Fiji as in plain ImageJ.
   *
   * @param callback the command's method that calls {@link #ask}
   */
  static void addButton(DynamicCommandInfo command, String callback) {
    DefaultMutableModuleItem<Button> button =
        SettingInputs.item(command, BUTTON, Button.class, "All other settings, by group");
    button.setLabel(LABEL);
    button.setCallback(callback);
    command.addInput(button);
  }

  /** Opens the dialog and takes over what the user enters; nothing changes if it is cancelled. */
  static void ask(DynamicCommand command) {
    AdvancedDialog dialog =
        new AdvancedDialog(
            KeyboardFocusManager.getCurrentKeyboardFocusManager().getActiveWindow(),
            all(),
            given(command));
    Map<String, String> changed = dialog.ask();
    if (changed != null) give(command, changed);
  }

  /** Whether the command's button asks for an input, which so needs no field of its own. */
  static boolean isBehindButton(Module command, ModuleItem<?> input) {
    return command.getInfo().getInput(BUTTON) != null
        && all().stream().anyMatch(setting -> setting.key().equals(input.getName()));
  }

  /** Takes what was entered over to another of the same command, if that has the button. */
  static void copy(Module from, Module to) {
    if (to.getInfo().getInput(BUTTON) != null) give((DynamicCommand) to, given(from));
  }

  private static Map<String, String> given(Module command) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Setting<?> setting : all()) {
      String value = (String) command.getInput(setting.key());
      if (value != null) values.put(setting.key(), value);
    }
    return values;
  }

  /**
   * Sets the inputs of a command.
   *
   * @param changed values by key; a setting that is missing goes back to its default
   */
  static void give(DynamicCommand command, Map<String, String> changed) {
    DynamicCommandInfo info = (DynamicCommandInfo) command.getInfo();
    for (Setting<?> setting : all()) {
      String value = changed.get(setting.key());
      command.setInput(setting.key(), value);
      MutableModuleItem<String> input = info.getMutableInput(setting.key(), String.class);
      input.setVisibility(value == null ? ItemVisibility.INVISIBLE : ItemVisibility.NORMAL);
    }
    info.getMutableInput(BUTTON, Button.class)
        .setLabel(changed.isEmpty() ? LABEL : LABEL + " (" + changed.size() + " changed)");
  }
}
