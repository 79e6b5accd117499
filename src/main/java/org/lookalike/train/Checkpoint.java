package org.lookalike.train;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Path;
import org.lookalike.gan.Archive;
import org.lookalike.gan.Gan;
import org.lookalike.gan.GanModel;
import org.lookalike.gan.NetworkShape;
import org.lookalike.image.DatasetInfo;
import org.lookalike.image.InputException;

/**
 * The file a training is resumed from. Beside the latest state it may hold the last one at full
 * learning rate: a training that is given more time goes on from there, exactly as if it had been
 * given that time from the start.
 */
final class Checkpoint {
  private static final String DESCRIPTION = "lookalike.json";
  private static final String LATEST = "latest/";
  private static final String FULL_RATE = "full-rate/";
  private static final long LARGEST_JSON = 16 << 20;
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().create();

  /** What the file says in words; names are the file's. */
  static final class Description {
    int format = GanModel.FORMAT;
    NetworkShape network;
    DatasetInfo dataset;
    JsonObject settings;
    TrainerState.Counters latest;
    TrainerState.Counters fullRate;
  }

  private Checkpoint() {}

  static void write(
      Path file,
      NetworkShape network,
      DatasetInfo dataset,
      TrainSettings settings,
      TrainerState latest,
      TrainerState fullRate)
      throws IOException {
    Description description = new Description();
    description.network = network;
    description.dataset = dataset;
    description.settings = settings.toJsonTree();
    description.latest = latest.counters;
    description.fullRate = fullRate == null ? null : fullRate.counters;
    Archive.write(
        file,
        writer -> {
          writer.text(DESCRIPTION, GSON.toJson(description));
          latest.write(writer, LATEST);
          if (fullRate != null) fullRate.write(writer, FULL_RATE);
        });
  }

  static Archive.Reader open(Path file) {
    return new Archive.Reader(file, "checkpoint");
  }

  static Description describe(Archive.Reader reader) {
    try {
      JsonObject json =
          JsonParser.parseString(reader.text(DESCRIPTION, LARGEST_JSON)).getAsJsonObject();
      if (json.get("format").getAsInt() > GanModel.FORMAT) {
        throw new InputException(
            "The checkpoint was written by a newer Lookalike; update Lookalike to use it.");
      }
      Description description = GSON.fromJson(json, Description.class);
      if (description.network == null || description.latest == null) throw reader.broken(null);
      return description;
    } catch (JsonParseException | IllegalStateException | NullPointerException e) {
      throw reader.broken(e);
    }
  }

  /** Gives networks of that shape the latest weights. */
  static void readNetworks(Archive.Reader reader, Gan gan) {
    TrainerState.readNetworks(reader, LATEST, gan);
  }

  static TrainerState latest(Archive.Reader reader, Description description, Game game) {
    return TrainerState.read(reader, LATEST, description.latest, game);
  }

  /** {@code null} if rates had not begun to fall. */
  static TrainerState fullRate(Archive.Reader reader, Description description, Game game) {
    return description.fullRate == null
        ? null
        : TrainerState.read(reader, FULL_RATE, description.fullRate, game);
  }
}
