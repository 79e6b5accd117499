package org.lookalike.imagej;

import java.util.List;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;
import org.scijava.ItemVisibility;
import org.scijava.command.DynamicCommandInfo;
import org.scijava.module.DefaultMutableModuleItem;
import org.scijava.module.Module;

/**
 * Settings of a training as inputs of a command: names, defaults, choices and explanations come
 * from {@link TrainSettings}.
 *
 * <p>All are text: a value is then checked by its {@link Setting}, which says what is wrong with
 * it, and never dropped by a conversion that failed.
 */
final class SettingInputs {
  private SettingInputs() {}

  /**
   * Adds every setting: the main ones in the dialog, the others for macros, scripts and {@link
   * AdvancedSettings}.
   */
  static void addAll(DynamicCommandInfo command) {
    for (Setting<?> setting : TrainSettings.all()) {
      add(command, setting, !AdvancedSettings.isAdvanced(setting));
    }
  }

  /** Adds one setting; in the dialog, with its default, if it is to be shown. */
  static void add(DynamicCommandInfo command, Setting<?> setting, boolean shown) {
    DefaultMutableModuleItem<String> item =
        item(command, setting.key(), String.class, setting.help());
    if (shown) {
      item.setDefaultValue(defaultOf(setting));
      List<String> choices = setting.choices();
      if (!choices.isEmpty()) item.setChoices(choices);
    } else {
      item.setVisibility(ItemVisibility.INVISIBLE);
    }
    command.addInput(item);
  }

  /**
   * An optional input that is never filled in from an earlier run: the same macro does the same.
   */
  static <T> DefaultMutableModuleItem<T> item(
      DynamicCommandInfo command, String key, Class<T> type, String help) {
    DefaultMutableModuleItem<T> item = new DefaultMutableModuleItem<>(command, key, type);
    item.setLabel(label(key));
    item.setDescription(help);
    item.setRequired(false);
    item.setPersisted(false);
    return item;
  }

  /** The key in words. */
  static String label(String key) {
    String words = key.replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  /** The default as typed and as shown. */
  static String defaultOf(Setting<?> setting) {
    return setting.format(setting.defaultValue());
  }

  /**
   * The settings given to a command. An input with its default's value gives way to the base: a
   * dialog has a value in every field, and a macro recorded from it must mean the same.
   *
   * @param base what applies where the command says nothing
   * @throws org.lookalike.image.InputException if a value is impossible
   */
  static TrainSettings read(Module command, TrainSettings base) {
    TrainSettings settings = base;
    for (Setting<?> setting : TrainSettings.all()) {
      String value = (String) command.getInput(setting.key());
      if (value == null || value.trim().isEmpty()) continue;
      if (!value.trim().equals(defaultOf(setting))) settings = settings.with(setting.key(), value);
    }
    return settings;
  }
}
