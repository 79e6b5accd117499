package org.lookalike.image.simulation;

import ij.process.Blitter;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import java.util.Random;

/**
 * Draws what microscopes show, as the light it gives or takes: nuclei, spots, filaments, membranes,
 * cells and textures in a square field.
 */
final class Structures {
  private final int side;
  private final Random random;

  /**
   * @param side of a field in pixels
   */
  Structures(int side, Random random) {
    this.side = side;
    this.random = random;
  }

  double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  double logBetween(double low, double high) {
    return Math.exp(between(Math.log(low), Math.log(high)));
  }

  /**
   * Nuclei from two fifths of the usual size to twice as large, one or many. In half of the fields
   * they are long and lie in one direction. The brightest are some hundred.
   */
  FloatProcessor nuclei() {
    double scale = logBetween(0.5, 2.5);
    double stretch = random.nextBoolean() ? between(1, 2.2) : 1;
    int drawn = (int) Math.ceil(Math.sqrt(2) * side * scale) + 2;
    NucleiSimulator simulator = new NucleiSimulator(drawn, random.nextLong());
    return turned(simulator.light(logBetween(0.1, 1.6)), scale / stretch, scale);
  }

  /**
   * A field's middle, turned by any angle.
   *
   * @param along pixels of the larger field to one of the result in one direction
   * @param across the same at right angles to it
   */
  private FloatProcessor turned(FloatProcessor from, double along, double across) {
    double angle = 2 * Math.PI * random.nextDouble();
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    from.blurGaussian(0.3 * Math.max(along, across));
    from.setInterpolationMethod(ImageProcessor.BILINEAR);
    FloatProcessor turned = empty();
    double middle = (from.getWidth() - 1) / 2.0;
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double u = x - (side - 1) / 2.0;
        double v = y - (side - 1) / 2.0;
        double fromX = middle + along * (cos * u + sin * v);
        double fromY = middle + across * (cos * v - sin * u);
        turned.setf(x, y, (float) from.getInterpolatedPixel(fromX, fromY));
      }
    }
    turned.resetMinAndMax();
    return turned;
  }

  /** What is no nucleus: any of the kinds below. */
  FloatProcessor any() {
    switch (random.nextInt(5)) {
      case 0:
        return spots();
      case 1:
        return filaments();
      case 2:
        return membranes();
      case 3:
        return cells();
      default:
        return texture();
    }
  }

  private double brightness() {
    return Math.exp(0.5 * random.nextGaussian());
  }

  FloatProcessor empty() {
    return new FloatProcessor(side, side);
  }

  /** Vesicles, beads, messenger molecules; also in clusters. */
  FloatProcessor spots() {
    FloatProcessor light = empty();
    double sigma = between(0.7, 3);
    int count = (int) (side * side * between(0.02, 0.35) / (6 * sigma * sigma + 20));
    double x = side * random.nextDouble();
    double y = side * random.nextDouble();
    double clustered = random.nextBoolean() ? 0.8 : 0;
    for (int i = 0; i < count; i++) {
      boolean beside = random.nextDouble() < clustered;
      x = beside ? x + 4 * sigma * random.nextGaussian() : side * random.nextDouble();
      y = beside ? y + 4 * sigma * random.nextGaussian() : side * random.nextDouble();
      addSpot(light, x, y, sigma * between(0.8, 1.3), brightness());
    }
    return light;
  }

  void addSpot(FloatProcessor light, double x, double y, double sigma, double peak) {
    int reach = (int) Math.ceil(3 * sigma);
    for (int v = (int) y - reach; v <= y + reach; v++) {
      for (int u = (int) x - reach; u <= x + reach; u++) {
        if (u < 0 || v < 0 || u >= side || v >= side) continue;
        double square = (u - x) * (u - x) + (v - y) * (v - y);
        float old = light.getf(u, v);
        light.setf(u, v, (float) (old + peak * Math.exp(-square / (2 * sigma * sigma))));
      }
    }
  }

  /** Adds a disc in any direction, its rim wavy. */
  void addDisc(FloatProcessor light, double x, double y, Disc disc) {
    double cos = Math.cos(2 * Math.PI * random.nextDouble());
    double sin = Math.sqrt(1 - cos * cos);
    double[] wave = new double[4];
    for (int k = 0; k < wave.length; k++) wave[k] = 0.05 * random.nextGaussian() / (k + 1);
    double phase = 2 * Math.PI * random.nextDouble();
    int reach = (int) Math.ceil(1.3 * disc.radius + 1.5 * disc.edge / disc.oval);
    for (int v = (int) y - reach; v <= y + reach; v++) {
      for (int u = (int) x - reach; u <= x + reach; u++) {
        if (u < 0 || v < 0 || u >= side || v >= side) continue;
        double along = (cos * (u - x) + sin * (v - y)) / disc.radius;
        double across = (cos * (v - y) - sin * (u - x)) / (disc.oval * disc.radius);
        double direction = Math.atan2(across, along);
        double rim = 1;
        for (int k = 0; k < wave.length; k++) {
          rim += wave[k] * Math.cos((k + 2) * direction + phase);
        }
        double value = disc.at(Math.hypot(along, across) / rim);
        light.setf(u, v, (float) (light.getf(u, v) + value));
      }
    }
  }

  /** Curved lines of changing direction. */
  FloatProcessor filaments() {
    FloatProcessor light = empty();
    int count = 4 + random.nextInt(40);
    double sigma = between(0.6, 1.4);
    double bend = between(0.02, 0.25);
    double common = 2 * Math.PI * random.nextDouble();
    double spread = random.nextBoolean() ? 0.3 : Math.PI;
    for (int i = 0; i < count; i++) {
      double x = side * random.nextDouble();
      double y = side * random.nextDouble();
      double direction = common + spread * random.nextGaussian();
      double peak = 0.5 * brightness();
      int length = (int) between(side / 4.0, 1.5 * side);
      for (int step = 0; step < length; step++) {
        addSpot(light, x, y, sigma, peak);
        x += Math.cos(direction);
        y += Math.sin(direction);
        direction += bend * random.nextGaussian();
      }
    }
    return light;
  }

  /** Outlines of cells that touch each other. */
  FloatProcessor membranes() {
    FloatProcessor light = empty();
    CellCentres cells = new CellCentres(side, between(8, 40), random);
    double width = between(0.8, 2.5);
    double inside = between(0, 0.35);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        cells.look(x, y);
        double edge = cells.toEdge();
        double value = Math.exp(-edge * edge / (2 * width * width));
        light.setf(x, y, (float) (value + inside * cells.brightness()));
      }
    }
    return light;
  }

  /** Cells with a bright or dark nucleus and a grained inside. */
  FloatProcessor cells() {
    double diameter = between(16, 48);
    CellCentres cells = new CellCentres(side, diameter, random);
    FloatProcessor grain = noise(between(1, 3));
    FloatProcessor shape = noise(diameter / 6);
    double nucleus = random.nextBoolean() ? between(1.5, 3) : between(0.2, 0.6);
    double radius = between(0.35, 0.6) * diameter;
    double core = radius * between(0.35, 0.6);
    FloatProcessor light = empty();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        cells.look(x, y);
        double distance = cells.toCentre() + 0.12 * diameter * shape.getf(x, y);
        if (distance > radius || cells.toEdge() < 1) continue;
        double value = 1 - 0.5 * distance / radius + 0.2 * grain.getf(x, y);
        if (distance < core) value *= nucleus;
        light.setf(x, y, (float) Math.max(0, value * cells.brightness()));
      }
    }
    return light;
  }

  /** Tissue without outlines: noise of one size, often drawn out in one direction. */
  FloatProcessor texture() {
    FloatProcessor light = noise(between(1.2, 6));
    FloatProcessor fine = noise(between(0.7, 1.5));
    fine.multiply(between(0, 0.6));
    light.copyBits(fine, 0, 0, Blitter.ADD);
    double threshold = between(-1.5, 1);
    double power = between(0.7, 2);
    for (int i = 0; i < side * side; i++) {
      light.setf(i, (float) Math.pow(Math.max(0, light.getf(i) - threshold), power));
    }
    return light;
  }

  /** White noise, blurred to that deviation in pixels and scaled to a deviation of 1. */
  FloatProcessor noise(double sigma) {
    FloatProcessor noise = empty();
    for (int i = 0; i < side * side; i++) noise.setf(i, (float) random.nextGaussian());
    noise.blurGaussian(sigma);
    double drawnOut = random.nextInt(3) == 0 ? between(1, 3) : 1;
    if (drawnOut > 1) blurAlongRows(noise, sigma * Math.sqrt(drawnOut * drawnOut - 1));
    noise.multiply(2 * sigma * Math.sqrt(drawnOut * Math.PI));
    return noise;
  }

  private static void blurAlongRows(FloatProcessor image, double sigma) {
    int reach = (int) Math.ceil(3 * sigma);
    float[] weights = new float[2 * reach + 1];
    for (int i = -reach; i <= reach; i++) {
      weights[i + reach] = (float) Math.exp(-i * i / (2 * sigma * sigma));
    }
    // ImageJ divides by the sum of the weights.
    image.convolve(weights, weights.length, 1);
  }
}
