package org.lookalike.image.simulation;

/** A round cell, or a part of one, that is thickest in the middle or at the rim. */
final class Disc {
  /** Pixels, in the longer direction. */
  final double radius;

  /** Pixels over which the rim rises. */
  final double edge;

  /** The shorter radius in parts of the longer. */
  double oval = 1;

  private double pale;
  private double amount = 1;

  Disc(double radius, double edge) {
    this.radius = radius;
    this.edge = edge;
  }

  Disc oval(double newOval) {
    oval = newOval;
    return this;
  }

  /**
   * @param share that the middle lacks, from 0 to 1
   */
  Disc pale(double share) {
    pale = share;
    return this;
  }

  /**
   * @param newAmount of light or dye inside
   */
  Disc amount(double newAmount) {
    amount = newAmount;
    return this;
  }

  /**
   * How much of it is there.
   *
   * @param distance from the middle: 1 at the rim
   */
  double at(double distance) {
    double inside = 1 / (1 + Math.exp(-4 * (1 - distance) * oval * radius / edge));
    return amount * inside * (1 - pale * Math.exp(-4 * distance * distance));
  }
}
