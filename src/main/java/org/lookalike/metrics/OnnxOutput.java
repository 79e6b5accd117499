package org.lookalike.metrics;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lookalike.image.InputException;
import org.lookalike.image.Nearest;

/** Which of a foreign network's outputs are features, and how they become rows. */
final class OnnxOutput {
  private static final List<String> FEATURES = List.of("feature", "embed", "pool");
  private static final List<String> CLASSES = List.of("logit", "prob", "softmax");

  /** What is wanted of a network. */
  enum Kind {
    FEATURES,
    CLASSES
  }

  private OnnxOutput() {}

  /**
   * @param ranks number of dimensions by name, of the outputs that are numbers, in the model's
   *     order
   * @param kind what is looked for
   * @param wanted its name, or empty for the one that is most likely meant
   * @param model the file's name, for errors
   * @throws InputException if there is none, or none of that name
   */
  static String choose(Map<String, Integer> ranks, String wanted, Kind kind, String model) {
    if (ranks.isEmpty()) {
      throw new InputException(
          model + " has no output of 32-bit or 16-bit numbers; give a model that has features.");
    }
    if (ranks.containsKey(wanted)) return wanted;
    if (!wanted.isEmpty()) {
      throw new InputException(
          String.format(
              "%s has no output '%s'; did you mean '%s'?",
              model, wanted, Nearest.to(wanted, ranks.keySet())));
    }
    boolean classes = kind == Kind.CLASSES;
    for (String name : ranks.keySet()) {
      if (contains(name, classes ? CLASSES : FEATURES)) return name;
    }
    List<String> others = classes ? FEATURES : CLASSES;
    for (Map.Entry<String, Integer> output : ranks.entrySet()) {
      if (output.getValue() == 2 && !contains(output.getKey(), others)) return output.getKey();
    }
    return ranks.keySet().iterator().next();
  }

  private static boolean contains(String name, List<String> words) {
    String lower = name.toLowerCase(Locale.ROOT);
    return words.stream().anyMatch(lower::contains);
  }

  /**
   * Rows of an output. Of {@code [n, d, height, width]}, or {@code [n, height, width, d]} where the
   * input is such, height and width are averaged; of {@code [n, tokens, d]}, as transformers give,
   * the tokens.
   *
   * @param shape of the output
   * @param rows the first ones to take
   */
  static float[][] rows(float[] values, long[] shape, OnnxOptions.Layout layout, int rows) {
    int length = values.length / (int) shape[0];
    boolean last = shape.length == 3 || layout == OnnxOptions.Layout.NHWC;
    int dimensions = shape.length < 2 ? 1 : (int) shape[last ? shape.length - 1 : 1];
    if (hasOneDimension(shape)) dimensions = length;
    int places = length / dimensions;
    float[][] result = new float[rows][dimensions];
    for (int i = 0; i < rows; i++) {
      for (int d = 0; d < dimensions; d++) {
        double sum = 0;
        for (int p = 0; p < places; p++) {
          sum += values[i * length + (last ? p * dimensions + d : d * places + p)];
        }
        result[i][d] = (float) (sum / places);
      }
    }
    return result;
  }

  /** Whether all but one are 1, so that nothing is left to average. */
  private static boolean hasOneDimension(long[] shape) {
    int longer = 0;
    for (int i = 1; i < shape.length; i++) {
      if (shape[i] > 1) longer++;
    }
    return longer < 2;
  }
}
