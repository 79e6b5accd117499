package org.lookalike.image.simulation;

import ij.process.Blitter;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import java.util.Random;

/**
 * Draws fields of what fluorescence microscopes show: nuclei of many sizes and shapes, spots,
 * filaments, membranes, cells and textures, alone and together, dim and bright, in focus and out of
 * it, smooth and grainy, under even and uneven light. Nothing in them is measured from a real
 * image.
 */
public final class FluorescenceSimulator {
  private static final double NUCLEI = 0.6;
  private static final double TOGETHER = 0.25;

  private final int side;
  private final Random random;

  /**
   * @param side of a field in pixels
   */
  public FluorescenceSimulator(int side, long seed) {
    this.side = side;
    this.random = new Random(seed);
  }

  /** The next field as an 8-bit camera gives it. */
  public ByteProcessor next() {
    boolean nuclei = random.nextDouble() < NUCLEI;
    FloatProcessor light = nuclei ? nuclei() : structures();
    blur(light);
    double brightest = Math.max(1e-6, light.getMax());
    double peak = logBetween(20, 240);
    double gain = peak / brightest;
    // Spots and membranes fill a field, so their mean is chosen and not their peak.
    if (!nuclei) gain = Math.min(between(8, 50) / light.getStatistics().mean, 250 / brightest);
    return exposed(light, gain);
  }

  /**
   * Nuclei from two fifths of the usual size to twice as large, one or many. In half of the fields
   * they are long and lie in one direction; in a third there is something dim between them.
   */
  private FloatProcessor nuclei() {
    double scale = logBetween(0.5, 2.5);
    double stretch = random.nextBoolean() ? between(1, 2.2) : 1;
    int drawn = (int) Math.ceil(Math.sqrt(2) * side * scale) + 2;
    NucleiSimulator simulator = new NucleiSimulator(drawn, random.nextLong());
    FloatProcessor light = turned(simulator.light(logBetween(0.1, 1.6)), scale / stretch, scale);
    if (random.nextInt(3) == 0) light.gamma(between(1, 2.5));
    if (random.nextInt(3) == 0) {
      FloatProcessor other = structure(random.nextInt(5));
      double most = Math.max(1e-6, other.getMax());
      other.multiply(logBetween(0.02, 0.3) * light.getMax() / most);
      light.copyBits(other, 0, 0, Blitter.ADD);
    }
    return light;
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
    FloatProcessor turned = dark();
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

  /** What is no nucleus, sometimes two kinds together. */
  private FloatProcessor structures() {
    FloatProcessor light = structure(random.nextInt(5));
    if (random.nextDouble() < TOGETHER) {
      FloatProcessor other = structure(random.nextInt(5));
      other.multiply(0.3 + 0.7 * random.nextDouble());
      light.copyBits(other, 0, 0, Blitter.ADD);
    }
    return light;
  }

  private FloatProcessor structure(int kind) {
    switch (kind) {
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

  private double between(double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private double logBetween(double low, double high) {
    return Math.exp(between(Math.log(low), Math.log(high)));
  }

  private double brightness() {
    return Math.exp(0.5 * random.nextGaussian());
  }

  private FloatProcessor dark() {
    return new FloatProcessor(side, side);
  }

  /** Vesicles, beads, messenger molecules; also in clusters. */
  private FloatProcessor spots() {
    FloatProcessor light = dark();
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

  private void addSpot(FloatProcessor light, double x, double y, double sigma, double peak) {
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

  /** Curved lines of changing direction. */
  private FloatProcessor filaments() {
    FloatProcessor light = dark();
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
  private FloatProcessor membranes() {
    FloatProcessor light = dark();
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
  private FloatProcessor cells() {
    double diameter = between(16, 48);
    CellCentres cells = new CellCentres(side, diameter, random);
    FloatProcessor grain = noise(between(1, 3));
    FloatProcessor shape = noise(diameter / 6);
    double nucleus = random.nextBoolean() ? between(1.5, 3) : between(0.2, 0.6);
    double radius = between(0.35, 0.6) * diameter;
    double core = radius * between(0.35, 0.6);
    FloatProcessor light = dark();
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
  private FloatProcessor texture() {
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
  private FloatProcessor noise(double sigma) {
    FloatProcessor noise = dark();
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

  /** Optics: in focus or, in a quarter of the fields, out of it, and the haze of what is. */
  private void blur(FloatProcessor light) {
    FloatProcessor haze = (FloatProcessor) light.duplicate();
    haze.blurGaussian(between(4, 10));
    haze.multiply(between(0, 0.4));
    light.blurGaussian(random.nextInt(4) == 0 ? between(1.3, 4) : between(0.3, 1.3));
    light.copyBits(haze, 0, 0, Blitter.ADD);
    light.resetMinAndMax();
  }

  /** Lamp and camera. */
  private ByteProcessor exposed(FloatProcessor light, double gain) {
    double background = logBetween(1, 30);
    double slopeX = between(-0.2, 0.2);
    double slopeY = between(-0.2, 0.2);
    double fall = between(0, 0.2);
    double glow = random.nextInt(8) == 0 ? logBetween(10, 120) : 0;
    double glowX = between(-1.4, 1.4);
    double glowY = between(-1.4, 1.4);
    double glowWidth = between(0.5, 2);
    double photons = logBetween(0.3, 20);
    double camera = logBetween(0.2, 3);
    ByteProcessor image = new ByteProcessor(side, side);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double u = 2.0 * x / side - 1;
        double v = 2.0 * y / side - 1;
        double lamp = NucleiSimulator.lamp(u, v, slopeX, slopeY, fall);
        double toGlow = Math.hypot(u - glowX, v - glowY) / glowWidth;
        double stray = glow * Math.exp(-toGlow * toGlow / 2);
        double expected = Math.max(0, (gain * light.getf(x, y) + background) * lamp + stray);
        double value =
            expected
                + Math.sqrt(expected / photons) * random.nextGaussian()
                + camera * random.nextGaussian();
        image.set(x, y, (int) Math.max(0, Math.min(255, Math.rint(value))));
      }
    }
    return image;
  }
}
