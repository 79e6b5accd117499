package org.lookalike.image;

/**
 * How wide the structures in pictures are. Means over blocks keep the pictures' variance as long as
 * blocks are small beside the structures, and lose it beyond.
 */
final class StructureWidth {
  /** Blocks of 2 to 2^9 pixels. */
  private static final int LEVELS = 9;

  /** Fewer blocks a side say little. */
  private static final int FEWEST = 4;

  /** Share of the variance that blocks as wide as a disc leave of a field of discs. */
  private static final double LEFT = 0.4;

  /** Of pictures with so large blocks: the variance of blocks of 2, which hold little noise. */
  private final double[] fine = new double[LEVELS];

  private final double[] left = new double[LEVELS];

  /** Takes note of a picture without what is no number. */
  void add(ChannelImage image) {
    int w = image.width();
    int h = image.height();
    double[] plane = {};
    double first = 0;
    for (int level = 0; level < LEVELS && Math.min(w, h) >= 2 * FEWEST; level++) {
      plane = level == 0 ? halved(image) : halved(plane, w, h);
      w /= 2;
      h /= 2;
      double variance = variance(plane);
      if (level == 0) first = variance;
      fine[level] += first;
      left[level] += variance;
    }
  }

  /** Means of blocks of 2, summed over channels; large pictures are not copied whole. */
  private static double[] halved(ChannelImage image) {
    int w = image.width();
    float[] values = image.values();
    double[] half = new double[(w / 2) * (image.height() / 2)];
    for (int c = 0; c < image.channels(); c++) {
      int plane = c * image.height() * w;
      for (int i = 0; i < half.length; i++) {
        int at = plane + 2 * (i / (w / 2)) * w + 2 * (i % (w / 2));
        half[i] += (values[at] + values[at + 1] + values[at + w] + values[at + w + 1]) / 4.0;
      }
    }
    return half;
  }

  private static double[] halved(double[] plane, int w, int h) {
    double[] half = new double[(w / 2) * (h / 2)];
    for (int y = 0; y < h / 2; y++) {
      for (int x = 0; x < w / 2; x++) {
        int at = 2 * y * w + 2 * x;
        double sum = plane[at] + plane[at + 1] + plane[at + w] + plane[at + w + 1];
        half[y * (w / 2) + x] = sum / 4;
      }
    }
    return half;
  }

  private static double variance(double[] values) {
    double mean = 0;
    for (double v : values) mean += v / values.length;
    double sum = 0;
    for (double v : values) sum += (v - mean) * (v - mean);
    return sum / values.length;
  }

  /** In pixels; the widest that could be seen in these pictures if they are wider. */
  double pixels() {
    double before = 1;
    for (int level = 0; level < LEVELS; level++) {
      if (fine[level] == 0) return Math.pow(2, level);
      double share = left[level] / fine[level];
      if (share < LEFT) return Math.pow(2, level + (before - LEFT) / (before - share));
      before = share;
    }
    return Math.pow(2, LEVELS);
  }
}
