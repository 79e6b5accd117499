package org.lookalike.train;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.lookalike.gan.Archive;
import org.lookalike.gan.Gan;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Everything that changes in a training, at one moment: both networks, the average, both optimisers
 * and the counters. Data order and latents follow from the counters. Restoring it restores the
 * training bit for bit.
 */
final class TrainerState {
  /** Counters; Gson writes and reads them by name. */
  static final class Counters {
    long images;
    double seconds;
    long dSteps;
    long latentsDrawn;
    int adamStepsG;
    int adamStepsD;
    int replayed;

    /** Whether somebody had the training finished early. */
    boolean finishing;

    /** See {@link AugmentationControl}. */
    double augmentation;

    double augmentationSigns;
    Referee.Memory referee = new Referee.Memory();
    int augmentationSteps;

    /** {@code null} in older files too. */
    Double augmentationChangedAt;

    /**
     * See {@link BestModel}; {@code null} where no model was judged, or by versions that judged in
     * the scale of the networks, whose figures do not compare.
     */
    Double bestKidAsSaved;

    Double bestKidAsSavedError;
    long bestImages;
  }

  final Counters counters;
  private final Map<String, float[]> arrays;

  private TrainerState(Counters counters, Map<String, float[]> arrays) {
    this.counters = counters;
    this.arrays = arrays;
  }

  /** The networks' weights, by name. */
  private static Map<String, INDArray> networks(Gan gan) {
    Map<String, INDArray> networks = new LinkedHashMap<>();
    networks.put("generator", gan.generator().parameters());
    networks.put("discriminator", gan.discriminator().parameters());
    networks.put("average", gan.average().parameters());
    return networks;
  }

  /** The vectors that make up a game's state, by name. */
  private static Map<String, INDArray> vectors(Game game) {
    Map<String, INDArray> vectors = networks(game.gan());
    if (game.replay != null) vectors.put("replay", game.replay.store());
    return vectors;
  }

  /** The optimisers' vectors, by name. */
  private static Map<String, float[]> moments(Game game) {
    Map<String, float[]> moments = new LinkedHashMap<>();
    moments.put("generator-adam-first", game.adamG.first());
    moments.put("generator-adam-second", game.adamG.second());
    moments.put("discriminator-adam-first", game.adamD.first());
    moments.put("discriminator-adam-second", game.adamD.second());
    return moments;
  }

  static TrainerState capture(Game game, long images, double seconds) {
    Counters counters = new Counters();
    counters.images = images;
    counters.seconds = seconds;
    counters.dSteps = game.dSteps;
    counters.latentsDrawn = game.latentsDrawn;
    counters.adamStepsG = game.adamG.steps();
    counters.adamStepsD = game.adamD.steps();
    if (game.replay != null) counters.replayed = game.replay.count;
    counters.augmentation = game.augmentation.probability;
    counters.augmentationSigns = game.augmentation.signs;
    counters.augmentationSteps = game.augmentation.steps;
    counters.augmentationChangedAt = game.augmentation.changedAt;
    Map<String, float[]> arrays = new LinkedHashMap<>();
    vectors(game).forEach((name, vector) -> arrays.put(name, vector.toFloatVector()));
    moments(game).forEach((name, vector) -> arrays.put(name, vector.clone()));
    return new TrainerState(counters, arrays);
  }

  void restore(Game game) {
    game.dSteps = counters.dSteps;
    game.latentsDrawn = counters.latentsDrawn;
    game.adamG.setSteps(counters.adamStepsG);
    game.adamD.setSteps(counters.adamStepsD);
    if (game.replay != null) game.replay.count = counters.replayed;
    game.augmentation.probability = counters.augmentation;
    game.augmentation.signs = counters.augmentationSigns;
    game.augmentation.steps = counters.augmentationSteps;
    game.augmentation.changedAt = counters.augmentationChangedAt;
    vectors(game).forEach((name, vector) -> vector.assign(Nd4j.createFromArray(arrays.get(name))));
    moments(game)
        .forEach((name, vector) -> System.arraycopy(arrays.get(name), 0, vector, 0, vector.length));
    networksChanged(game.gan());
  }

  private static void networksChanged(Gan gan) {
    gan.generator().parametersChanged();
    gan.discriminator().parametersChanged();
    gan.average().parametersChanged();
  }

  /** Whether the weights hold neither NaN nor infinity. */
  boolean isFinite() {
    for (float[] array : arrays.values()) {
      for (float value : array) if (!Float.isFinite(value)) return false;
    }
    return true;
  }

  void write(Archive.Writer writer, String prefix) throws IOException {
    for (Map.Entry<String, float[]> entry : arrays.entrySet()) {
      writer.floats(prefix + entry.getKey() + ".f32", entry.getValue());
    }
  }

  /** Gives networks the weights of a state that was written. */
  static void readNetworks(Archive.Reader reader, String prefix, Gan gan) {
    networks(gan)
        .forEach(
            (name, vector) ->
                vector.assign(Nd4j.createFromArray(read(reader, prefix, name, vector))));
    networksChanged(gan);
  }

  private static float[] read(Archive.Reader reader, String prefix, String name, INDArray like) {
    return reader.floats(prefix + name + ".f32", like.length());
  }

  static TrainerState read(Archive.Reader reader, String prefix, Counters counters, Game game) {
    Map<String, float[]> arrays = new LinkedHashMap<>();
    vectors(game).forEach((name, vector) -> arrays.put(name, read(reader, prefix, name, vector)));
    moments(game)
        .forEach(
            (name, vector) ->
                arrays.put(name, reader.floats(prefix + name + ".f32", vector.length)));
    return new TrainerState(counters, arrays);
  }
}
