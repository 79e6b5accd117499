package org.lookalike.train;

import org.lookalike.gan.Quality;

/**
 * Which model of a training is kept: the latest whose KID against held-out reals is that of real
 * images, or not worse than the best so far by more than the noise of the two. So a lucky early
 * measurement does not win, and a model that has begun to get worse is not taken. Below what real
 * images give, smaller figures mean nothing: there the annealed end of a training is better than an
 * earlier model in features that see more (measured; docs/recipe.md).
 */
final class BestModel {
  /** Standard errors of the difference that count as noise. */
  private static final double NOISE = 1;

  private double kid = Double.NaN;
  private double error;
  private long images;

  /** Whether a model of that quality takes the place of the one kept; if so it is remembered. */
  boolean takes(Quality quality, long atImages) {
    double noise = NOISE * Math.hypot(quality.kidError(), error);
    double enough = Math.max(kid + noise, quality.kidFloor());
    if (!Double.isNaN(kid) && quality.kid() > enough) return false;
    images = atImages;
    if (Double.isNaN(kid) || quality.kid() < kid) {
      kid = quality.kid();
      error = quality.kidError();
    }
    return true;
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
