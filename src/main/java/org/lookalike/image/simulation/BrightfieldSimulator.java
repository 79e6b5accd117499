package org.lookalike.image.simulation;

import ij.process.Blitter;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageStatistics;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Draws fields of what is seen against a bright background: smears of blood and other cells,
 * stained tissue, and, in grey, unstained cells in relief or with a halo, the shadows that bodies
 * throw on an X-ray film and sections under an electron microscope. Nothing in them is measured
 * from a real image.
 */
public final class BrightfieldSimulator {
  private static final double SMEARS = 0.35;
  private static final double TISSUES = 0.3;
  private static final int COLOURS = 3;

  /**
   * What dyes take of red, green and blue light: haematoxylin, eosin, diaminobenzidine, methylene
   * blue and fast red (Ruifrok and Johnston 2001).
   */
  private static final double[][] DYES = {
    {0.65, 0.70, 0.29},
    {0.07, 0.99, 0.11},
    {0.27, 0.57, 0.78},
    {0.55, 0.76, 0.35},
    {0.21, 0.85, 0.48}
  };

  private static final double[] NO_DYE = {1, 1, 1};

  private final int side;
  private final Random random;
  private final Structures draw;

  /**
   * @param side of a field in pixels
   */
  public BrightfieldSimulator(int side, long seed) {
    this.side = side;
    this.random = new Random(seed);
    this.draw = new Structures(side, random);
  }

  /** The next field as a colour camera gives it. */
  public ColorProcessor next() {
    double kind = random.nextDouble();
    if (kind < SMEARS) return exposed(smear(), true);
    if (kind < SMEARS + TISSUES) return exposed(tissue(), true);
    return exposed(Map.of(unstained(), NO_DYE), false);
  }

  /** Two things, each with a dye of its own. */
  private Map<FloatProcessor, double[]> stained(FloatProcessor one, FloatProcessor other) {
    Map<FloatProcessor, double[]> layers = new LinkedHashMap<>();
    layers.put(one, dye());
    layers.put(other, dye());
    return layers;
  }

  /** One of the known dyes or near it, at times of any colour. */
  private double[] dye() {
    boolean known = random.nextInt(4) > 0;
    double[] base = DYES[random.nextInt(DYES.length)];
    double[] dye = new double[COLOURS];
    double most = 0;
    for (int c = 0; c < COLOURS; c++) {
      dye[c] = known ? base[c] * Math.exp(0.3 * random.nextGaussian()) : draw.between(0.05, 1);
      most = Math.max(most, dye[c]);
    }
    for (int c = 0; c < COLOURS; c++) dye[c] /= most;
    return dye;
  }

  /**
   * Single cells of one size on glass: round, with a pale middle or not, with nuclei or not.
   *
   * @return absorbances, and of which colours
   */
  private Map<FloatProcessor, double[]> smear() {
    FloatProcessor bodies = draw.empty();
    FloatProcessor nuclei = draw.empty();
    FloatProcessor grain = draw.noise(draw.between(0.8, 2.5));
    double radius = draw.logBetween(5, 26);
    double covered = draw.logBetween(0.05, 1.2);
    int count = (int) Math.ceil(covered * side * side / (Math.PI * radius * radius));
    double pale = Math.max(0, draw.between(-0.4, 0.9));
    double edge = draw.between(0.7, 2.5);
    double oval = draw.between(0.6, 1);
    double nucleated = random.nextInt(3) == 0 ? 0 : random.nextDouble();
    for (int i = 0; i < count; i++) {
      double x = side * random.nextDouble();
      double y = side * random.nextDouble();
      boolean hasNucleus = random.nextDouble() < nucleated;
      double r =
          radius * Math.exp(0.08 * random.nextGaussian()) * (hasNucleus ? draw.between(1, 1.7) : 1);
      double amount =
          Math.exp(0.2 * random.nextGaussian()) * (hasNucleus ? draw.between(0.2, 1) : 1);
      Disc body = new Disc(r, edge).oval(oval).pale(hasNucleus ? 0 : pale).amount(amount);
      draw.addDisc(bodies, x, y, body);
      if (hasNucleus) drawNucleus(nuclei, x, y, r, edge);
    }
    int fragments = random.nextInt(3) == 0 ? random.nextInt(20) : 0;
    for (int i = 0; i < fragments; i++) {
      double sigma = draw.between(0.08, 0.25) * radius;
      draw.addSpot(nuclei, side * random.nextDouble(), side * random.nextDouble(), sigma, 0.7);
    }
    grain(bodies, grain, draw.between(0, 0.2));
    grain(nuclei, grain, draw.between(0, 0.4));
    scale(bodies, draw.logBetween(0.15, 1.2));
    scale(nuclei, draw.logBetween(0.6, 2.5));
    return stained(bodies, nuclei);
  }

