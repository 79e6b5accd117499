package org.lookalike.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.lookalike.gan.Architectures;
import org.lookalike.image.Choice;
import org.lookalike.image.DatasetOptions;
import org.lookalike.image.Fit;
import org.lookalike.image.InputException;
import org.lookalike.image.Intensity;
import org.lookalike.image.Nearest;
import org.lookalike.image.Sampling;
import org.lookalike.train.Setting.Group;

/**
 * Everything that can be set for a training. Immutable; the single list of names, defaults and
 * ranges from which dialogs, macro keys, shell options and {@code settings.json} are made.
 *
 * <pre>{@code
 * TrainSettings settings = TrainSettings.defaults().with("size", "128").with("minutes", "30");
 * int size = settings.get(TrainSettings.SIZE);
 * }</pre>
 */
public final class TrainSettings {
  private static final Map<String, Setting<?>> ALL = new LinkedHashMap<>();

  public static final Setting<Integer> SIZE =
      define("size", Integer.class, 64, Group.MAIN, "Side of the synthetic images in pixels")
          .choices(() -> List.of("32", "64", "128", "256"));
  public static final Setting<Double> MINUTES =
      define(
              "minutes",
              Double.class,
              10.0,
              Group.MAIN,
              "Training time; ignored where a number of images is set")
          .above(0);
  public static final Setting<Long> IMAGES =
      define(
              "images",
              Long.class,
              null,
              Group.MAIN,
              "Stop after the discriminator has seen this many real images (auto: by minutes)")
          .range(1, Double.POSITIVE_INFINITY)
          .orAuto();
  public static final Setting<String> LOSS =
      define("loss", String.class, "relativistic", Group.MAIN, "The game's loss")
          .choices(AdversarialLosses::names);
  public static final Setting<Long> SEED =
      define("seed", Long.class, 1L, Group.MAIN, "The same seed and images give the same training")
          .range(-9e15, 9e15);

  public static final Setting<String> SAMPLING =
      define(
              "sampling",
              String.class,
              "auto",
              Group.DATA,
              "Train on whole images, resampled, or on random patches")
          .choices(() -> labels(Sampling.values()));
  public static final Setting<Double> PIXEL_SIZE =
      define(
              "pixel_size",
              Double.class,
              0.0,
              Group.DATA,
              "Patches: resample to this pixel size, in the images' unit, first (0: as they are)")
          .range(0, 1e9);
  public static final Setting<String> FIT =
      define(
              "fit",
              String.class,
              "crop",
              Group.DATA,
              "Whole images that are not square: crop the centre or stretch")
          .choices(() -> labels(Fit.values()));
  public static final Setting<String> FLIPS =
      define(
              "flips",
              String.class,
              "auto",
              Group.DATA,
              "Mirror images at random (auto: unless the images share a layout)")
          .choices(() -> labels(Choice.values()));
  public static final Setting<String> TURNS =
      define(
              "turns",
              String.class,
              "auto",
              Group.DATA,
              "Turn images by 90 degrees at random (auto: unless the images share a layout)")
          .choices(() -> labels(Choice.values()));
  public static final Setting<String> INTENSITY =
      define(
              "intensity",
              String.class,
              "auto",
              Group.DATA,
              "How intensities are scaled for training; undone in the results")
          .choices(() -> labels(Intensity.values()));
  public static final Setting<Double> SATURATED =
      define(
              "saturated",
              Double.class,
              0.1,
              Group.DATA,
              "Percent of the pixels cut off at each end of the intensity range (hot pixels)")
          .range(0, 10);
  public static final Setting<Double> HELD_OUT =
      define(
              "held_out",
              Double.class,
              10.0,
              Group.DATA,
              "Percent of the images kept out of training, to measure quality by (0: none)")
          .range(0, 25);

  public static final Setting<Double> R1 =
      define(
              "r1",
              Double.class,
              null,
              Group.PENALTIES,
              "Weight gamma of the gradient penalty on reals (auto: by loss, size and batch)")
          .range(0, 1e6)
          .orAuto();
  public static final Setting<Double> R2 =
      define(
              "r2",
              Double.class,
              null,
              Group.PENALTIES,
              "Weight gamma of the gradient penalty on fakes (auto: by loss, size and batch)")
          .range(0, 1e6)
          .orAuto();
  public static final Setting<Integer> PENALTY_EVERY =
      define(
              "penalty_every",
              Integer.class,
              4,
              Group.PENALTIES,
              "R1 and R2 act on every n-th step with n times the weight")
          .range(1, 1000);
  public static final Setting<Double> GP_WEIGHT =
      define("gp_weight", Double.class, 10.0, Group.PENALTIES, "Weight lambda of WGAN-GP's penalty")
          .range(0, 1e6);

  public static final Setting<Double> CLIP =
      define(
              "clip",
              Double.class,
              0.01,
              Group.PENALTIES,
              "Wasserstein loss: each weight of the critic stays between -clip and clip")
          .range(1e-6, 1);

