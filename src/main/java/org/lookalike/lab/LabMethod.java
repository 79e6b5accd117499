package org.lookalike.lab;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.lookalike.gan.PointNets;
import org.lookalike.image.InputException;
import org.lookalike.image.Nearest;
import org.lookalike.train.TrainSettings;

/** What is to be tried: networks for points and the settings of the game. */
public final class LabMethod {
  /** Networks to choose from. */
  public static final List<String> NETS = List.of("plain", "published");

  private static final String STANDARDISE = "standardise";

  private static final List<String> NAMES =
      List.of("plain-gan", "gan", "hopping", "lookalike", "published-gan", "published-pacgan2");

  private final String name;
  private final PointNets nets;
  private final boolean standardises;
  private final TrainSettings settings;

  private LabMethod(String name, PointNets nets, boolean standardises, TrainSettings settings) {
    this.name = name;
    this.nets = nets;
    this.standardises = standardises;
    this.settings = settings;
  }

  /**
   * @param nets one of {@link #NETS}
   * @throws InputException if there are no such
   */
  public static LabMethod of(String name, String nets, TrainSettings settings) {
    return new LabMethod(name, netsNamed(nets), false, settings);
  }

  /**
   * The methods that are kept as files in the jar: {@code plain-gan}, whose collapse and cure can
   * be watched within a minute; {@code gan}, small published nets that collapse in a minute; {@code
   * hopping}, whose generator jumps from mode to mode of the line; {@code lookalike}, what works
   * best; {@code published-gan} and {@code published-pacgan2}, as in Lin et al. 2018.
   */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * @throws InputException if there is none of that name; it names the nearest
   */
  public static LabMethod named(String name) {
    known("method", name, NAMES);
    try (InputStream in = LabMethod.class.getResourceAsStream("/lab/" + name + ".json");
        InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      JsonObject json = JsonParser.parseReader(reader).getAsJsonObject();
      TrainSettings settings = TrainSettings.fromJson(json.getAsJsonObject("settings"));
      boolean standardises = json.has(STANDARDISE) && json.get(STANDARDISE).getAsBoolean();
      return new LabMethod(name, netsNamed(json.get("nets").getAsString()), standardises, settings);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String known(String key, String value, List<String> all) {
    if (all.contains(value)) return value;
    throw new InputException(
        String.format(
            "%s=%s is unknown; did you mean %s? Known are: %s.",
            key, value, Nearest.to(value, all), String.join(", ", all)));
  }

  /** The same networks and settings but for those that {@code changes} sets, under another name. */
  public LabMethod with(String newName, TrainSettings changes) {
    return new LabMethod(newName, nets, standardises, settings.with(changes));
  }

  /** The same settings for other networks, one of {@link #NETS}. */
  public LabMethod withNets(String newNets) {
    return new LabMethod(name, netsNamed(newNets), standardises, settings);
  }

  /**
   * Whether points are scaled to a variance of 1 for the networks, as images are scaled to [-1, 1];
   * undone in the samples.
   */
  boolean standardises() {
    return standardises;
  }

  private static PointNets netsNamed(String name) {
    boolean published = known("nets", name, NETS).equals("published");
    return published ? PointNets.published() : PointNets.plain();
  }

  public String name() {
    return name;
  }

  public PointNets nets() {
    return nets;
  }

  public TrainSettings settings() {
    return settings;
  }
}
