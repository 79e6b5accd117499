package org.lookalike.image;

import java.util.SplittableRandom;

/** Where in an image a view lies, and how it is turned. Immutable. */
final class Pose {
  private final double across;
  private final double down;
  private final boolean flip;
  private final int turns;
  private final double angle;

  /**
   * @param across where the view lies, 0 left to 1 right
   * @param down where the view lies, 0 top to 1 bottom
   * @param flip whether it is mirrored
   * @param turns quarter turns
   * @param angle further turn in radians
   */
  private Pose(double across, double down, boolean flip, int turns, double angle) {
    this.across = across;
    this.down = down;
    this.flip = flip;
    this.turns = turns;
    this.angle = angle;
  }

  /** Neither mirrored nor turned. */
  static Pose upright(SplittableRandom random) {
    return new Pose(random.nextDouble(), random.nextDouble(), false, 0, 0);
  }

  /**
   * @param rotates whether any angle will do
   */
  static Pose random(SplittableRandom random, boolean flips, boolean turns, boolean rotates) {
    boolean flip = flips && random.nextInt(2) == 1;
    int quarters = turns ? random.nextInt(4) : 0;
    double across = random.nextDouble();
    double down = random.nextDouble();
    return new Pose(across, down, flip, quarters, rotates ? random.nextDouble() * 2 * Math.PI : 0);
  }

  double across() {
    return across;
  }

  double down() {
    return down;
  }

  boolean flip() {
    return flip;
  }

  int turns() {
    return turns;
  }

  double angle() {
    return angle;
  }
}
