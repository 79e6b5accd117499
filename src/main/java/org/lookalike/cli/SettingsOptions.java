package org.lookalike.cli;

import java.util.List;
import java.util.function.Supplier;
import org.lookalike.image.InputException;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The settings of a training as shell options, all made from {@link TrainSettings#all()}. */
final class SettingsOptions {
  private SettingsOptions() {}

  /** The shell option of a setting: {@code d_steps} is {@code --d-steps}. */
  static String optionName(Setting<?> setting) {
    return "--" + setting.key().replace('_', '-');
  }

  /** Adds an option for every setting, under a heading of their own. */
  static void addTo(CommandSpec command) {
    ArgGroupSpec.Builder group =
        ArgGroupSpec.builder()
            .heading("%nSettings (each also as --set key=value or in a --settings file):%n")
            .validate(false)
            .order(100);
    for (Setting<?> setting : TrainSettings.all()) group.addArg(option(setting));
    command.addArgGroup(group.build());
  }

  private static OptionSpec option(Setting<?> setting) {
    return OptionSpec.builder(optionName(setting))
        .type(String.class)
        .arity("1")
        .paramLabel(values(setting))
        .description(
            escaped(setting.help()),
            "Default: " + escaped(setting.format(setting.defaultValue())) + ".")
        .build();
  }

  private static String values(Setting<?> setting) {
    List<String> choices = setting.choices();
    if (!choices.isEmpty()) return String.join("|", choices);
    if (setting.type() == Boolean.class) return "true|false";
    if (setting.isFolder()) return "FOLDER|" + String.join("|", setting.wordsForFolder());
    String kind = setting.type() == String.class ? "TEXT" : "N";
    return setting.isAuto() ? kind + "|" + Setting.AUTO : kind;
  }

  /** Picocli formats descriptions. */
  private static String escaped(String text) {
    return text.replace("%", "%%");
  }

  /**
   * The settings that were given as options of their own.
   *
   * @throws ParameterException if a value is not possible; it says what is
   */
  static TrainSettings given(CommandSpec command, ParseResult parsed) {
    TrainSettings settings = TrainSettings.defaults();
    for (Setting<?> setting : TrainSettings.all()) {
      String name = optionName(setting);
      if (!parsed.hasMatchedOption(name)) continue;
      settings = with(command, settings, setting.key(), parsed.matchedOptionValue(name, ""));
    }
    return settings;
  }

  /**
   * {@code settings} with those given as {@code key=value}.
   *
   * @throws ParameterException for unknown keys, naming the nearest, and impossible values
   */
  static TrainSettings withPairs(
      CommandSpec command, TrainSettings settings, List<String> keyValues) {
    TrainSettings result = settings;
    for (String pair : keyValues) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new ParameterException(
            command.commandLine(), "'" + pair + "' is not a setting; write it as key=value.");
      }
      String key = pair.substring(0, equals).replace('-', '_');
      result = with(command, result, key, pair.substring(equals + 1));
    }
    return result;
  }

  private static TrainSettings with(
      CommandSpec command, TrainSettings settings, String key, String value) {
    return parsed(command, () -> settings.with(key, value));
  }

  /** Reads something typed; what cannot be read is wrong usage. */
  static <T> T parsed(CommandSpec command, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (InputException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
