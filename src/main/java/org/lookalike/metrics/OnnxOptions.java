package org.lookalike.metrics;

import java.util.List;
import java.util.Locale;
import org.lookalike.image.InputException;
import org.lookalike.image.Nearest;

/** What a foreign network expects, where its file does not say so. Immutable. */
public final class OnnxOptions implements Cloneable {
  /** Where the channels stand in the model's input. */
  public enum Layout {
    /** {@code [batch, channels, height, width]}. */
    NCHW,
    /** {@code [batch, height, width, channels]}. */
    NHWC
  }

  /** The values of black and white before mean and standard deviation. */
  public enum ValueScale {
    /** 0 to 1. */
    UNIT(0, 1),
    /** -1 to 1. */
    SIGNED(-1, 1),
    /** 0 to 255. */
    BYTES(0, 255);

    private final float black;
    private final float white;

    ValueScale(float black, float white) {
      this.black = black;
      this.white = white;
    }

    /**
     * @param unit 0 for black to 1 for white
     */
    float of(float unit) {
      return black + (white - black) * unit;
    }
  }

  private static final List<String> KEYS =
      List.of("size", "output", "layout", "values", "mean", "std");

  private int inputSize = 0;
  private Layout layout = null;
  private float[] mean = {.485f, .456f, .406f};
  private float[] deviation = {.229f, .224f, .225f};
  private ValueScale valueScale = ValueScale.UNIT;
  private String output = "";

  private OnnxOptions() {}

  /** Size, layout and output as the file has them, values as networks trained on ImageNet. */
  public static OnnxOptions defaults() {
    return new OnnxOptions();
  }

  /**
   * Reads {@code ,key=value,key=value…}.
   *
   * @throws InputException for anything else
   */
  static OnnxOptions parse(String text) {
    OnnxOptions options = defaults();
    for (String part : text.split(",")) {
      if (part.trim().isEmpty()) continue;
      int equals = part.indexOf('=');
      String key = equals < 0 ? part.trim() : part.substring(0, equals).trim();
      String value = part.substring(equals + 1).trim();
      try {
        options = options.with(key, value);
      } catch (InputException e) {
        throw e;
      } catch (IllegalArgumentException e) {
        throw new InputException(
            String.format("'%s' is not possible for the ONNX option %s.", value, key), e);
      }
    }
    return options;
  }

  private OnnxOptions with(String key, String value) {
    switch (key) {
      case "size":
        return withInputSize(Integer.parseInt(value));
      case "output":
        return withOutput(value);
      case "layout":
        return withLayout(Layout.valueOf(value.toUpperCase(Locale.ROOT)));
      case "values":
        return withValueScale(ValueScale.valueOf(value.toUpperCase(Locale.ROOT)));
      case "mean":
        return withNormalisation(numbers(value), deviation);
      case "std":
        return withNormalisation(mean, numbers(value));
      default:
        throw new InputException(
            String.format(
                "There is no ONNX option '%s'; did you mean '%s'?", key, Nearest.to(key, KEYS)));
    }
  }

  private static float[] numbers(String text) {
    String[] parts = text.split("/");
    float[] numbers = new float[parts.length];
    for (int i = 0; i < parts.length; i++) numbers[i] = Float.parseFloat(parts[i]);
    return numbers;
  }

  private OnnxOptions copy() {
    try {
      return (OnnxOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** Height and width in pixels images are resampled to; 0 takes the model's. */
  public int inputSize() {
    return inputSize;
  }

  /**
   * @throws InputException if it is negative
   */
  public OnnxOptions withInputSize(int value) {
    if (value < 0) {
      throw new InputException("An input size of " + value + " px is none; give at least 1.");
    }
    OnnxOptions copy = copy();
    copy.inputSize = value;
    return copy;
  }

  /** Order of the input's dimensions; {@code null} takes the model's. */
  public Layout layout() {
    return layout;
  }

  public OnnxOptions withLayout(Layout value) {
    OnnxOptions copy = copy();
    copy.layout = value;
    return copy;
  }

  /**
   * Subtracted, in units of the value scale; one for each channel or one for all; their mean for a
   * network of one channel.
   */
  public float[] mean() {
    return mean.clone();
  }

  /**
   * Divided by, in units of the value scale; one for each channel or one for all; their mean for a
   * network of one channel.
   */
  public float[] deviation() {
    return deviation.clone();
  }

  /**
   * @param mean 1 or 3 values, 0 to leave the images as they are
   * @param deviation 1 or 3 values, 1 to leave the images as they are
   * @throws InputException if there are not as many, or a deviation is not above 0
   */
  public OnnxOptions withNormalisation(float[] mean, float[] deviation) {
    for (float m : mean) {
      if (!Float.isFinite(m)) throw new InputException("A mean of " + m + " is no number.");
    }
    for (float d : deviation) {
      if (!Float.isFinite(d) || d <= 0) {
        throw new InputException("A standard deviation of " + d + " is none; give one above 0.");
      }
    }
    OnnxOptions copy = copy();
    copy.mean = threeOrOne(mean, "means");
    copy.deviation = threeOrOne(deviation, "standard deviations");
    return copy;
  }

  private static float[] threeOrOne(float[] values, String what) {
    if (values.length == 1 || values.length == 3) return values.clone();
    throw new InputException("There are " + values.length + " " + what + "; give 1 or 3.");
  }

  /** What the mean and the deviation are applied to. */
  public ValueScale valueScale() {
    return valueScale;
  }

  public OnnxOptions withValueScale(ValueScale value) {
    OnnxOptions copy = copy();
    copy.valueScale = value;
    return copy;
  }

  /** Name of the output to take; empty looks for the features. */
  public String output() {
    return output;
  }

  public OnnxOptions withOutput(String value) {
    OnnxOptions copy = copy();
    copy.output = value;
    return copy;
  }
}
