package org.lookalike.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.lookalike.image.ChannelImage;
import org.lookalike.image.InputException;

/**
 * Sliced Wasserstein distance of patches (Karras et al. 2018), in thousandths: 128 patches of 7×7
 * pixels an image from each level of a Laplacian pyramid down to 16 pixels, each channel brought to
 * mean 0 and deviation 1, along 4×128 random directions. Coarse levels tell of shapes, fine ones of
 * texture.
 */
public final class SlicedWasserstein {
  private static final int PATCHES = 128;
  private static final int SIDE = 7;

  /** A quarter of a million patches a set; with three channels 150 MB. */
  private static final int MOST_IMAGES = 2048;

  private static final int SMALLEST = 16;
  private static final int DIRECTIONS = 4 * 128;

  private final List<Double> levels;

  private SlicedWasserstein(List<Double> levels) {
    this.levels = List.copyOf(levels);
  }

  /**
   * Of images that are all of one size. As many of each are drawn as the smaller set has, at most
   * 2048.
   *
   * @param seed of patches and directions
   * @throws InputException if a set is empty, sizes differ, or a side is below 16 pixels
   */
  public static SlicedWasserstein of(
      List<ChannelImage> reals, List<ChannelImage> synthetics, long seed) {
    int n = Math.min(MOST_IMAGES, Math.min(reals.size(), synthetics.size()));
    Require.count(n, 1, "SWD");
    for (ChannelImage image : reals) Planes.requireSame(reals.get(0), image);
    for (ChannelImage image : synthetics) Planes.requireSame(reals.get(0), image);
    if (Math.min(reals.get(0).width(), reals.get(0).height()) < SMALLEST) {
      throw new InputException("SWD needs images of at least 16 pixels on a side; enlarge them.");
    }
    List<ChannelImage> a = drawn(reals, n, seed);
    List<ChannelImage> b = drawn(synthetics, n, seed + 1);
    List<Double> levels = new ArrayList<>();
    // One level at a time: the patches of all would not fit into memory.
    for (int level = 0; level < levels(a.get(0)); level++) {
      float[][] patchesA = patches(a, level, seed);
      float[][] patchesB = patches(b, level, seed + 1);
      levels.add(1000 * distance(patchesA, patchesB, seed + level));
    }
    return new SlicedWasserstein(levels);
  }

  private static List<ChannelImage> drawn(List<ChannelImage> images, int count, long seed) {
    List<ChannelImage> chosen = new ArrayList<>();
    for (int i : new Shuffle(seed).choose(count, images.size())) chosen.add(images.get(i));
    return chosen;
  }

  private static int levels(ChannelImage image) {
    int count = 1;
    for (int side = Math.min(image.width(), image.height()); side / 2 >= SMALLEST; side /= 2) {
      count++;
    }
    return count;
  }

  /** Of one level, 0 the finest: {@code [channels * 7 * 7][images * 128]}, normalised. */
  private static float[][] patches(List<ChannelImage> images, int level, long seed) {
    int channels = images.get(0).channels();
    float[][] patches = new float[channels * SIDE * SIDE][images.size() * PATCHES];
    IntStream.range(0, images.size())
        .parallel()
        .forEach(
            i -> {
              SplittableRandom random = new SplittableRandom(seed * 31 + i).split();
              cut(images.get(i), level, patches, i * PATCHES, random);
            });
    normalise(patches, channels);
    return patches;
  }

  /** Patches of one image, to be written from a column on. */
  private static void cut(
      ChannelImage image, int level, float[][] to, int column, SplittableRandom random) {
    float[][] planes = new float[image.channels()][];
    int w = image.width();
    int h = image.height();
    for (int c = 0; c < planes.length; c++) planes[c] = Planes.channel(image, c);
    for (int l = 0; l < level; l++) {
      for (int c = 0; c < planes.length; c++) planes[c] = Planes.reduced(planes[c], w, h);
      w = (w + 1) / 2;
      h = (h + 1) / 2;
    }
    if (level < levels(image) - 1) {
      for (int c = 0; c < planes.length; c++) {
        planes[c] = Planes.detail(planes[c], w, h, Planes.reduced(planes[c], w, h));
      }
    }
    for (int p = 0; p < PATCHES; p++) {
      int x = random.nextInt(w - SIDE + 1);
      int y = random.nextInt(h - SIDE + 1);
      copy(planes, w, x, y, to, column + p);
    }
  }

