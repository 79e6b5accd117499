package org.lookalike.image;

/** How to make training views of images. Immutable. */
public final class DatasetOptions implements Cloneable {
  private int size = 64;
  private Sampling sampling = Sampling.AUTO;
  private double pixelSize = 0;
  private Fit fit = Fit.CROP;
  private Choice flips = Choice.AUTO;
  private Choice turns = Choice.AUTO;
  private boolean rotations = false;
  private Intensity intensity = Intensity.AUTO;
  private double saturated = 0.1;
  private int inARow = 1;
  private double heldOut = 0;
  private long seed = 1;

  private DatasetOptions() {}

  public static DatasetOptions defaults() {
    return new DatasetOptions();
  }

  private DatasetOptions copy() {
    try {
      return (DatasetOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** Side of a view in pixels. */
  public int size() {
    return size;
  }

  public DatasetOptions withSize(int value) {
    DatasetOptions copy = copy();
    copy.size = value;
    return copy;
  }

  /** Whole images or patches. */
  public Sampling sampling() {
    return sampling;
  }

  public DatasetOptions withSampling(Sampling value) {
    DatasetOptions copy = copy();
    copy.sampling = value;
    return copy;
  }

  /** Pixel size patches are resampled to, in the image's unit; 0 leaves it. */
  public double pixelSize() {
    return pixelSize;
  }

  public DatasetOptions withPixelSize(double value) {
    DatasetOptions copy = copy();
    copy.pixelSize = value;
    return copy;
  }

  /** What to do with images that are not square. */
  public Fit fit() {
    return fit;
  }

  public DatasetOptions withFit(Fit value) {
    DatasetOptions copy = copy();
    copy.fit = value;
    return copy;
  }

  /** Whether to mirror at random. */
  public Choice flips() {
    return flips;
  }

  public DatasetOptions withFlips(Choice value) {
    DatasetOptions copy = copy();
    copy.flips = value;
    return copy;
  }

  /** Whether to turn by 90 degrees at random. */
  public Choice turns() {
    return turns;
  }

  public DatasetOptions withTurns(Choice value) {
    DatasetOptions copy = copy();
    copy.turns = value;
    return copy;
  }

  /** Random turns by any angle, of patches in training. */
  public boolean rotations() {
    return rotations;
  }

  public DatasetOptions withRotations(boolean value) {
    DatasetOptions copy = copy();
    copy.rotations = value;
    return copy;
  }

  /** How intensities are mapped. */
  public Intensity intensity() {
    return intensity;
  }

  public DatasetOptions withIntensity(Intensity value) {
    DatasetOptions copy = copy();
    copy.intensity = value;
    return copy;
  }

  /** Percent of pixels cut off at each end of the range. */
  public double saturated() {
    return saturated;
  }

  public DatasetOptions withSaturated(double value) {
    DatasetOptions copy = copy();
    copy.saturated = value;
    return copy;
  }

  /** Percent of the images never trained on. */
  public double heldOut() {
    return heldOut;
  }

  public DatasetOptions withHeldOut(double value) {
    DatasetOptions copy = copy();
    copy.heldOut = value;
    return copy;
  }

  /** Views in a row that are of one class; at least 1. */
  public int inARow() {
    return inARow;
  }

  public DatasetOptions withInARow(int value) {
    DatasetOptions copy = copy();
    copy.inARow = value;
    return copy;
  }

  /** Of the order, crops, flips and turns. */
  public long seed() {
    return seed;
  }

  public DatasetOptions withSeed(long value) {
    DatasetOptions copy = copy();
    copy.seed = value;
    return copy;
  }
}
