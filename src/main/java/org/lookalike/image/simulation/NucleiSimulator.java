package org.lookalike.image.simulation;

import ij.process.Blitter;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import java.util.Random;

/**
 * Draws fields of fluorescent cell nuclei as a microscope sees them: ellipses with a wavy rim and
 * chromatin texture, alone and in touching groups, over an uneven background, blurred by the
 * optics, with photon and camera noise.
 */
public final class NucleiSimulator {
  private static final double PHOTONS_A_GREY_LEVEL = 1.2;
  private static final double CAMERA_NOISE = 1.5;
  private static final int TRIES = 40;

  private final int side;
  private final Random random;
  private FloatProcessor light;
  private ByteProcessor labels;

  /**
   * @param side of a field in pixels
   */
  public NucleiSimulator(int side, long seed) {
    this.side = side;
    this.random = new Random(seed);
  }

  /** Draws the next field. */
  public void next() {
    drawNuclei(0.4 + random.nextDouble());
    expose();
  }

  /**
   * The light of a next field's nuclei, without background, optics and noise.
   *
   * @param density nuclei in 900 square pixels; at least one is drawn
   */
  FloatProcessor light(double density) {
    drawNuclei(density);
    return light;
  }

  private void drawNuclei(double density) {
    light = new FloatProcessor(side, side);
    labels = new ByteProcessor(side, side);
    int wanted = Math.max(1, (int) Math.round(density * side * side / 900.0));
    double fieldBrightness = 50 + 110 * random.nextDouble();
    int drawn = 0;
    double x = 0;
    double y = 0;
    for (int attempt = 0; attempt < wanted * TRIES && drawn < wanted; attempt++) {
      boolean beside = drawn > 0 && random.nextDouble() < 0.35;
      double a = 6.5 + 5 * random.nextDouble();
      double angle = 2 * Math.PI * random.nextDouble();
      double nx = beside ? x + 1.75 * a * Math.cos(angle) : side * random.nextDouble();
      double ny = beside ? y + 1.75 * a * Math.sin(angle) : side * random.nextDouble();
      double brightness = fieldBrightness * Math.exp(0.35 * random.nextGaussian());
      if (!draw(drawn + 1, nx, ny, a, brightness)) continue;
      drawn++;
      x = nx;
      y = ny;
    }
  }

