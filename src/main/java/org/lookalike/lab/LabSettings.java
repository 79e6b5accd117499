package org.lookalike.lab;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.lookalike.gan.NetworkOptions;
import org.lookalike.image.InputException;
import org.lookalike.train.Setting;
import org.lookalike.train.TrainSettings;

/** Which settings of a training mean something to points of a line or plane. */
public final class LabSettings {
  /** What is the same in all games of the lab, or has its own place there. */
  private static final Set<Setting.Group> OF_IMAGES =
      Set.of(Setting.Group.DATA, Setting.Group.DEVICE);

  private static final Set<Setting<?>> FOR_IMAGES =
      Set.of(
          TrainSettings.SIZE,
          TrainSettings.MINUTES,
          TrainSettings.IMAGES,
          TrainSettings.AUGMENT,
          TrainSettings.AUGMENT_P,
          TrainSettings.ADA_TARGET,
          TrainSettings.ADA_IMAGES,
          TrainSettings.ANNEAL_IMAGES,
          TrainSettings.MINIBATCH_UNTIL,
          TrainSettings.REFEREE,
          TrainSettings.ARCHITECTURE,
          TrainSettings.UPSAMPLING,
          TrainSettings.DOWNSAMPLING,
          TrainSettings.NOISE,
          TrainSettings.SKIP_Z,
          TrainSettings.NORMALISATION_D,
          TrainSettings.REFINE,
          TrainSettings.LAST_ACTIVATION,
          TrainSettings.RANGE_WEIGHT,
          TrainSettings.RESIDUAL,
          TrainSettings.ATTENTION);

  /** Of a setting that applies, the value that does not: it would do nothing, or ruin points. */
  private static final Map<Setting<String>, String> WORDS_FOR_IMAGES =
      Map.of(
          TrainSettings.MINIBATCH,
          NetworkOptions.Minibatch.DEVIATION.label(),
          TrainSettings.NORMALISATION_G,
          NetworkOptions.Normalisation.INSTANCE.label());

  private LabSettings() {}

  /** In the order dialogs show them. */
  public static List<Setting<?>> all() {
    return TrainSettings.all().stream().filter(LabSettings::applies).collect(Collectors.toList());
  }

  private static boolean applies(Setting<?> setting) {
    return !OF_IMAGES.contains(setting.group()) && !FOR_IMAGES.contains(setting);
  }

  /**
   * @throws InputException if a setting was given that means nothing here
   */
  public static void check(TrainSettings settings) {
    for (Setting<?> setting : TrainSettings.all()) {
      if (applies(setting) || !settings.isSet(setting)) continue;
      throw new InputException(
          String.format("%s is for images and means nothing in the lab; leave it out.", setting));
    }
    for (Map.Entry<Setting<String>, String> word : WORDS_FOR_IMAGES.entrySet()) {
      String value = settings.get(word.getKey());
      if (!word.getValue().equals(value)) continue;
      throw new InputException(
          String.format(
              "%s=%s is for images and means nothing in the lab; give another value.",
              word.getKey(), value));
    }
  }

  /** The values of a setting that mean something here; empty where any may be given. */
  public static List<String> choices(Setting<?> setting) {
    return setting.choices().stream()
        .filter(choice -> !choice.equals(WORDS_FOR_IMAGES.get(setting)))
        .collect(Collectors.toList());
  }

  /** Whether the networks of one game cannot go on under the settings of the other. */
  static boolean needNewNetworks(TrainSettings one, TrainSettings other) {
    for (Setting<?> setting : TrainSettings.all()) {
      boolean same = setting.format(one.get(setting)).equals(setting.format(other.get(setting)));
      if (!same && isOfNetworks(setting)) return true;
    }
    return false;
  }

  /** Whether a change of that setting begins a run anew. */
  private static boolean isOfNetworks(Setting<?> setting) {
    return setting.group() == Setting.Group.ARCHITECTURE || setting == TrainSettings.SEED;
  }
}
