package org.lookalike.image;

/**
 * Patches at any angle, interpolated by Lanczos's kernel of three lobes, which keeps fine texture
 * where linear interpolation would blur it. They lie wholly inside their image.
 */
final class RotatedPatch {
  private static final int LOBES = 3;

  /** Entries of the kernel's table for each pixel. */
  private static final int FINENESS = 256;

  private static final float[] KERNEL = kernel();

  private final float[] columnWeights = new float[2 * LOBES];
  private final float[] rowWeights = new float[2 * LOBES];
  private final ChannelImage image;
  private final int side;

  private RotatedPatch(ChannelImage image, int side) {
    this.image = image;
    this.side = side;
  }

  private static float[] kernel() {
    float[] table = new float[LOBES * FINENESS + 2];
    for (int i = 0; i < LOBES * FINENESS; i++) {
      double x = Math.PI * i / FINENESS;
      table[i] = (float) (i == 0 ? 1 : LOBES * Math.sin(x) * Math.sin(x / LOBES) / (x * x));
    }
    return table;
  }

  /** Whether there is something to turn, and patches at that angle find room. */
  static boolean fits(ChannelImage image, int side, double angle) {
    return angle != 0 && 2 * reach(side, angle) <= Math.min(image.width(), image.height());
  }

  /** From a patch's centre to the farthest column or row it needs. */
  private static double reach(int side, double angle) {
    return side / 2.0 * (Math.abs(Math.cos(angle)) + Math.abs(Math.sin(angle)));
  }

  /** The patch at the pose's place and angle, neither mirrored nor in quarter turns. */
  static ChannelImage of(ChannelImage image, int side, Pose pose) {
    float[] values = new float[image.channels() * side * side];
    new RotatedPatch(image, side).write(pose, values);
    return new ChannelImage(image.channels(), side, side, values);
  }

  private void write(Pose pose, float[] out) {
    double reach = reach(side, pose.angle());
    double cx = reach + pose.across() * (image.width() - 2 * reach);
    double cy = reach + pose.down() * (image.height() - 2 * reach);
    double cos = Math.cos(pose.angle());
    double sin = Math.sin(pose.angle());
    int at = 0;
    for (int y = 0; y < side; y++) {
      double dy = y + 0.5 - side / 2.0;
      for (int x = 0; x < side; x++) {
        double dx = x + 0.5 - side / 2.0;
        pixel(cx + cos * dx - sin * dy - 0.5, cy + sin * dx + cos * dy - 0.5, out, at++);
      }
    }
  }

  /** One pixel of all channels; coordinates are those of pixels' centres. */
  private void pixel(double x, double y, float[] out, int at) {
    int left = weigh(x, columnWeights);
    int top = weigh(y, rowWeights);
    int w = image.width();
    int h = image.height();
    float[] values = image.values();
    for (int c = 0; c < image.channels(); c++) {
      double sum = 0;
      for (int j = 0; j < 2 * LOBES; j++) {
        int row = (c * h + Math.max(0, Math.min(h - 1, top + j))) * w;
        double line = 0;
        for (int i = 0; i < 2 * LOBES; i++) {
          line += columnWeights[i] * values[row + Math.max(0, Math.min(w - 1, left + i))];
        }
        sum += rowWeights[j] * line;
      }
      out[at + c * side * side] = (float) Math.max(-1, Math.min(1, sum));
    }
  }

  /** Fills in the weights of the pixels around; returns the first of them. */
  private static int weigh(double at, float[] weights) {
    int first = (int) Math.floor(at) - LOBES + 1;
    double sum = 0;
    for (int i = 0; i < 2 * LOBES; i++) {
      weights[i] = KERNEL[(int) Math.round(Math.abs(at - first - i) * FINENESS)];
      sum += weights[i];
    }
    for (int i = 0; i < 2 * LOBES; i++) weights[i] /= (float) sum;
    return first;
  }
}
