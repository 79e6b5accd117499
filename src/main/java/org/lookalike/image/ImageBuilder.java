package org.lookalike.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.ShortProcessor;
import java.util.Arrays;

/** Makes ImageJ images of numbers in [-1, 1]: of the training images' own depth and look. */
public final class ImageBuilder {
  private final PixelFormat format;
  private final IntensityScaling scaling;

  public ImageBuilder(PixelFormat format, IntensityScaling scaling) {
    this.format = format;
    this.scaling = scaling;
  }

  /**
   * A stack of {@code n} images; a hyperstack with channels if they have several.
   *
   * @param nchw {@code [n, channels, height, width]} in [-1, 1]
   */
  public ImagePlus stack(String title, float[] nchw, int n, int width, int height) {
    ImageStack stack = new ImageStack(width, height);
    int each = format.channels() * width * height;
    for (int i = 0; i < n; i++) {
      if (format.rgb()) {
        stack.addSlice(rgb(nchw, i * each, width, height));
        continue;
      }
      for (int c = 0; c < format.channels(); c++) {
        stack.addSlice(plane(nchw, i * each + c * width * height, c, width, height));
      }
    }
    ImagePlus imp = new ImagePlus(title, stack);
    int channels = format.rgb() ? 1 : format.channels();
    imp.setDimensions(channels, n, 1);
    if (channels > 1) imp.setOpenAsHyperStack(true);
    return format.dress(imp);
  }

  /**
   * One picture with {@code n} images side by side.
   *
   * @param nchw {@code [n, channels, size, size]} in [-1, 1]
   * @param gap dark pixels between images
   */
  public ImagePlus grid(String title, float[] nchw, int n, int columns, int size, int gap) {
    int rows = (n + columns - 1) / columns;
    int width = columns * (size + gap) - gap;
    int height = rows * (size + gap) - gap;
    float[] picture = new float[format.channels() * width * height];
    Arrays.fill(picture, -1);
    for (int i = 0; i < n; i++) {
      int x = i % columns * (size + gap);
      int y = i / columns * (size + gap);
      for (int c = 0; c < format.channels(); c++) {
        for (int line = 0; line < size; line++) {
          int from = ((i * format.channels() + c) * size + line) * size;
          System.arraycopy(nchw, from, picture, (c * height + y + line) * width + x, size);
        }
      }
    }
    return stack(title, picture, 1, width, height);
  }

  private ImageProcessor plane(float[] values, int from, int c, int width, int height) {
    ImageProcessor ip;
    if (format.bitDepth() == 8) ip = new ByteProcessor(width, height);
    else if (format.bitDepth() == 16) ip = new ShortProcessor(width, height);
    else ip = new FloatProcessor(width, height);
    for (int p = 0; p < width * height; p++) ip.setf(p, scaling.toNative(values[from + p], c));
    return ip;
  }

  private ImageProcessor rgb(float[] values, int from, int width, int height) {
    ColorProcessor ip = new ColorProcessor(width, height);
    int plane = width * height;
    for (int p = 0; p < plane; p++) {
      int colour = 0;
      for (int c = 0; c < 3; c++) {
        colour = colour << 8 | (int) scaling.toNative(values[from + c * plane + p], c);
      }
      ip.set(p, colour);
    }
    return ip;
  }
}
