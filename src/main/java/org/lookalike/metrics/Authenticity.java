package org.lookalike.metrics;

import org.lookalike.image.InputException;

/**
 * Authenticity (Alaa et al. 2022): share of synthetics farther from their nearest training image
 * than that image is from its own nearest neighbour. 0 if all are copies; about a half for new
 * images of the same kind.
 */
public final class Authenticity {
  private Authenticity() {}

  /**
   * @return in [0, 1]
   * @throws InputException if there are fewer than two training images, no synthetics, or the
   *     dimensions differ
   */
  public static double of(FeatureSet training, FeatureSet synthetics) {
    Require.rows(training, 2, "Authenticity");
    Require.rows(synthetics, 1, "Authenticity");
    NearestNeighbours among = NearestNeighbours.within(training, 1);
    NearestNeighbours to = NearestNeighbours.of(synthetics, training, 1);
    int authentic = 0;
    for (int i = 0; i < synthetics.rows(); i++) {
      int nearest = to.neighbour(i, 0);
      if (to.squaredDistance(i, 0) > among.squaredDistance(nearest, 0)) authentic++;
    }
    return authentic / (double) synthetics.rows();
  }
}
