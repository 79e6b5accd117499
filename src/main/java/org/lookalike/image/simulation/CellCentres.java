package org.lookalike.image.simulation;

import java.util.Random;

/** Centres of cells that fill a field, one near each point of a grid, some beyond the border. */
final class CellCentres {
  /** The two nearest to a pixel are never further than that many points of the grid away. */
  private static final int NEIGHBOURS = 2;

  private final double apart;
  private final int across;
  private final double[][] centres;
  private final double[] brightness;
  private double nearest;
  private double second;
  private int cell;

  /**
   * @param side of the field in pixels
   * @param apart pixels from cell to cell on average
   */
  CellCentres(int side, double apart, Random random) {
    this.apart = apart;
    this.across = (int) Math.ceil(side / apart) + 2;
    this.centres = new double[across * across][];
    this.brightness = new double[across * across];
    for (int i = 0; i < centres.length; i++) {
      double x = (i % across - 0.5 + 0.8 * random.nextDouble()) * apart;
      double y = (i / across - 0.5 + 0.8 * random.nextDouble()) * apart;
      centres[i] = new double[] {x, y};
      brightness[i] = Math.exp(0.4 * random.nextGaussian());
    }
  }

  /** Turns to the cell whose centre is nearest to a pixel. */
  void look(int x, int y) {
    nearest = Double.MAX_VALUE;
    second = Double.MAX_VALUE;
    int column = (int) Math.round(x / apart);
    int row = (int) Math.round(y / apart);
    int lastColumn = Math.min(across - 1, column + NEIGHBOURS);
    int lastRow = Math.min(across - 1, row + NEIGHBOURS);
    for (int j = Math.max(0, row - NEIGHBOURS); j <= lastRow; j++) {
      for (int i = Math.max(0, column - NEIGHBOURS); i <= lastColumn; i++) {
        add(j * across + i, x, y);
      }
    }
  }

  private void add(int candidate, int x, int y) {
    double[] centre = centres[candidate];
    double distance = Math.hypot(centre[0] - x, centre[1] - y);
    if (distance < nearest) {
      second = nearest;
      nearest = distance;
      cell = candidate;
    } else if (distance < second) {
      second = distance;
    }
  }

  /** Pixels to that cell's centre. */
  double toCentre() {
    return nearest;
  }

  /** Pixels to where the next cell begins, about. */
  double toEdge() {
    return (second - nearest) / 2;
  }

  /** How bright that cell is; 1 on average, about. */
  double brightness() {
    return brightness[cell];
  }
}
