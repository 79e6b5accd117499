package org.lookalike.image.simulation;

import ij.process.Blitter;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
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
  private final Structures draw;

  /**
   * @param side of a field in pixels
   */
  public FluorescenceSimulator(int side, long seed) {
    this.side = side;
    this.random = new Random(seed);
    this.draw = new Structures(side, random);
  }

  /** The next field as an 8-bit camera gives it. */
  public ByteProcessor next() {
    boolean nuclei = random.nextDouble() < NUCLEI;
    FloatProcessor light = nuclei ? nuclei() : structures();
    blur(light);
    double brightest = Math.max(1e-6, light.getMax());
    double peak = draw.logBetween(20, 240);
    double gain = peak / brightest;
    // Spots and membranes fill a field, so their mean is chosen and not their peak.
    if (!nuclei) gain = Math.min(draw.between(8, 50) / light.getStatistics().mean, 250 / brightest);
    return exposed(light, gain);
  }

  /** Nuclei; in a third of the fields there is something dim between them. */
  private FloatProcessor nuclei() {
    FloatProcessor light = draw.nuclei();
    if (random.nextInt(3) == 0) light.gamma(draw.between(1, 2.5));
    if (random.nextInt(3) == 0) {
      FloatProcessor other = draw.any();
      double most = Math.max(1e-6, other.getMax());
      other.multiply(draw.logBetween(0.02, 0.3) * light.getMax() / most);
      light.copyBits(other, 0, 0, Blitter.ADD);
    }
    return light;
  }

  /** What is no nucleus, sometimes two kinds together. */
  private FloatProcessor structures() {
    FloatProcessor light = draw.any();
    if (random.nextDouble() < TOGETHER) {
      FloatProcessor other = draw.any();
      other.multiply(draw.between(0.3, 1));
      light.copyBits(other, 0, 0, Blitter.ADD);
    }
    return light;
  }

  /** Optics: in focus or, in a quarter of the fields, out of it, and the haze of what is. */
  private void blur(FloatProcessor light) {
    FloatProcessor haze = (FloatProcessor) light.duplicate();
    haze.blurGaussian(draw.between(4, 10));
    haze.multiply(draw.between(0, 0.4));
    light.blurGaussian(random.nextInt(4) == 0 ? draw.between(1.3, 4) : draw.between(0.3, 1.3));
    light.copyBits(haze, 0, 0, Blitter.ADD);
    light.resetMinAndMax();
  }

  /** Lamp and camera. */
  private ByteProcessor exposed(FloatProcessor light, double gain) {
    double background = draw.logBetween(1, 30);
    double slopeX = draw.between(-0.2, 0.2);
    double slopeY = draw.between(-0.2, 0.2);
    double fall = draw.between(0, 0.2);
    double glow = random.nextInt(8) == 0 ? draw.logBetween(10, 120) : 0;
    double glowX = draw.between(-1.4, 1.4);
    double glowY = draw.between(-1.4, 1.4);
    double glowWidth = draw.between(0.5, 2);
    double photons = draw.logBetween(0.3, 20);
    double camera = draw.logBetween(0.2, 3);
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
