package org.lookalike.metrics;

/**
 * Where images lie in feature space: on the first two principal components of the reals, and how
 * far from the nearest training image.
 */
public final class FeatureMap {
  private static final int MOST = 1000;
  private static final long SEED = 1;

  private final double[][] reals;
  private final double[][] synthetics;
  private final double[] realDistances;
  private final double[] syntheticDistances;
  private final boolean toTraining;

  /**
   * @param training {@code null} if unknown; then distances are to the reals
   */
  FeatureMap(FeatureSet reals, FeatureSet synthetics, FeatureSet training) {
    PrincipalComponents components = PrincipalComponents.fit(reals, 2);
    this.reals = points(components, reals);
    this.synthetics = points(components, synthetics);
    toTraining = training != null;
    FeatureSet known = toTraining ? training : reals;
    NearestNeighbours ofReals =
        toTraining ? NearestNeighbours.of(reals, known, 1) : NearestNeighbours.within(reals, 1);
    realDistances = ofReals.nearestDistances();
    syntheticDistances = NearestNeighbours.of(synthetics, known, 1).nearestDistances();
  }

  private static double[][] points(PrincipalComponents components, FeatureSet set) {
    FeatureSet some = set.random(Math.min(MOST, set.rows()), SEED);
    FeatureSet projected = components.project(some);
    double[][] points = new double[2][projected.rows()];
    for (int i = 0; i < projected.rows(); i++) {
      points[0][i] = projected.value(i, 0);
      points[1][i] = projected.dimensions() > 1 ? projected.value(i, 1) : 0;
    }
    return points;
  }

  /** {@code [2][n]}: the two components, of at most 1000 images. */
  public double[][] reals() {
    return reals;
  }

  /** {@code [2][n]}. */
  public double[][] synthetics() {
    return synthetics;
  }

  /** Of real images to the nearest training image; to the nearest other real one if unknown. */
  public double[] realDistances() {
    return realDistances;
  }

  /** Of synthetic images to the nearest training, or real, image. */
  public double[] syntheticDistances() {
    return syntheticDistances;
  }

  /** Whether distances are to training images. */
  public boolean isToTraining() {
    return toTraining;
  }
}
