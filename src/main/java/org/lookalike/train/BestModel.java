package org.lookalike.train;

import org.lookalike.gan.Quality;

/**
 * Which model of a training is kept: the latest whose KID against held-out reals is not much worse
 * than the best so far or than that of real images. So a lucky early measurement does not win, and
 * a model that has clearly begun to get worse is not taken. Smaller differences mean little, since
 * the features are our own and there are few reals: the annealed end of a training was better than
 * an earlier model of half its KID in features that see more, and to the eye (measured;
 * docs/recipe.md).
 */
final class BestModel {
  /** So many times the lowest KID, or that of real images, is clearly worse. */
  private static final double CLEARLY = 2.5;

  private double kid = Double.NaN;
  private double error;
  private long images;

  /** Whether a model of that quality is to take the place of the one kept. */
  boolean wants(Quality quality) {
    double noise = Math.hypot(quality.kidError(), error);
    double enough = CLEARLY * Math.max(kid, quality.kidFloor()) + noise;
    return Double.isNaN(kid) || !(quality.kid() > enough);
  }

  /** Remembers a model that was kept. */
  void kept(Quality quality, long atImages) {
    images = atImages;
    if (Double.isNaN(kid) || quality.kid() < kid) {
      kid = quality.kid();
      error = quality.kidError();
    }
  }

  /** Goes on from an earlier session. */
  void restore(double earlierKid, double earlierError, long atImages) {
    kid = earlierKid;
    error = earlierError;
    images = atImages;
  }

  /** The lowest KID so far; NaN before there is one. */
  double kid() {
    return kid;
  }

  /** Its standard error. */
  double error() {
    return error;
  }

  /** Real images seen by the model kept. */
  long images() {
    return images;
  }
}
