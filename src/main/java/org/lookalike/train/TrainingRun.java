package org.lookalike.train;

import java.nio.file.Path;
import java.util.List;
import org.lookalike.image.ImageBuilder;

/** What listeners are told about a training when it starts. */
public final class TrainingRun {
  private final TrainSettings settings;
  private final Path folder;
  private final ImageBuilder images;
  private final String device;
  private final List<HistoryRow> history;

  TrainingRun(
      TrainSettings settings,
      Path folder,
      ImageBuilder images,
      String device,
      List<HistoryRow> history) {
    this.settings = settings;
    this.folder = folder;
    this.images = images;
    this.device = device;
    this.history = history;
  }

  /** All settings; of the networks and the game nothing is auto. */
  public TrainSettings settings() {
    return settings;
  }

  public Path folder() {
    return folder;
  }

  /** Turns network output into images like the training's own. */
  public ImageBuilder images() {
    return images;
  }

  /** What does the work and why, for the log. */
  public String device() {
    return device;
  }

  /** What was measured in earlier sessions of this training; empty for a new one. */
  public List<HistoryRow> history() {
    return history;
  }
}
