package org.lookalike.train;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Supplier;
import org.lookalike.image.InputException;
import org.lookalike.image.Nearest;

/**
 * One thing that can be set for a training: its name, type, default, range and explanation.
 *
 * <p>Dialogs, macro keys, command-line options, {@code settings.json} and the checks of what users
 * type are all made from these definitions, so nothing about a setting is written twice.
 *
 * @param <T> {@code Integer}, {@code Long}, {@code Double}, {@code Boolean} or {@code String}
 */
public final class Setting<T> {
  /** Where dialogs show a setting. */
  public enum Group {
    MAIN("Main"),
    DATA("Data"),
    LOSS("Loss"),
    PENALTIES("Penalties"),
    LABELS("Labels and noise"),
    ARCHITECTURE("Architecture"),
    REMEDIES("Remedies"),
    SCHEDULE("Schedule"),
    DEVICE("Device");

    private final String title;

    Group(String title) {
      this.title = title;
    }

    /** Its heading in dialogs. */
    public String title() {
      return title;
    }
  }

  /** Smaller numbers are written with an exponent. */
  private static final double SHORT = 1e-6;

  /** What a numeric setting is typed as to have its value chosen from the others. */
  public static final String AUTO = "auto";

  private final String key;
  private final Class<T> type;
  private final T defaultValue;
  private final Group group;
  private final String help;
  private String paper = "";
  private double min = Double.NEGATIVE_INFINITY;
  private double max = Double.POSITIVE_INFINITY;
  private boolean minExcluded;
  private boolean auto;
  private List<String> wordsForFolder;
  private Supplier<List<String>> choices;

  Setting(String key, Class<T> type, T defaultValue, Group group, String help) {
    this.key = key;
    this.type = type;
    this.defaultValue = defaultValue;
    this.group = group;
    this.help = help;
  }

  /** Names where the technique comes from. */
  Setting<T> from(String source) {
    this.paper = source;
    return this;
  }

  Setting<T> range(double min, double max) {
    this.min = min;
    this.max = max;
    return this;
  }

  Setting<T> above(double min) {
    this.min = min;
    this.minExcluded = true;
    return this;
  }

  /** Lets the setting be {@code auto}: its value is then {@code null} until resolved. */
  Setting<T> orAuto() {
    this.auto = true;
    return this;
  }

  /** Says that the text names a folder, or is one of these words. */
  Setting<T> folderOr(String... words) {
    this.wordsForFolder = List.of(words);
    return this;
  }

  Setting<T> choices(Supplier<List<String>> choices) {
    this.choices = choices;
    return this;
  }

  /**
   * The snake_case name in macros, JSON and {@code --set}; kebab-case of it is the shell option.
   */
  public String key() {
    return key;
  }

  public Class<T> type() {
    return type;
  }

  /** The default; {@code null} means {@code auto}. */
  public T defaultValue() {
    return defaultValue;
  }

  public Group group() {
    return group;
  }

  /** One line for dialogs and {@code --help}, with the paper it comes from. */
  public String help() {
    return paper.isEmpty() ? help : help + " (" + paper + ")";
  }

  /** Whether the value may be {@code auto}. */
  public boolean isAuto() {
    return auto;
  }

  /** Whether the value names a folder, or is one of {@link #wordsForFolder()}. */
  public boolean isFolder() {
    return wordsForFolder != null;
  }

  /** What may be typed in place of a folder. */
  public List<String> wordsForFolder() {
    return isFolder() ? wordsForFolder : List.of();
  }

  /** The labels to choose from, as typed; empty where any value of the type may be given. */
  public List<String> choices() {
    return choices == null ? List.of() : choices.get();
  }

  /**
   * The value as typed and as shown: {@code auto} for {@code null}, whole numbers without point.
   */
  public String format(Object value) {
    if (value == null) return AUTO;
    if (value instanceof Double) {
      double d = (Double) value;
      if (d == Math.rint(d) && Math.abs(d) < 1e9) return Long.toString((long) d);
      if (Math.abs(d) >= SHORT) return BigDecimal.valueOf(d).stripTrailingZeros().toPlainString();
    }
    return value.toString();
  }

  /**
   * Reads a value as a user typed it.
   *
   * @throws InputException if it is not of the setting's type, range or choices
   */
  public T parse(String text) {
    String s = text.trim();
    if (s.equalsIgnoreCase(AUTO) && auto) return null;
    if (choices != null) {
      String label = choice(s);
      return type.cast(type == Integer.class ? (Object) Integer.valueOf(label) : label);
    }
    if (type == String.class) return s.isEmpty() ? defaultValue : type.cast(text(s));
    if (type == Boolean.class) return type.cast(bool(s));
    double number;
    try {
      number = Double.parseDouble(s);
    } catch (NumberFormatException e) {
      throw new InputException(
          String.format(
              "%s=%s is not a number; give a %s%s.",
              key, s, rangeInWords(), auto ? " or auto" : ""));
    }
    boolean whole = type == Integer.class || type == Long.class;
    boolean inside = minExcluded ? number > min : number >= min;
    if (!inside || !(number <= max) || Double.isInfinite(number)) {
      throw new InputException(
          String.format(
              "%s=%s is not possible; give a %s%s.",
              key, s, rangeInWords(), auto ? " or auto" : ""));
    }
    if (whole && number != Math.rint(number)) {
      throw new InputException(String.format("%s=%s must be a whole number.", key, s));
    }
    if (type == Integer.class) return type.cast((int) number);
    if (type == Long.class) return type.cast(wholeLong(s, number));
    return type.cast(number);
  }

  /** Words for a folder are known in any case. */
  private String text(String s) {
    return wordsForFolder().stream().filter(s::equalsIgnoreCase).findFirst().orElse(s);
  }

  private static Long wholeLong(String s, double number) {
    try {
      return Long.valueOf(s);
    } catch (NumberFormatException written_as_decimal) {
      return (long) number;
    }
  }

  private Boolean bool(String s) {
    if (s.equalsIgnoreCase("true") || s.equalsIgnoreCase("on") || s.equals("1")) return true;
    if (s.equalsIgnoreCase("false") || s.equalsIgnoreCase("off") || s.equals("0")) return false;
    throw new InputException(String.format("%s=%s is neither true nor false.", key, s));
  }

  private String choice(String s) {
    for (String c : choices()) if (c.equalsIgnoreCase(s)) return c;
    throw new InputException(
        String.format(
            "%s=%s is unknown; did you mean %s? Known are: %s.",
            key, s, Nearest.to(s, choices()), String.join(", ", choices())));
  }

  /** Which numbers are possible, in words; for settings whose type is a number. */
  public String rangeInWords() {
    String kind = type == Integer.class || type == Long.class ? "whole number" : "number";
    boolean below = min != Double.NEGATIVE_INFINITY;
    boolean above = max != Double.POSITIVE_INFINITY;
    if (!below) return kind;
    if (minExcluded) return kind + " above " + plain(min) + (above ? " to " + plain(max) : "");
    return kind
        + (above ? " from " + plain(min) + " to " + plain(max) : " of at least " + plain(min));
  }

  private static String plain(double d) {
    return d == Math.rint(d) ? Long.toString((long) d) : Double.toString(d);
  }

  @Override
  public String toString() {
    return key;
  }
}
