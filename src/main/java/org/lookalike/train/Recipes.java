package org.lookalike.train;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.lookalike.image.InputException;
import org.lookalike.image.Nearest;

/** Named settings, kept as files in the jar. */
public final class Recipes {
  private static final List<String> NAMES =
      List.of(
          "light",
          "dcgan-classic",
          "lsgan",
          "wgan",
          "wgan-gp",
          "sngan",
          "sagan",
          "dragan",
          "pacgan2",
          "unrolled",
          "mgan",
          "conditional",
          "r3gan-like");

  private Recipes() {}

  public static List<String> names() {
    return NAMES;
  }

  /**
   * @throws InputException if there is none of that name; it names the nearest
   */
  public static TrainSettings get(String name) {
    if (!NAMES.contains(name)) {
      throw new InputException(
          String.format(
              "There is no recipe '%s'; did you mean '%s'?", name, Nearest.to(name, NAMES)));
    }
    try (InputStream in = Recipes.class.getResourceAsStream("/recipes/" + name + ".json");
        InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      return TrainSettings.fromJson(JsonParser.parseReader(reader).getAsJsonObject());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