  public static final Setting<Double> REAL_LABEL =
      define(
              "real_label",
              Double.class,
              1.0,
              Group.LABELS,
              "What D is to say of reals; 0.9 is one-sided label smoothing")
          .range(0.5, 1.5);
  public static final Setting<Double> FAKE_LABEL =
      define(
              "fake_label",
              Double.class,
              0.0,
              Group.LABELS,
              "What D is to say of fakes; 0.1 smooths that side too")
          .range(-0.5, 0.5);
  public static final Setting<Boolean> NOISY_LABELS =
      define(
          "noisy_labels",
          Boolean.class,
          false,
          Group.LABELS,
          "Draw labels of reals from 0.7 to 1 and of fakes from 0 to 0.3");
  public static final Setting<Double> FLIP_LABELS =
      define(
              "flip_labels",
              Double.class,
              0.0,
              Group.LABELS,
              "Share of images whose label is exchanged")
          .range(0, 0.5);
  public static final Setting<Double> INSTANCE_NOISE =
      define(
              "instance_noise",
              Double.class,
              0.0,
              Group.LABELS,
              "Standard deviation of noise on all images D sees, falling to 0 until the rates fall")
          .range(0, 2);

  public static final Setting<Integer> REPLAY_SIZE =
      define(
              "replay_size",
              Integer.class,
              0,
              Group.REMEDIES,
              "Old fakes kept and shown to D again, 50 in the classic form (0: none)")
          .range(0, 10000);
  public static final Setting<Double> REPLAY_PROBABILITY =
      define(
              "replay_probability",
              Double.class,
              0.5,
              Group.REMEDIES,
              "How often a new fake changes places with an old one")
          .range(0, 1);

  public static final Setting<Integer> PACK =
      define(
              "pack",
              Integer.class,
              1,
              Group.ARCHITECTURE,
              "Images D judges together (PacGAN); it then sees when they resemble each other")
          .range(1, 8);
  public static final Setting<String> ARCHITECTURE =
      define("architecture", String.class, "light", Group.ARCHITECTURE, "The two networks' design")
          .choices(Architectures::names);
  public static final Setting<Integer> WIDTH =
      define(
              "width",
              Integer.class,
              null,
              Group.ARCHITECTURE,
              "Feature channels at full resolution (auto: the architecture's own)")
          .range(4, 512)
          .orAuto();
  public static final Setting<Integer> LATENT =
      define(
              "latent",
              Integer.class,
              null,
              Group.ARCHITECTURE,
              "Length of the latent vector (auto: the architecture's own)")
          .range(2, 4096)
          .orAuto();

  public static final Setting<Integer> BATCH =
      define("batch", Integer.class, 16, Group.SCHEDULE, "Images a step").range(4, 512);
  public static final Setting<Integer> D_STEPS =
      define(
              "d_steps",
              Integer.class,
              null,
              Group.SCHEDULE,
              "Discriminator steps a generator step (auto: the loss's own)")
          .range(1, 100)
          .orAuto();
  public static final Setting<Double> LEARNING_RATE_G =
      define("learning_rate_g", Double.class, 5e-4, Group.SCHEDULE, "Adam's rate, generator")
          .range(0, 1);
  public static final Setting<Double> LEARNING_RATE_D =
      define("learning_rate_d", Double.class, 5e-4, Group.SCHEDULE, "Adam's rate, discriminator")
          .range(0, 1);
  public static final Setting<Double> BETA1 =
      define("beta1", Double.class, 0.0, Group.SCHEDULE, "Adam's beta 1").range(0, 0.9999);
  public static final Setting<Double> BETA2 =
      define("beta2", Double.class, 0.99, Group.SCHEDULE, "Adam's beta 2").range(0, 0.999999);
  public static final Setting<Double> WEIGHT_DECAY =
      define(
              "weight_decay",
              Double.class,
              0.0,
              Group.SCHEDULE,
              "Weight decay of both networks, decoupled from Adam")
          .range(0, 10);
  public static final Setting<Double> ANNEAL_FROM =
      define(
              "anneal_from",
              Double.class,
              0.5,
              Group.SCHEDULE,
              "Share of the training after which the learning rates fall linearly (1: never)")
          .range(0, 1);
  public static final Setting<Double> ANNEAL_TO =
      define("anneal_to", Double.class, 0.02, Group.SCHEDULE, "Share of the rates left at the end")
          .range(0, 1);
  public static final Setting<Double> EMA_IMAGES =
      define(
              "ema_images",
              Double.class,
              10000.0,
              Group.SCHEDULE,
              "Half-life in images of the generator's running average (at most 5 % of those seen)")
          .range(0, 1e9);

  public static final Setting<String> DEVICE =
      define("device", String.class, "auto", Group.DEVICE, "What does the work")
          .choices(() -> List.of("auto", "cpu", "cuda"));

  private static final TrainSettings DEFAULTS = new TrainSettings(Map.of());
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /** Only what differs from the defaults; an entry may be {@code null} for auto. */
  private final Map<String, Object> values;

  private TrainSettings(Map<String, Object> values) {
    this.values = values;
  }

  private static <T> Setting<T> define(
      String key, Class<T> type, T defaultValue, Group group, String help) {
    Setting<T> setting = new Setting<>(key, type, defaultValue, group, help);
    ALL.put(key, setting);
    return setting;
  }