  /** A nucleus of one to four lobes. */
  private void drawNucleus(FloatProcessor to, double x, double y, double cell, double edge) {
    int lobes = random.nextInt(2) == 0 ? 1 : 2 + random.nextInt(3);
    double radius = lobes == 1 ? draw.between(0.45, 0.9) * cell : draw.between(0.25, 0.4) * cell;
    double away = lobes == 1 ? draw.between(0, 0.15) * cell : draw.between(0.3, 0.5) * cell;
    double angle = 2 * Math.PI * random.nextDouble();
    for (int i = 0; i < lobes; i++) {
      double lobeX = x + away * Math.cos(angle);
      double lobeY = y + away * Math.sin(angle);
      draw.addDisc(to, lobeX, lobeY, new Disc(radius, edge).oval(draw.between(0.6, 1)));
      angle += draw.between(0.8, 1.8);
    }
  }

  /** Texture and fibres of one dye, nuclei of another, and holes. */
  private Map<FloatProcessor, double[]> tissue() {
    FloatProcessor ground = draw.texture();
    if (random.nextInt(3) == 0) {
      FloatProcessor fibres = random.nextBoolean() ? draw.filaments() : draw.membranes();
      add(ground, fibres, draw.between(0.3, 1));
    }
    FloatProcessor nuclei = draw.nuclei();
    if (random.nextInt(3) == 0) {
      FloatProcessor holes = draw.noise(draw.between(4, 16));
      double size = draw.between(-1, 1);
      for (int i = 0; i < side * side; i++) {
        double left = 1 / (1 + Math.exp(-8 * (holes.getf(i) - size)));
        ground.setf(i, (float) (ground.getf(i) * left));
        nuclei.setf(i, (float) (nuclei.getf(i) * left));
      }
    }
    double mean = Math.max(1e-6, ground.getStatistics().mean);
    ground.multiply(draw.logBetween(0.05, 0.7) / mean);
    scale(nuclei, draw.logBetween(0.4, 2));
    return stained(ground, nuclei);
  }

  /** What takes light of all colours alike; less than nothing where it adds some. */
  private FloatProcessor unstained() {
    FloatProcessor absorbance;
    switch (random.nextInt(4)) {
      case 0:
        absorbance = relief(bodies());
        break;
      case 1:
        absorbance = haloed(bodies());
        break;
      case 2:
        absorbance = shadows();
        break;
      default:
        absorbance = section();
    }
    ImageStatistics statistics = absorbance.getStatistics();
    absorbance.subtract(statistics.mean);
    absorbance.multiply(draw.logBetween(0.05, 0.5) / Math.max(1e-6, statistics.stdDev));
    return absorbance;
  }

  /** Cells that lie apart or touch, and what is in them. */
  private FloatProcessor bodies() {
    FloatProcessor bodies = draw.empty();
    double radius = draw.logBetween(5, 26);
    double covered = draw.logBetween(0.1, 1.2);
    int count = (int) Math.ceil(covered * side * side / (Math.PI * radius * radius));
    double oval = draw.between(0.3, 1);
    double edge = draw.between(1, 4);
    for (int i = 0; i < count; i++) {
      double x = side * random.nextDouble();
      double y = side * random.nextDouble();
      double r = radius * Math.exp(0.15 * random.nextGaussian());
      draw.addDisc(bodies, x, y, new Disc(r, edge).oval(oval));
      if (random.nextBoolean()) {
        draw.addDisc(bodies, x, y, new Disc(0.4 * r, edge).oval(0.8).amount(0.5));
      }
    }
    grain(bodies, draw.noise(draw.between(0.8, 3)), draw.between(0, 0.4));
    return bodies;
  }

