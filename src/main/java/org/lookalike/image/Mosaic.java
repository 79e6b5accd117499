package org.lookalike.image;

import ij.process.ColorProcessor;
import ij.process.ImageProcessor;

/** Pictures of network values side by side, for people: [-1, 1] from black to full brightness. */
public final class Mosaic {
  private static final int WHITE = 0xffffff;

  /** One channel is grey, three are red, green and blue; of others each has its colour. */
  private static final int[][] COLORS = {
    {255, 0, 255}, {0, 255, 0}, {0, 160, 255}, {255, 160, 0}, {255, 255, 0}, {255, 0, 0}
  };

  private Mosaic() {}

  /**
   * Draws pictures row by row on white.
   *
   * @param nchw {@code [n, channels, size, size]} in [-1, 1]
   * @param gap white pixels between them
   */
  public static ImageProcessor draw(float[] nchw, int channels, int size, int columns, int gap) {
    int n = nchw.length / (channels * size * size);
    int rows = (n + columns - 1) / columns;
    ImageProcessor sheet =
        new ColorProcessor(columns * (size + gap) - gap, Math.max(1, rows * (size + gap) - gap));
    sheet.setColor(WHITE);
    sheet.fill();
    for (int i = 0; i < n; i++) {
      int x0 = i % columns * (size + gap);
      int y0 = i / columns * (size + gap);
      for (int p = 0; p < size * size; p++) {
        sheet.set(x0 + p % size, y0 + p / size, color(nchw, i, channels, size * size, p));
      }
    }
    return sheet;
  }

  private static int color(float[] nchw, int image, int channels, int plane, int p) {
    double[] sum = new double[3];
    for (int c = 0; c < channels; c++) {
      double value = (nchw[(image * channels + c) * plane + p] + 1) / 2;
      for (int k = 0; k < 3; k++) sum[k] += value * share(channels, c, k);
    }
    int color = 0;
    for (double part : sum) {
      color = color << 8 | (int) Math.max(0, Math.min(255, Math.round(255 * part)));
    }
    return color;
  }

  private static double share(int channels, int c, int k) {
    if (channels == 1) return 1;
    if (channels == 3) return c == k ? 1 : 0;
    return COLORS[c % COLORS.length][k] / 255.0;
  }
}
