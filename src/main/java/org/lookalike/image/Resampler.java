package org.lookalike.image;

/** Resizes a rectangle of a picture: area averaging where it shrinks, bilinear where it grows. */
public final class Resampler {
  private Resampler() {}

  /** The rectangle at {@code (x, y)}, {@code w} by {@code h}, as a picture of the given size. */
  public static ChannelImage resize(
      ChannelImage image, double x, double y, double w, double h, int newWidth, int newHeight) {
    float[] across = new float[image.channels() * image.height() * newWidth];
    float[] result = new float[image.channels() * newHeight * newWidth];
    double[][] columns = weights(x, w, image.width(), newWidth);
    double[][] rows = weights(y, h, image.height(), newHeight);
    for (int line = 0; line < image.channels() * image.height(); line++) {
      for (int i = 0; i < newWidth; i++) {
        double[] t = columns[i];
        double sum = 0;
        int from = line * image.width() + (int) t[0];
        for (int k = 1; k < t.length; k++) sum += t[k] * image.values()[from + k - 1];
        across[line * newWidth + i] = (float) sum;
      }
    }
    for (int c = 0; c < image.channels(); c++) {
      for (int j = 0; j < newHeight; j++) {
        double[] t = rows[j];
        for (int i = 0; i < newWidth; i++) {
          double sum = 0;
          int from = (c * image.height() + (int) t[0]) * newWidth + i;
          for (int k = 1; k < t.length; k++) sum += t[k] * across[from + (k - 1) * newWidth];
          result[(c * newHeight + j) * newWidth + i] = (float) sum;
        }
      }
    }
    return new ChannelImage(image.channels(), newHeight, newWidth, result);
  }

  /** For each new pixel: the first old one, then the weights from there. */
  private static double[][] weights(double start, double length, int old, int fresh) {
    double step = length / fresh;
    double[][] all = new double[fresh][];
    for (int i = 0; i < fresh; i++) {
      double centre = start + (i + 0.5) * step;
      // A box as wide as a new pixel, or a triangle of two old ones.
      double reach = Math.max(step / 2, 1);
      boolean box = step > 1;
      int first = Math.max(0, (int) Math.floor(centre - reach));
      int last = Math.min(old - 1, (int) Math.ceil(centre + reach) - 1);
      double[] t = new double[last - first + 2];
      t[0] = first;
      double sum = 0;
      for (int k = first; k <= last; k++) {
        double weight =
            box
                ? Math.min(k + 1, centre + reach) - Math.max(k, centre - reach)
                : 1 - Math.abs(k + 0.5 - centre);
        t[k - first + 1] = Math.max(0, weight);
        sum += t[k - first + 1];
      }
      for (int k = 1; k < t.length; k++) t[k] /= sum;
      all[i] = t;
    }
    return all;
  }
}
