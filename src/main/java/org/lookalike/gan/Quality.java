package org.lookalike.gan;

/** How close, varied and new a generator's images are at one moment of its training. */
public final class Quality {
  private final double kid;
  private final double kidError;
  private final double kidFloor;
  private final double fid;
  private final double fidFloor;
  private final double diversity;
  private final double nearness;
  private final double copying;
  private final double[] position;

  /**
   * @param kid unbiased, against held-out reals
   * @param kidError its standard error
   * @param kidFloor what as many training images give, and twice the standard error
   * @param fid against held-out reals; biased upwards as {@code fidFloor} is
   * @param fidFloor what as many training images give
   * @param diversity mean distance of two fakes over that of two reals
   * @param nearness how likely a fake is nearer to a training image than another real image is
   * @param copying standard score of the same: far below 0 if fakes are nearer to training images
   *     than held-out reals are
   * @param position mean of the fakes in feature space, in units of the reals' spread
   */
  public Quality(
      double kid,
      double kidError,
      double kidFloor,
      double fid,
      double fidFloor,
      double diversity,
      double nearness,
      double copying,
      double[] position) {
    this.kid = kid;
    this.kidError = kidError;
    this.kidFloor = kidFloor;
    this.fid = fid;
    this.fidFloor = fidFloor;
    this.diversity = diversity;
    this.nearness = nearness;
    this.copying = copying;
    this.position = position.clone();
  }

  public double kid() {
    return kid;
  }

  public double kidError() {
    return kidError;
  }

  /** What real images would reach at most, being real. */
  public double kidFloor() {
    return kidFloor;
  }

  public double fid() {
    return fid;
  }

  public double fidFloor() {
    return fidFloor;
  }

  /** About 1 if fakes vary as reals do, 0 if all are the same. */
  public double diversity() {
    return diversity;
  }

  /**
   * How likely a fake is nearer to a training image than another real image is: 0.5 for new images
   * of the kind, 1 for copies.
   */
  public double nearness() {
    return nearness;
  }

  /** Standard score of {@link #nearness()}: far below 0 if it is above 0.5 by more than chance. */
  public double copying() {
    return copying;
  }

  /** Distance of the fakes' mean from another time's, in units of the reals' spread. */
  public double distanceTo(Quality other) {
    double squares = 0;
    for (int i = 0; i < position.length; i++) {
      squares += Math.pow(position[i] - other.position[i], 2);
    }
    return Math.sqrt(squares);
  }
}
