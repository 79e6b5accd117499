package org.lookalike.lab;

import org.lookalike.train.HistoryRow;
import org.lookalike.train.TrainSettings;

/**
 * What a picture of a run shows, at one step. Immutable and small (about 80 kB), so that a film can
 * be kept as these and be drawn when it is wanted.
 */
public final class LabSnapshot {
  /** Points a side at which D is asked, for its heat map. */
  static final int GRID = 48;

  /** Arrows a side. */
  static final int ARROWS = 16;

  /** Points at which D is asked on the line. */
  static final int LINE = 401;

  /** Reals that are drawn. */
  private static final int REALS = 500;

  private final Mixture mixture;
  private final int step;
  private final int planned;
  private final String loss;
  private final float[] samples;
  private final float[] reals;
  private final Coverage coverage;
  private final double[] logits;
  private final float[] slopes;
  private final LogitScale scale;
  private final double accuracy;

  private LabSnapshot(LabRun run, double accuracy) {
    this.accuracy = accuracy;
    mixture = run.mixture();
    step = run.steps();
    planned = run.planned();
    loss = run.settings().get(TrainSettings.LOSS);
    samples = run.samples(LabRun.JUDGED);
    reals = run.reals(REALS);
    coverage = Coverage.of(mixture, samples);
    boolean plane = mixture.dimensions() == 2;
    logits = run.discriminator(plane ? plane(GRID) : line(), null);
    slopes = new float[plane ? 2 * ARROWS * ARROWS : 0];
    if (plane) run.discriminator(plane(ARROWS), slopes);
    scale = LogitScale.of(loss, logits);
  }

  /**
   * Asks the networks; on the thread that trains them.
   *
   * @param row what the game measured lately; {@code null} for nothing
   */
  public static LabSnapshot of(LabRun run, HistoryRow row) {
    return new LabSnapshot(run, row == null ? Double.NaN : row.dAccuracy);
  }

  private float[] line() {
    float[] points = new float[LINE];
    for (int i = 0; i < LINE; i++) points[i] = (float) place(i, LINE);
    return points;
  }

  /** Row by row, the lowest first. */
  private float[] plane(int side) {
    float[] points = new float[2 * side * side];
    for (int i = 0; i < side * side; i++) {
      points[2 * i] = (float) cell(i % side, side);
      points[2 * i + 1] = (float) cell(i / side, side);
    }
    return points;
  }

  /** Coordinate of the i-th of n points from one end to the other. */
  double place(int i, int n) {
    return mixture.extent() * (2.0 * i / (n - 1) - 1);
  }

  /** Coordinate of the middle of the i-th of n cells from one end to the other. */
  double cell(int i, int n) {
    return mixture.extent() * ((2.0 * i + 1) / n - 1);
  }

  public Mixture mixture() {
    return mixture;
  }

  /** Steps of the generator so far. */
  public int step() {
    return step;
  }

  /** Steps of the generator that were planned. */
  public int planned() {
    return planned;
  }

  /** Name of the game's loss at that step. */
  public String loss() {
    return loss;
  }

  public Coverage coverage() {
    return coverage;
  }

  /** Share of points that D takes for what they are, 0 to 1; NaN where nothing was played. */
  public double accuracy() {
    return accuracy;
  }

  /** {@code [2500, dimensions]}. */
  float[] samples() {
    return samples;
  }

  /** {@code [n, dimensions]}. */
  float[] reals() {
    return reals;
  }

  /** D's trust at a point of the heat map or the line, from 0 (synthetic) to 1 (real). */
  double trust(int i) {
    return scale.trust(logits[i]);
  }

  LogitScale scale() {
    return scale;
  }

  /** D's slope at the i-th arrow, towards what it takes for more real. */
  double slopeX(int i) {
    return slopes[2 * i];
  }

  /** See {@link #slopeX}. */
  double slopeY(int i) {
    return slopes[2 * i + 1];
  }
}