  private static List<String> labels(Enum<?>[] constants) {
    return Arrays.stream(constants)
        .map(c -> c.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.toList());
  }

  /** Every setting, in the order dialogs show them. */
  public static Collection<Setting<?>> all() {
    return Collections.unmodifiableCollection(ALL.values());
  }

  /**
   * The setting of that name.
   *
   * @throws InputException if there is none; it names the nearest
   */
  public static Setting<?> named(String key) {
    Setting<?> setting = ALL.get(key);
    if (setting != null) return setting;
    throw new InputException(
        String.format(
            "There is no setting '%s'; did you mean '%s'?", key, Nearest.to(key, ALL.keySet())));
  }

  public static TrainSettings defaults() {
    return DEFAULTS;
  }

  /** The value; {@code null} means auto. */
  @SuppressWarnings("unchecked")
  public <T> T get(Setting<T> setting) {
    return values.containsKey(setting.key())
        ? (T) values.get(setting.key())
        : setting.defaultValue();
  }

  /** Whether the value was given, be it the default's. */
  public boolean isSet(Setting<?> setting) {
    return values.containsKey(setting.key());
  }

  /** A copy with one value, checked as if it had been typed. */
  public <T> TrainSettings with(Setting<T> setting, T value) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.put(setting.key(), setting.parse(setting.format(value)));
    return new TrainSettings(copy);
  }

  /** A copy with one value as a user typed it. */
  public TrainSettings with(String key, String text) {
    Setting<?> setting = named(key);
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.put(key, setting.parse(text));
    return new TrainSettings(copy);
  }

  /** A copy in which whatever {@code other} sets overrides this. */
  public TrainSettings with(TrainSettings other) {
    Map<String, Object> copy = new LinkedHashMap<>(values);
    copy.putAll(other.values);
    return new TrainSettings(copy);
  }

  /** What does the sampling, scaling and augmenting of the real images. */
  public DatasetOptions datasetOptions() {
    return DatasetOptions.defaults()
        .withSize(get(SIZE))
        .withSampling(Sampling.fromLabel(get(SAMPLING)))
        .withPixelSize(get(PIXEL_SIZE))
        .withFit(Fit.fromLabel(get(FIT)))
        .withFlips(Choice.fromLabel(get(FLIPS)))
        .withTurns(Choice.fromLabel(get(TURNS)))
        .withIntensity(Intensity.fromLabel(get(INTENSITY)))
        .withSaturated(get(SATURATED))
        .withHeldOut(get(HELD_OUT))
        .withSeed(get(SEED));
  }

  /** All settings, defaults too, as JSON; auto as {@code "auto"}. */
  public String toJson() {
    return GSON.toJson(toJsonTree());
  }

  /** See {@link #toJson()}. */
  public JsonObject toJsonTree() {
    JsonObject json = new JsonObject();
    for (Setting<?> setting : ALL.values()) {
      Object value = get(setting);
      if (value == null) json.addProperty(setting.key(), Setting.AUTO);
      else if (value instanceof Number) json.addProperty(setting.key(), (Number) value);
      else if (value instanceof Boolean) json.addProperty(setting.key(), (Boolean) value);
      else json.addProperty(setting.key(), value.toString());
    }
    return json;
  }

  /**
   * Reads settings from JSON: an object of setting names and values; what is missing is default.
   *
   * @throws InputException for unknown names (naming the nearest) and impossible values
   */
  public static TrainSettings fromJson(JsonObject json) {
    TrainSettings settings = DEFAULTS;
    for (Map.Entry<String, JsonElement> entry : json.entrySet()) {
      named(entry.getKey());
      if (!entry.getValue().isJsonPrimitive()) {
        throw new InputException(
            String.format("The setting '%s' must be one value, not a list.", entry.getKey()));
      }
      settings = settings.with(entry.getKey(), entry.getValue().getAsString());
    }
    return settings;
  }

  /**
   * Reads a settings file.
   *
   * @throws InputException if it is not one
   */
  public static TrainSettings read(Path file) {
    try {
      String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
      return fromJson(JsonParser.parseString(text).getAsJsonObject());
    } catch (IOException e) {
      throw new InputException("The settings file " + file + " cannot be read.", e);
    } catch (JsonParseException | IllegalStateException e) {
      throw new InputException(
          "The settings file " + file + " is not a JSON object of settings and values.", e);
    }
  }

  /**
   * Reads settings typed as {@code key=value key=value …}.
   *
   * @throws InputException for anything else
   */
  public static TrainSettings parse(String text) {
    TrainSettings settings = DEFAULTS;
    for (String part : text.trim().split("[\\s,;]+")) {
      if (part.isEmpty()) continue;
      int equals = part.indexOf('=');
      if (equals < 1) {
        throw new InputException("'" + part + "' is not a setting; write it as key=value.");
      }
      settings = settings.with(part.substring(0, equals), part.substring(equals + 1));
    }
    return settings;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof TrainSettings && toJson().equals(((TrainSettings) other).toJson());
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }
}
