package org.lookalike.cli;

import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;

/** The README's table of settings, made from {@link TrainSettings}. */
final class SettingsTable {
  private SettingsTable() {}

  /** Markdown, one row a setting, with a line end after each. */
  static String markdown() {
    StringBuilder table = new StringBuilder();
    table.append("| key | shell option | default | values | what it does |\n");
    table.append("|---|---|---|---|---|\n");
    for (Setting<?> setting : TrainSettings.all()) {
      table
          .append("| `" + setting.key() + "` ")
          .append("| `" + SettingsOptions.optionName(setting) + "` ")
          .append("| " + setting.format(setting.defaultValue()) + " ")
          .append("| " + values(setting) + " ")
          .append("| " + setting.help() + " |\n");
    }
    return table.toString();
  }

  private static String values(Setting<?> setting) {
    if (!setting.choices().isEmpty()) return String.join(", ", setting.choices());
    if (setting.isFolder()) return "folder, " + String.join(", ", setting.wordsForFolder());
    String kind = kind(setting);
    return setting.isAuto() ? kind + " or " + Setting.AUTO : kind;
  }

  private static String kind(Setting<?> setting) {
    if (Number.class.isAssignableFrom(setting.type())) return setting.rangeInWords();
    return setting.type() == Boolean.class ? "true, false" : "text";
  }
}
