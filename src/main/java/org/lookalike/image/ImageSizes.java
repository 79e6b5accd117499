package org.lookalike.image;

import java.util.Arrays;

/** How large the pictures of a source are, and their pixels. */
final class ImageSizes {
  private final int[] widths;
  private final int[] heights;
  private final double[] pixelWidths;

  ImageSizes(int count) {
    widths = new int[count];
    heights = new int[count];
    pixelWidths = new double[count];
  }

  /**
   * @param pixelWidth in the unit of the source's format
   */
  void set(int i, int width, int height, double pixelWidth) {
    widths[i] = width;
    heights[i] = height;
    pixelWidths[i] = pixelWidth;
  }

  int count() {
    return widths.length;
  }

  int width(int i) {
    return widths[i];
  }

  int height(int i) {
    return heights[i];
  }

  /** The shorter of the two. */
  int side(int i) {
    return Math.min(widths[i], heights[i]);
  }

  /** In the unit of the source's format. */
  double pixelWidth(int i) {
    return pixelWidths[i];
  }

  /** Width of the pictures' pixels: the least and the largest. */
  double[] pixelWidthRange() {
    double[] sorted = pixelWidths.clone();
    Arrays.sort(sorted);
    return new double[] {sorted[0], sorted[sorted.length - 1]};
  }

  /** Median of the pictures' shorter sides. */
  int medianSide() {
    int[] sides = new int[count()];
    for (int i = 0; i < sides.length; i++) sides[i] = side(i);
    Arrays.sort(sides);
    return sides[sides.length / 2];
  }

  /** Pixels of all pictures together. */
  double area() {
    double sum = 0;
    for (int i = 0; i < count(); i++) sum += (double) widths[i] * heights[i];
    return sum;
  }
}
