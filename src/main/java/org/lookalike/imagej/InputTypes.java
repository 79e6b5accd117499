package org.lookalike.imagej;

import ij.ImagePlus;
import ij.WindowManager;
import java.io.File;
import java.math.BigDecimal;
import java.util.List;
import org.lookalike.image.InputException;
import org.scijava.Context;
import org.scijava.ItemVisibility;
import org.scijava.convert.ConvertService;
import org.scijava.module.ModuleItem;
import org.scijava.service.Service;
import org.scijava.util.Types;
import org.scijava.widget.Button;

/** Between the inputs of SciJava commands and what users type. */
final class InputTypes {
  private InputTypes() {}

  /** Whether users give this input, as opposed to messages, buttons, services and the context. */
  static boolean isTyped(ModuleItem<?> input) {
    Class<?> type = input.getType();
    return input.getVisibility() != ItemVisibility.MESSAGE
        && !isButton(input)
        && !Service.class.isAssignableFrom(type)
        && !Context.class.isAssignableFrom(type);
  }

  /** Whether the dialog has a field for this input. */
  static boolean isShown(ModuleItem<?> input) {
    return isTyped(input)
        && input.getVisibility() != ItemVisibility.INVISIBLE
        && input.getType() != ImagePlus.class;
  }

  /** Whether this input is a button that calls the command's method named as its callback. */
  static boolean isButton(ModuleItem<?> input) {
    return input.getType() == Button.class;
  }

  /**
   * A typed value as the input's type.
   *
   * @throws InputException if it is not one, or not among the input's choices
   */
  static Object convert(ModuleItem<?> input, String text, ConvertService converter) {
    String key = input.getName();
    if (input.getType() == ImagePlus.class) return openImage(key, text);
    if (input.getType() == File.class) return new File(text.trim());
    Object converted = parse(Types.box(input.getType()), text, converter);
    if (converted == null) {
      throw new InputException(String.format("%s=%s is not %s.", key, text, kind(input)));
    }
    return choice(input, converted);
  }

  /** SciJava's converter makes 0 or false of what it cannot read, so those are read here. */
  private static Object parse(Class<?> type, String text, ConvertService converter) {
    String word = text.trim();
    if (type == String.class) return text;
    if (type == Boolean.class) return parseBoolean(word);
    if (!Number.class.isAssignableFrom(type)) {
      return converter.supports(text, type) ? converter.convert(text, type) : null;
    }
    try {
      BigDecimal number = new BigDecimal(word);
      if (type == Double.class) return number.doubleValue();
      if (type == Float.class) return number.floatValue();
      if (type == Long.class) return number.longValueExact();
      return converter.convert(number.intValueExact(), type);
    } catch (NumberFormatException | ArithmeticException notOfThatType) {
      return null;
    }
  }

  private static Boolean parseBoolean(String word) {
    if (word.equalsIgnoreCase("true") || word.equals("1")) return true;
    if (word.equalsIgnoreCase("false") || word.equals("0")) return false;
    return null;
  }

  private static ImagePlus openImage(String key, String title) {
    ImagePlus image = WindowManager.getImage(title);
    if (image != null) return image;
    throw new InputException(String.format("%s=%s: no open image has that title.", key, title));
  }

  /** A choice may be typed in any case. */
  private static Object choice(ModuleItem<?> input, Object value) {
    List<?> choices = input.getChoices();
    if (choices == null || choices.isEmpty()) return value;
    for (Object choice : choices) {
      if (choice.toString().equalsIgnoreCase(value.toString())) return choice;
    }
    throw new InputException(
        String.format(
            "%s=%s is unknown; known are: %s.",
            input.getName(),
            value,
            String.join(", ", choices.stream().map(Object::toString).toArray(String[]::new))));
  }

  private static String kind(ModuleItem<?> input) {
    Class<?> type = Types.box(input.getType());
    if (type == Boolean.class) return "true or false";
    if (type == Double.class || type == Float.class) return "a number";
    if (Number.class.isAssignableFrom(type)) return "a whole number within range";
    return "of type " + type.getSimpleName();
  }
}
