package org.lookalike.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lookalike.gan.Latents;
import org.lookalike.image.InputException;
import org.lookalike.image.Nearest;

/** A mixture of equally likely Gaussians, as the reals of the lab. */
public enum Mixture {
  /** Eight modes on a circle of radius 1, standard deviation 0.01 (VEEGAN, PacGAN). */
  RING(2, 0.01, 1.5),
  /** 25 modes at {-4, -2, 0, 2, 4}², standard deviation 0.05 (VEEGAN, PacGAN). */
  GRID(2, 0.05, 5.5),
  /** Three modes at -5, 0 and 5 of the line, standard deviation 0.3. */
  LINE(1, 0.3, 8);

  /** Reals are drawn from a set of that size, as in the papers. */
  private static final long TRAINING_SET = 100_000;

  private static final long STREAM = 30;
  private static final int RING_MODES = 8;
  private static final double HIGH_QUALITY = 3;

  private final int dimensions;
  private final double deviation;
  private final double extent;
  private final double[][] centres;

  Mixture(int dimensions, double deviation, double extent) {
    this.dimensions = dimensions;
    this.deviation = deviation;
    this.extent = extent;
    centres = centres(dimensions);
  }

  private double[][] centres(int coordinates) {
    List<double[]> places = new ArrayList<>();
    switch (name()) {
      case "RING":
        for (int i = 0; i < RING_MODES; i++) {
          double angle = 2 * Math.PI * i / RING_MODES;
          places.add(new double[] {Math.cos(angle), Math.sin(angle)});
        }
        break;
      case "GRID":
        for (int y = -4; y <= 4; y += 2) {
          for (int x = -4; x <= 4; x += 2) places.add(new double[] {x, y});
        }
        break;
      default:
        for (int x = -5; x <= 5; x += 5) places.add(new double[] {x});
    }
    return places.toArray(new double[0][coordinates]);
  }

  /** As typed. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The labels of all. */
  public static List<String> labels() {
    return Stream.of(values()).map(Mixture::label).collect(Collectors.toList());
  }

  /**
   * @throws InputException if there is none of that label; it names the nearest
   */
  public static Mixture fromLabel(String label) {
    for (Mixture mixture : values()) if (mixture.label().equalsIgnoreCase(label)) return mixture;
    throw new InputException(
        String.format(
            "layout=%s is unknown; did you mean %s? Known are: %s.",
            label, Nearest.to(label, labels()), String.join(", ", labels())));
  }

  /** Coordinates of a point: 1 or 2. */
  public int dimensions() {
    return dimensions;
  }

  /** The number of modes. */
  public int modes() {
    return centres.length;
  }

  /** Coordinates of a mode's centre. */
  public double[] centre(int mode) {
    return centres[mode].clone();
  }

  /** Standard deviation of each mode. */
  public double deviation() {
    return deviation;
  }

  /** Root mean square of all coordinates of the mixture. */
  double spread() {
    double squares = 0;
    for (double[] centre : centres) for (double x : centre) squares += x * x;
    return Math.sqrt(squares / modes() / dimensions + deviation * deviation);
  }

  /** All that matters lies within plus and minus this, in every coordinate. */
  public double extent() {
    return extent;
  }

  /**
   * Points {@code first} to {@code first + n - 1} of an endless row that repeats a training set of
   * 100,000.
   *
   * @param modes receives the mode of each
   * @return {@code [n, dimensions]}
   */
  float[] points(long seed, long first, int n, int[] modes) {
    float[] points = new float[n * dimensions];
    float[] normal = new float[dimensions];
    for (int i = 0; i < n; i++) {
      long index = (first + i) % TRAINING_SET;
      Latents.fill(seed, STREAM, index, 1, dimensions, normal);
      modes[i] =
          new Random(seed * 0x9E3779B97F4A7C15L ^ index * 0x2545F4914F6CDD1DL).nextInt(modes());
      for (int d = 0; d < dimensions; d++) {
        points[i * dimensions + d] = (float) (centres[modes[i]][d] + deviation * normal[d]);
      }
    }
    return points;
  }

  /**
   * Moves points so that each pack has those of one mode, the first one's.
   *
   * @param pack points a pack
   */
  void unite(float[] points, int[] modes, int pack) {
    for (int i = 0; i < modes.length; i++) {
      int mode = modes[i - i % pack];
      for (int d = 0; d < dimensions; d++) {
        points[i * dimensions + d] += (float) (centres[mode][d] - centres[modes[i]][d]);
      }
      modes[i] = mode;
    }
  }

  /** The mode nearest to a point. */
  int nearest(float[] points, int i) {
    int best = 0;
    for (int m = 1; m < modes(); m++) {
      if (squaredDistance(points, i, m) < squaredDistance(points, i, best)) best = m;
    }
    return best;
  }

  private double squaredDistance(float[] points, int i, int mode) {
    double sum = 0;
    for (int d = 0; d < dimensions; d++) {
      double difference = points[i * dimensions + d] - centres[mode][d];
      sum += difference * difference;
    }
    return sum;
  }

  /** Whether a point lies within three standard deviations of that mode. */
  boolean isHighQuality(float[] points, int i, int mode) {
    double reach = HIGH_QUALITY * deviation;
    return squaredDistance(points, i, mode) <= reach * reach;
  }

  /** Probability density at {@code x}, for the line. */
  public double density(double x) {
    double sum = 0;
    for (double[] centre : centres) {
      double u = (x - centre[0]) / deviation;
      sum += Math.exp(-0.5 * u * u);
    }
    return sum / (modes() * deviation * Math.sqrt(2 * Math.PI));
  }
}
