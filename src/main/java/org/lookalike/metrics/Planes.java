package org.lookalike.metrics;

import java.util.Arrays;
import org.lookalike.image.ChannelImage;
import org.lookalike.image.InputException;

/** Single channels of images and their sizes by halves. */
final class Planes {
  /** Burt and Adelson's 5-tap kernel, in sixteenths. */
  private static final int[] TAPS = {1, 4, 6, 4, 1};

  private Planes() {}

  static void requireSame(ChannelImage a, ChannelImage b) {
    if (a.width() == b.width() && a.height() == b.height() && a.channels() == b.channels()) return;
    throw new InputException(
        String.format(
            "Images of %d×%d pixels and %d channels cannot be compared with images of %d×%d and"
                + " %d; bring them to one size.",
            a.width(), a.height(), a.channels(), b.width(), b.height(), b.channels()));
  }

  /**
   * A copy of one channel.
   *
   * @throws InputException if a pixel is no finite number
   */
  static float[] channel(ChannelImage image, int channel) {
    int plane = image.width() * image.height();
    float[] values = Arrays.copyOfRange(image.values(), channel * plane, (channel + 1) * plane);
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new InputException("An image holds a pixel that is no finite number; leave it out.");
      }
    }
    return values;
  }

  /** Means of 2×2 pixels, {@code [(h+1)/2, (w+1)/2]}; odd sizes repeat their first line. */
  static float[] halved(float[] plane, int w, int h) {
    int nw = (w + 1) / 2;
    int nh = (h + 1) / 2;
    float[] half = new float[nw * nh];
    for (int y = 0; y < nh; y++) {
      int y0 = Math.max(0, 2 * y - h % 2);
      int y1 = 2 * y + 1 - h % 2;
      for (int x = 0; x < nw; x++) {
        int x0 = Math.max(0, 2 * x - w % 2);
        int x1 = 2 * x + 1 - w % 2;
        half[y * nw + x] =
            (plane[y0 * w + x0] + plane[y0 * w + x1] + plane[y1 * w + x0] + plane[y1 * w + x1]) / 4;
      }
    }
    return half;
  }

  /** The next level of a Gaussian pyramid, {@code [(h+1)/2, (w+1)/2]}; borders are mirrored. */
  static float[] reduced(float[] plane, int w, int h) {
    int nw = (w + 1) / 2;
    int nh = (h + 1) / 2;
    float[] rows = new float[nw * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < nw; x++) {
        float sum = 0;
        for (int k = 0; k < 5; k++) sum += TAPS[k] * plane[y * w + mirrored(2 * x + k - 2, w)];
        rows[y * nw + x] = sum / 16;
      }
    }
    float[] result = new float[nw * nh];
    for (int y = 0; y < nh; y++) {
      for (int x = 0; x < nw; x++) {
        float sum = 0;
        for (int k = 0; k < 5; k++) sum += TAPS[k] * rows[mirrored(2 * y + k - 2, h) * nw + x];
        result[y * nw + x] = sum / 16;
      }
    }
    return result;
  }

  /**
   * A plane less its next level enlarged again: what that level has lost.
   *
   * @param reduced {@code [(h+1)/2, (w+1)/2]}
   */
  static float[] detail(float[] plane, int w, int h, float[] reduced) {
    int nw = (w + 1) / 2;
    float[] rows = new float[nw * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < nw; x++) {
        float sum = 0;
        for (int k = 0; k < 5; k++) {
          int at = mirrored(y + k - 2, h);
          if (at % 2 == 0) sum += TAPS[k] * reduced[at / 2 * nw + x];
        }
        rows[y * nw + x] = sum / 8;
      }
    }
    float[] result = new float[w * h];
    for (int y = 0; y < h; y++) {
      for (int x = 0; x < w; x++) {
        float sum = 0;
        for (int k = 0; k < 5; k++) {
          int at = mirrored(x + k - 2, w);
          if (at % 2 == 0) sum += TAPS[k] * rows[y * nw + at / 2];
        }
        result[y * w + x] = plane[y * w + x] - sum / 8;
      }
    }
    return result;
  }

  /** Without repeating the border; parity is kept. */
  private static int mirrored(int i, int size) {
    if (i < 0) return -i;
    return i < size ? i : 2 * (size - 1) - i;
  }
}
