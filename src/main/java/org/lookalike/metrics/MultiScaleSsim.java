package org.lookalike.metrics;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.lookalike.image.ChannelImage;
import org.lookalike.image.InputException;

/**
 * Multi-scale structural similarity (Wang et al. 2003) of pairs of images, whose mean tells how
 * alike the images of a set are (Odena et al. 2017): five scales, Gaussian window of 11 pixels (or
 * the whole of a smaller image) with σ 1.5, means over channels.
 */
public final class MultiScaleSsim {
  private static final double[] WEIGHTS = {0.0448, 0.2856, 0.3001, 0.2363, 0.1333};
  private static final int WINDOW = 11;
  private static final double SIGMA = 1.5;
  private static final double K1 = 0.01;
  private static final double K2 = 0.03;

  private MultiScaleSsim() {}

  /**
   * Mean similarity of different images of a set: near 1 if they are all alike. Every pair is
   * compared if there are no more than wanted.
   *
   * @param range of intensities, largest less smallest possible
   * @param pairs most pairs to compare
   * @param seed of the choice of pairs
   * @throws InputException if there are fewer than two images or they differ in size
   */
  public static double diversity(List<ChannelImage> images, double range, int pairs, long seed) {
    Require.count(images.size(), 2, "MS-SSIM");
    int n = images.size();
    long all = (long) n * (n - 1) / 2;
    int[] chosen = choose(pairs, all, seed);
    double[] values = new double[chosen.length];
    IntStream.range(0, chosen.length)
        .parallel()
        .forEach(
            i -> {
              int second = 1;
              int left = chosen[i];
              while (left >= second) left -= second++;
              values[i] = of(images.get(left), images.get(second), range);
            });
    return Estimate.ofPopulation(values).mean();
  }

  private static int[] choose(int pairs, long all, long seed) {
    if (all > Integer.MAX_VALUE) {
      throw new InputException("MS-SSIM takes at most 65,000 images; give fewer.");
    }
    if (all <= pairs) return IntStream.range(0, (int) all).toArray();
    SplittableRandom random = new SplittableRandom(seed).split();
    return random.ints(0, (int) all).distinct().limit(pairs).toArray();
  }

  /**
   * @param range of intensities, largest less smallest possible
   * @return at most 1, for equal images
   * @throws InputException if they differ in size or channels
   */
  public static double of(ChannelImage a, ChannelImage b, double range) {
    Planes.requireSame(a, b);
    double sum = 0;
    for (int c = 0; c < a.channels(); c++) {
      sum += ofPlanes(Planes.channel(a, c), Planes.channel(b, c), a.width(), a.height(), range);
    }
    return sum / a.channels();
  }

  private static double ofPlanes(float[] a, float[] b, int width, int height, double range) {
    double product = 1;
    float[] x = a;
    float[] y = b;
    int w = width;
    int h = height;
    for (int scale = 0; scale < WEIGHTS.length; scale++) {
      if (scale > 0) {
        x = Planes.halved(x, w, h);
        y = Planes.halved(y, w, h);
        w = (w + 1) / 2;
        h = (h + 1) / 2;
      }
      boolean last = scale == WEIGHTS.length - 1;
      double similarity = similarity(x, y, w, h, range, last);
      product *= Math.pow(Math.max(0, similarity), WEIGHTS[scale]);
    }
    return product;
  }

  /** Mean of contrast and structure, and of luminance too if wanted. */
  private static double similarity(
      float[] x, float[] y, int w, int h, double range, boolean luminance) {
    double[] window = window(Math.min(WINDOW, Math.min(w, h)));
    double[] mx = filtered(x, x, false, w, h, window);
    double[] my = filtered(y, y, false, w, h, window);
    double[] xx = filtered(x, x, true, w, h, window);
    double[] yy = filtered(y, y, true, w, h, window);
    double[] xy = filtered(x, y, true, w, h, window);
    double c1 = K1 * range * K1 * range;
    double c2 = K2 * range * K2 * range;
    double sum = 0;
    for (int i = 0; i < mx.length; i++) {
      double means = 2 * mx[i] * my[i];
      double squares = mx[i] * mx[i] + my[i] * my[i];
      double value = (2 * xy[i] - means + c2) / (xx[i] + yy[i] - squares + c2);
      if (luminance) value *= (means + c1) / (squares + c1);
      sum += value;
    }
    return sum / mx.length;
  }

  private static double[] window(int size) {
    double[] window = new double[size];
    double sum = 0;
    for (int i = 0; i < size; i++) {
      double x = i - (size - 1) / 2.0;
      window[i] = Math.exp(-x * x / (2 * SIGMA * SIGMA));
      sum += window[i];
    }
    for (int i = 0; i < size; i++) window[i] /= sum;
    return window;
  }

  /** Of a, or of a times b, where the window lies wholly inside. */
  private static double[] filtered(
      float[] a, float[] b, boolean product, int w, int h, double[] window) {
    int nw = w - window.length + 1;
    int nh = h - window.length + 1;
    double[] rows = new double[nw * h];
    for (int y = 0; y < h; y++) {
      for (int k = 0; k < window.length; k++) {
        for (int x = 0; x < nw; x++) {
          int at = y * w + x + k;
          rows[y * nw + x] += window[k] * a[at] * (product ? b[at] : 1.0);
        }
      }
    }
    double[] result = new double[nw * nh];
    for (int y = 0; y < nh; y++) {
      for (int k = 0; k < window.length; k++) {
        for (int x = 0; x < nw; x++) {
          result[y * nw + x] += window[k] * rows[(y + k) * nw + x];
        }
      }
    }
    return result;
  }
}