  private static void copy(float[][] planes, int w, int x, int y, float[][] to, int column) {
    int row = 0;
    for (float[] plane : planes) {
      for (int dy = 0; dy < SIDE; dy++) {
        for (int dx = 0; dx < SIDE; dx++) to[row++][column] = plane[(y + dy) * w + x + dx];
      }
    }
  }

  private static void normalise(float[][] patches, int channels) {
    int each = patches.length / channels;
    for (int c = 0; c < channels; c++) {
      float[][] rows = Arrays.copyOfRange(patches, c * each, (c + 1) * each);
      double n = (double) each * rows[0].length;
      double sum = 0;
      for (float[] row : rows) for (float v : row) sum += v;
      double mean = sum / n;
      double squares = 0;
      for (float[] row : rows) for (float v : row) squares += (v - mean) * (v - mean);
      double deviation = Math.sqrt(squares / n);
      double scale = deviation > 0 ? 1 / deviation : 0;
      for (float[] row : rows) {
        for (int i = 0; i < row.length; i++) row[i] = (float) ((row[i] - mean) * scale);
      }
    }
  }

  /** Mean over directions of the Wasserstein distance of the projections. */
  private static double distance(float[][] a, float[][] b, long seed) {
    double[] distances = new double[DIRECTIONS];
    IntStream.range(0, DIRECTIONS)
        .parallel()
        .forEach(
            i -> {
              float[] direction = direction(a.length, seed * 31 + i);
              float[] x = projected(a, direction);
              float[] y = projected(b, direction);
              FloatSort sort = new FloatSort(x.length);
              sort.sort(x);
              sort.sort(y);
              double sum = 0;
              for (int j = 0; j < x.length; j++) sum += Math.abs(x[j] - y[j]);
              distances[i] = sum / x.length;
            });
    return Estimate.ofPopulation(distances).mean();
  }

  private static float[] direction(int dimensions, long seed) {
    Random random = new Random(new SplittableRandom(seed).split().nextLong());
    double[] values = new double[dimensions];
    double squares = 0;
    for (int j = 0; j < dimensions; j++) {
      values[j] = random.nextGaussian();
      squares += values[j] * values[j];
    }
    float[] direction = new float[dimensions];
    for (int j = 0; j < dimensions; j++) direction[j] = (float) (values[j] / Math.sqrt(squares));
    return direction;
  }

  private static float[] projected(float[][] patches, float[] direction) {
    float[] result = new float[patches[0].length];
    int j = 0;
    for (; j + 3 < direction.length; j += 4) addFour(result, direction, patches, j);
    for (; j < direction.length; j++) {
      float factor = direction[j];
      float[] row = patches[j];
      for (int i = 0; i < result.length; i++) result[i] += factor * row[i];
    }
    return result;
  }

  /** One load and store of the sums for four terms. */
  private static void addFour(float[] sums, float[] factors, float[][] rows, int j) {
    float fa = factors[j];
    float fb = factors[j + 1];
    float fc = factors[j + 2];
    float fd = factors[j + 3];
    float[] a = rows[j];
    float[] b = rows[j + 1];
    float[] c = rows[j + 2];
    float[] d = rows[j + 3];
    for (int i = 0; i < sums.length; i++) {
      sums[i] += fa * a[i] + fb * b[i] + (fc * c[i] + fd * d[i]);
    }
  }

  /** Distances by level, the finest first, times 1000. */
  public List<Double> levels() {
    return levels;
  }

  /** Mean over the levels. */
  public double mean() {
    double sum = 0;
    for (double level : levels) sum += level;
    return sum / levels.size();
  }
}
