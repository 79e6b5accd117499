package org.lookalike.lab;

import java.util.List;
import org.lookalike.gan.PointNets;
import org.lookalike.image.InputException;
import org.lookalike.image.Nearest;
import org.lookalike.train.TrainSettings;

/** What is to be tried: networks for points and the settings of the game. */
public final class LabMethod {
  /** Networks to choose from. */
  public static final List<String> NETS = List.of("plain", "published");

  private final String name;
  private final PointNets nets;
  private final TrainSettings settings;

  private LabMethod(String name, PointNets nets, TrainSettings settings) {
    this.name = name;
    this.nets = nets;
    this.settings = settings;
  }

  /**
   * @param nets one of {@link #NETS}
   * @throws InputException if there are no such
   */
  public static LabMethod of(String name, String nets, TrainSettings settings) {
    if (!NETS.contains(nets)) {
      throw new InputException(
          String.format(
              "nets=%s is unknown; did you mean %s? Known are: %s.",
              nets, Nearest.to(nets, NETS), String.join(", ", NETS)));
    }
    boolean published = nets.equals("published");
    return new LabMethod(name, published ? PointNets.published() : PointNets.plain(), settings);
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