  /** Interference contrast: the slope in one direction. */
  private FloatProcessor relief(FloatProcessor height) {
    double angle = 2 * Math.PI * random.nextDouble();
    double alongX = Math.cos(angle);
    double alongY = Math.sin(angle);
    FloatProcessor slope = draw.empty();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int right = Math.min(side - 1, x + 1);
        int below = Math.min(side - 1, y + 1);
        double here = height.getf(x, y);
        double value =
            alongX * (height.getf(right, y) - here) + alongY * (height.getf(x, below) - here);
        slope.setf(x, y, (float) value);
      }
    }
    return slope;
  }

  /** Phase contrast: dark with a bright halo. */
  private FloatProcessor haloed(FloatProcessor thickness) {
    FloatProcessor halo = (FloatProcessor) thickness.duplicate();
    halo.blurGaussian(draw.between(2, 8));
    add(thickness, halo, -1);
    return thickness;
  }

  /** Bodies and tubes one behind the other; some hold air, some are thrown bright. */
  private FloatProcessor shadows() {
    FloatProcessor thickness = draw.noise(draw.between(10, 30));
    thickness.multiply(draw.between(0, 0.5));
    int count = 1 + random.nextInt(10);
    for (int i = 0; i < count; i++) {
      double x = side * draw.between(-0.1, 1.1);
      double y = side * draw.between(-0.1, 1.1);
      double radius = draw.logBetween(6, 60);
      double amount = draw.between(-1, 1.5);
      double oval = draw.between(0.3, 1);
      Disc body = new Disc(radius, draw.between(1, 8)).oval(oval).amount(amount);
      draw.addDisc(thickness, x, y, body);
    }
    if (random.nextBoolean()) {
      FloatProcessor tubes = draw.filaments();
      tubes.blurGaussian(draw.logBetween(0.5, 4));
      double most = Math.max(1e-6, tubes.getMax());
      add(thickness, tubes, draw.between(0.3, 2) / most);
    }
    add(thickness, draw.noise(draw.between(0.8, 3)), draw.between(0, 0.15));
    if (random.nextBoolean()) thickness.multiply(-1);
    return thickness;
  }

  private FloatProcessor section() {
    FloatProcessor section = draw.any();
    scale(section, 1);
    FloatProcessor other = draw.any();
    scale(other, draw.between(0.2, 1));
    add(section, other, 1);
    add(section, draw.noise(draw.between(0.7, 2)), draw.between(0, 0.2));
    return section;
  }

  private static void add(FloatProcessor to, FloatProcessor other, double share) {
    FloatProcessor part = (FloatProcessor) other.duplicate();
    part.multiply(share);
    to.copyBits(part, 0, 0, Blitter.ADD);
  }

  private static void scale(FloatProcessor to, double most) {
    to.resetMinAndMax();
    to.multiply(most / Math.max(1e-6, to.getMax()));
  }

  private static void grain(FloatProcessor to, FloatProcessor noise, double share) {
    for (int i = 0; i < to.getPixelCount(); i++) {
      to.setf(i, (float) (to.getf(i) * Math.max(0, 1 + share * noise.getf(i))));
    }
  }

  /** Lamp, optics and camera. */
  private ColorProcessor exposed(Map<FloatProcessor, double[]> layers, boolean coloured) {
    double level = coloured ? draw.between(120, 250) : draw.between(80, 190);
    double sharp = random.nextInt(5) == 0 ? draw.between(1.3, 3) : draw.between(0.3, 1.2);
    double slopeX = draw.between(-0.15, 0.15);
    double slopeY = draw.between(-0.15, 0.15);
    double fall = draw.between(0, 0.15);
    double shot = draw.logBetween(0.02, 0.5);
    double camera = draw.logBetween(0.2, 5);
    ColorProcessor image = new ColorProcessor(side, side);
    FloatProcessor seen = null;
    for (int c = 0; c < COLOURS; c++) {
      if (seen == null || coloured) {
        seen = light(layers, c, coloured ? level * draw.between(0.75, 1) : level);
        seen.blurGaussian(sharp);
        for (int y = 0; y < side; y++) {
          for (int x = 0; x < side; x++) {
            double u = 2.0 * x / side - 1;
            double v = 2.0 * y / side - 1;
            double expected = seen.getf(x, y) * NucleiSimulator.lamp(u, v, slopeX, slopeY, fall);
            double noise = Math.sqrt(shot * Math.max(0, expected) + camera * camera);
            seen.setf(x, y, (float) (expected + noise * random.nextGaussian()));
          }
        }
        seen.setMinAndMax(0, 255);
      }
      image.setChannel(c + 1, seen.convertToByteProcessor());
    }
    return image;
  }

  /** What the layers leave of a colour. */
  private FloatProcessor light(Map<FloatProcessor, double[]> layers, int colour, double white) {
    FloatProcessor light = draw.empty();
    for (int i = 0; i < side * side; i++) {
      double absorbance = 0;
      for (Map.Entry<FloatProcessor, double[]> layer : layers.entrySet()) {
        absorbance += layer.getKey().getf(i) * layer.getValue()[colour];
      }
      light.setf(i, (float) (white * Math.exp(-absorbance)));
    }
    return light;
  }
}
