package org.lookalike.train;

/**
 * How learning rates and the average's decay follow the progress of a training. Rates fall from the
 * share {@code anneal_from} on, in a long training later, since what falls for long grows stripes
 * (measured; docs/recipe.md).
 */
final class Schedule {
  private static final double AVERAGE_SHARE = 0.05;

  private final double annealFrom;
  private final double annealTo;
  private final double annealImages;
  private final double averageImages;
  private final double pixelLossUntil;
  private final double penaltyTo;

  /** Where rates begin to fall. */
  private double start;

  Schedule(TrainSettings settings) {
    annealFrom = settings.get(TrainSettings.ANNEAL_FROM);
    annealTo = settings.get(TrainSettings.ANNEAL_TO);
    annealImages = settings.get(TrainSettings.ANNEAL_IMAGES);
    averageImages = settings.get(TrainSettings.EMA_IMAGES);
    penaltyTo = settings.get(TrainSettings.PENALTY_TO);
    pixelLossUntil = settings.get(TrainSettings.PIXEL_LOSS_UNTIL);
    start = annealFrom;
  }

  /**
   * Lets rates fall over no more images than they may.
   *
   * @param images that the training will have seen at its end, more than 0
   */
  void plan(double images) {
    beginAt(1 - annealImages / images);
  }

  /** Lets rates fall from that share of the training on, or where they do by the settings. */
  void beginAt(double fraction) {
    start = Math.max(annealFrom, fraction);
  }

  /** The share of the training after which rates fall. */
  double start() {
    return start;
  }

  /** Whether rates have left their constant value at {@code fraction} of the training. */
  boolean anneals(double fraction) {
    return start < 1 && fraction > start;
  }

  /** Factor on both learning rates. */
  double rate(double fraction) {
    if (!anneals(fraction)) return 1;
    double part = Math.min(1, (fraction - start) / (1 - start));
    return 1 + part * (annealTo - 1);
  }

  /** Factor on the instance noise: from 1 down to 0 where the rates begin to fall. */
  double noise(double fraction) {
    return start <= 0 ? 0 : Math.max(0, 1 - fraction / start);
  }

  /** Factor on R1 and R2: from 1 to its last value in equal ratios. */
  double penalty(double fraction) {
    return Math.pow(penaltyTo, Math.min(1, fraction));
  }

  /** Factor on the pixel loss: from 1 down to 0 over the first part of the training. */
  double pixelLoss(double fraction) {
    return pixelLossUntil <= 0 ? 0 : Math.max(0, 1 - fraction / pixelLossUntil);
  }

  /**
   * Share of the old average kept in a step of {@code batch} images; the half-life is {@code
   * ema_images}, but no more than 5 % of the images seen.
   */
  double averageDecay(long imagesSeen, int batch) {
    double halfLife = Math.min(averageImages, AVERAGE_SHARE * imagesSeen);
    return halfLife <= 0 ? 0 : Math.pow(0.5, batch / halfLife);
  }
}