  /** One nucleus; {@code false} if it would lie on another. */
  private boolean draw(int label, double cx, double cy, double a, double brightness) {
    double b = a * (0.65 + 0.35 * random.nextDouble());
    double tilt = Math.PI * random.nextDouble();
    double[] wave = new double[4];
    for (int k = 0; k < wave.length; k++) wave[k] = 0.05 * random.nextGaussian() / (k + 1);
    double phase = 2 * Math.PI * random.nextDouble();
    int reach = (int) Math.ceil(1.4 * a);
    boolean[][] inside = new boolean[2 * reach + 1][2 * reach + 1];
    int area = 0;
    int taken = 0;
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        double u = (dx * Math.cos(tilt) + dy * Math.sin(tilt)) / a;
        double v = (dy * Math.cos(tilt) - dx * Math.sin(tilt)) / b;
        double direction = Math.atan2(v, u);
        double rim = 1;
        for (int k = 0; k < wave.length; k++)
          rim += wave[k] * Math.cos((k + 2) * direction + phase);
        if (Math.hypot(u, v) > rim) continue;
        inside[dy + reach][dx + reach] = true;
        area++;
        if (labelAt((int) cx + dx, (int) cy + dy) > 0) taken++;
      }
    }
    if (taken > 0.06 * area) return false;
    FloatProcessor texture = texture(2 * reach + 1);
    for (int dy = -reach; dy <= reach; dy++) {
      for (int dx = -reach; dx <= reach; dx++) {
        int px = (int) cx + dx;
        int py = (int) cy + dy;
        if (!inside[dy + reach][dx + reach] || px < 0 || py < 0 || px >= side || py >= side) {
          continue;
        }
        double dome = 1 - 0.25 * (dx * dx + dy * dy) / (a * a);
        double grain = 1 + texture.getf(dx + reach, dy + reach);
        light.setf(px, py, (float) Math.max(light.getf(px, py), brightness * dome * grain));
        if (labels.get(px, py) == 0) labels.set(px, py, label);
      }
    }
    return true;
  }

  private int labelAt(int x, int y) {
    return x < 0 || y < 0 || x >= side || y >= side ? 0 : labels.get(x, y);
  }

  /** Chromatin: blotches of two sizes and dark nucleoli. */
  private FloatProcessor texture(int width) {
    FloatProcessor coarse = noise(width, 2.4, 0.16);
    coarse.copyBits(noise(width, 1.1, 0.10), 0, 0, Blitter.ADD);
    int nucleoli = random.nextInt(4);
    for (int i = 0; i < nucleoli; i++) {
      int x = width / 4 + random.nextInt(Math.max(1, width / 2));
      int y = width / 4 + random.nextInt(Math.max(1, width / 2));
      for (int dy = -2; dy <= 2; dy++) {
        for (int dx = -2; dx <= 2; dx++) {
          float old = coarse.getPixelValue(x + dx, y + dy);
          coarse.putPixelValue(x + dx, y + dy, old - 0.3 * Math.exp(-(dx * dx + dy * dy) / 3.0));
        }
      }
    }
    return coarse;
  }

  private FloatProcessor noise(int width, double sigma, double deviation) {
    FloatProcessor noise = new FloatProcessor(width, width);
    for (int i = 0; i < width * width; i++) noise.setf(i, (float) random.nextGaussian());
    noise.blurGaussian(sigma);
    // A Gaussian blur divides white noise's deviation by 2 sigma sqrt(pi).
    noise.multiply(deviation * 2 * sigma * Math.sqrt(Math.PI));
    return noise;
  }

  /** Background, focus, illumination, photons and camera. */
  private void expose() {
    FloatProcessor haze = (FloatProcessor) light.duplicate();
    haze.blurGaussian(7);
    haze.multiply(0.12);
    light.blurGaussian(0.6 + 0.7 * random.nextDouble());
    light.copyBits(haze, 0, 0, Blitter.ADD);
    double background = 5 + 10 * random.nextDouble();
    double slopeX = 0.35 * (random.nextDouble() - 0.5);
    double slopeY = 0.35 * (random.nextDouble() - 0.5);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double u = 2.0 * x / side - 1;
        double v = 2.0 * y / side - 1;
        double lamp = lamp(u, v, slopeX, slopeY, 0.12);
        double photons = Math.max(0, (light.getf(x, y) + background) * lamp) * PHOTONS_A_GREY_LEVEL;
        double counted = photons + Math.sqrt(photons) * random.nextGaussian();
        light.setf(
            x, y, (float) (counted / PHOTONS_A_GREY_LEVEL + CAMERA_NOISE * random.nextGaussian()));
      }
    }
  }

  /**
   * The light of a lamp that leans to one side and falls towards the corners.
   *
   * @param u from -1 at the left to 1 at the right
   * @param v from -1 at the top to 1 at the bottom
   */
  static double lamp(double u, double v, double slopeX, double slopeY, double fall) {
    return (1 + slopeX * u + slopeY * v) * (1 - fall * (u * u + v * v));
  }

  /** The field as an 8-bit camera gives it. */
  public ByteProcessor image() {
    ByteProcessor image = new ByteProcessor(side, side);
    for (int i = 0; i < side * side; i++) {
      image.set(i, (int) Math.max(0, Math.min(255, Math.rint(light.getf(i)))));
    }
    return image;
  }

  /** The field's mask: 0 outside, 1, 2, … in the nuclei. */
  public ByteProcessor labels() {
    return labels;
  }
}
