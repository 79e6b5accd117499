package org.lookalike.imagej;

import ij.macro.Interpreter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lookalike.image.InputException;
import org.lookalike.image.Nearest;
import org.scijava.convert.ConvertService;
import org.scijava.module.ModuleInfo;
import org.scijava.module.ModuleItem;

/**
 * The option string of a macro's {@code run("Command...", "key=value key=[with blanks] flag")}.
 *
 * <p>ImageJ only ever looks up the keys it knows, so a misspelt one would go unnoticed; this reads
 * them all.
 */
final class MacroOptions {
  private final Map<String, String> values = new LinkedHashMap<>();

  private MacroOptions() {}

  /**
   * Reads an option string by ImageJ's rules: values end at a blank unless in {@code [brackets]} or
   * {@code 'quotes'}; a key without value is a ticked checkbox; {@code &name} is what the macro's
   * variable of that name holds.
   *
   * @throws InputException if a bracket or quote is not closed
   */
  static MacroOptions parse(String options) {
    MacroOptions result = new MacroOptions();
    int at = 0;
    while (at < options.length()) {
      if (Character.isWhitespace(options.charAt(at))) {
        at++;
        continue;
      }
      int end = endOfKey(options, at);
      String key = options.substring(at, end);
      if (end == options.length() || options.charAt(end) != '=') {
        result.values.put(key, "true");
        at = end;
        continue;
      }
      int start = end + 1;
      at = endOfValue(options, start, key);
      result.values.put(key, resolved(unquoted(options.substring(start, at))));
    }
    return result;
  }

  private static int endOfKey(String options, int from) {
    int at = from;
    while (at < options.length()
        && options.charAt(at) != '='
        && !Character.isWhitespace(options.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int endOfValue(String options, int from, String key) {
    char first = from < options.length() ? options.charAt(from) : ' ';
    int depth = 0;
    for (int at = from; at < options.length(); at++) {
      char c = options.charAt(at);
      if (first == '[') {
        if (c == '[') depth++;
        if (c == ']' && --depth == 0) return at + 1;
      } else if (first == '\'') {
        if (at > from && c == '\'') return at + 1;
      } else if (Character.isWhitespace(c)) {
        return at;
      }
    }
    if (first == '[' || first == '\'') {
      throw new InputException(
          String.format("The value of '%s' starts with %s but never ends.", key, first));
    }
    return options.length();
  }

  private static String resolved(String value) {
    Interpreter macro = Interpreter.getInstance();
    if (macro == null || !value.startsWith("&")) return value;
    String held = macro.getVariableAsString(value.substring(1));
    return held == null ? value : held;
  }

  private static String unquoted(String value) {
    boolean quoted = value.startsWith("[") || value.startsWith("'");
    return quoted ? value.substring(1, value.length() - 1) : value;
  }

  /** Keys and values in the order given. */
  Map<String, String> values() {
    return values;
  }

  /**
   * The values as the command's inputs want them; blank ones are left out.
   *
   * @throws InputException for a key the command does not have, naming the nearest, and for a value
   *     that is not of its input's type
   */
  Map<String, Object> convert(ModuleInfo command, ConvertService converter) {
    Map<String, Object> converted = new LinkedHashMap<>();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      String key = entry.getKey();
      ModuleItem<?> input = command.getInput(key);
      if (input == null || !InputTypes.isTyped(input)) {
        throw new InputException(
            String.format(
                "There is no key '%s'; did you mean '%s'?", key, Nearest.to(key, keys(command))));
      }
      if (entry.getValue().trim().isEmpty()) continue;
      converted.put(key, InputTypes.convert(input, entry.getValue(), converter));
    }
    return converted;
  }

  private static List<String> keys(ModuleInfo command) {
    List<String> keys = new ArrayList<>();
    for (ModuleItem<?> input : command.inputs()) {
      if (InputTypes.isTyped(input)) keys.add(input.getName());
    }
    return keys;
  }
}
