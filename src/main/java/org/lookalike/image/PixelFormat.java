package org.lookalike.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.LUT;
import java.util.Arrays;
import java.util.Base64;

/**
 * How pictures look in ImageJ (bit depth, colours, display range, calibration), so that synthetic
 * ones can look the same. Gson writes and reads its fields by name.
 */
public final class PixelFormat {
  /** Share of the intensities in use that a display range must span to be taken over. */
  private static final double LEAST_SHOWN = 0.25;

  private int bitDepth;
  private boolean rgb;
  private int channels;
  private String[] luts;
  private double[] displayMin;
  private double[] displayMax;
  private int compositeMode;
  private double pixelWidth;
  private double pixelHeight;
  private double pixelDepth;
  private String unit;
  private int function;
  private double[] coefficients;
  private String valueUnit;

  private PixelFormat() {}

  /**
   * The format of an image; {@code asRgb} for one whose colours are to be read as three channels.
   */
  static PixelFormat of(ImagePlus imp, boolean asRgb) {
    PixelFormat f = new PixelFormat();
    f.rgb = asRgb;
    f.bitDepth = asRgb ? 8 : imp.getBitDepth();
    f.channels = asRgb ? 3 : imp.getNChannels();
    if (!asRgb) f.readColours(imp);
    Calibration cal = imp.getCalibration();
    f.pixelWidth = cal.pixelWidth;
    f.pixelHeight = cal.pixelHeight;
    f.pixelDepth = cal.pixelDepth;
    f.unit = cal.getUnit();
    f.function = cal.getFunction();
    f.coefficients = cal.getCoefficients();
    f.valueUnit = cal.getValueUnit();
    return f;
  }

  private void readColours(ImagePlus imp) {
    luts = new String[channels];
    displayMin = new double[channels];
    displayMax = new double[channels];
    LUT[] tables = imp.getLuts();
    compositeMode = imp.isComposite() ? ((CompositeImage) imp).getMode() : 0;
    for (int c = 0; c < channels; c++) {
      LUT lut = c < tables.length ? tables[c] : imp.getProcessor().getLut();
      luts[c] = Base64.getEncoder().encodeToString(bytes(lut));
      displayMin[c] = channels == 1 ? imp.getDisplayRangeMin() : lut.min;
      displayMax[c] = channels == 1 ? imp.getDisplayRangeMax() : lut.max;
    }
  }

  /** The 768 bytes of a table; of a shorter one the last colour goes on. */
  private static byte[] bytes(LUT lut) {
    byte[] bytes = new byte[3 * 256];
    int last = lut.getMapSize() - 1;
    for (int i = 0; i < 256; i++) {
      int entry = Math.min(i, last);
      bytes[i] = (byte) lut.getRed(entry);
      bytes[256 + i] = (byte) lut.getGreen(entry);
      bytes[512 + i] = (byte) lut.getBlue(entry);
    }
    return bytes;
  }

  /** Gives a stack of this format's depth and channels its colours, ranges and calibration. */
  ImagePlus dress(ImagePlus plain) {
    ImagePlus imp = plain;
    Calibration cal = imp.getCalibration();
    cal.pixelWidth = pixelWidth;
    cal.pixelHeight = pixelHeight;
    cal.pixelDepth = pixelDepth;
    cal.setUnit(unit);
    if (coefficients != null || function != Calibration.NONE) {
      cal.setFunction(function, coefficients, valueUnit);
    }
    if (rgb) return imp;
    if (channels == 1) {
      imp.getProcessor().setLut(lut(0));
      if (imp.getStackSize() > 1) imp.getStack().setColorModel(lut(0));
      imp.setDisplayRange(displayMin[0], displayMax[0]);
      return imp;
    }
    int mode = compositeMode > 0 ? compositeMode : CompositeImage.COMPOSITE;
    CompositeImage composite = new CompositeImage(imp, mode);
    composite.setCalibration(cal);
    for (int c = 0; c < channels; c++) {
      composite.setChannelLut(lut(c), c + 1);
    }
    return composite;
  }

  private LUT lut(int c) {
    byte[] bytes = Base64.getDecoder().decode(luts[c]);
    byte[][] planes = new byte[3][256];
    for (int p = 0; p < 3; p++) System.arraycopy(bytes, p * 256, planes[p], 0, 256);
    LUT lut = new LUT(8, 256, planes[0], planes[1], planes[2]);
    lut.min = displayMin[c];
    lut.max = displayMax[c];
    return lut;
  }

  /** Whether numbers mean the same as in the other format, but for a constant. */
  boolean valuesShiftTo(PixelFormat other) {
    if (isLinear() && other.isLinear()) return slope() == other.slope();
    return function == other.function && Arrays.equals(coefficients, other.coefficients);
  }

  /** What numbers of this format need added to mean the same in the other. */
  double shiftTo(PixelFormat other) {
    return isLinear() ? (intercept() - other.intercept()) / slope() : 0;
  }

  /** Whether both are calibrated, and not alike. */
  boolean contradicts(PixelFormat other) {
    boolean both = function != Calibration.NONE && other.function != Calibration.NONE;
    return both && (!valuesShiftTo(other) || shiftTo(other) != 0);
  }

  /** Of two sources, by name, whose numbers do not mean the same. */
  static InputException unlikeNumbers(Object one, Object other) {
    return new InputException(
        String.format(
            "The numbers in %s and %s are calibrated differently; convert the images so that equal"
                + " numbers mean the same.",
            one, other));
  }

  /** Adds a number to others; what the format cannot hold becomes its lowest or highest. */
  void shift(float[] values, double shift) {
    if (shift == 0) return;
    double highest = bitDepth == 32 ? Double.MAX_VALUE : (1 << bitDepth) - 1;
    double lowest = bitDepth == 32 ? -Double.MAX_VALUE : 0;
    for (int p = 0; p < values.length; p++) {
      double value = values[p] + shift;
      if (bitDepth < 32) value = Math.rint(value);
      values[p] = (float) Math.max(lowest, Math.min(highest, value));
    }
  }

  private boolean isLinear() {
    return function == Calibration.NONE
        || function == Calibration.STRAIGHT_LINE && coefficients != null && slope() != 0;
  }

  private double intercept() {
    return function == Calibration.NONE ? 0 : coefficients[0];
  }

  private double slope() {
    return function == Calibration.NONE ? 1 : coefficients[1];
  }

  /** Bits per channel: 8, 16 or 32. */
  public int bitDepth() {
    return bitDepth;
  }

  /** Whether the three channels are one RGB image. */
  public boolean rgb() {
    return rgb;
  }

  public int channels() {
    return channels;
  }

  /** Size of a pixel in {@link #unit()}. */
  public double pixelWidth() {
    return pixelWidth;
  }

  public double pixelHeight() {
    return pixelHeight;
  }

  public String unit() {
    return unit;
  }

  /**
   * A copy that shows the intensities in use where the display range of the source, often that of a
   * single dark slice, would show most of them as black or white.
   */
  PixelFormat withDisplayOf(IntensityScaling scaling) {
    if (rgb) return this;
    PixelFormat f = withPixelSizeScaled(1, 1);
    f.displayMin = displayMin.clone();
    f.displayMax = displayMax.clone();
    for (int c = 0; c < channels; c++) {
      double used = scaling.high(c) - scaling.low(c);
      if (displayMax[c] - displayMin[c] >= LEAST_SHOWN * used) continue;
      f.displayMin[c] = scaling.low(c);
      f.displayMax[c] = scaling.high(c);
    }
    return f;
  }

  /** A copy with pixels {@code fx} times as wide and {@code fy} times as high. */
  public PixelFormat withPixelSizeScaled(double fx, double fy) {
    PixelFormat f = new PixelFormat();
    f.bitDepth = bitDepth;
    f.rgb = rgb;
    f.channels = channels;
    f.luts = luts;
    f.displayMin = displayMin;
    f.displayMax = displayMax;
    f.compositeMode = compositeMode;
    f.pixelWidth = pixelWidth * fx;
    f.pixelHeight = pixelHeight * fy;
    f.pixelDepth = pixelDepth;
    f.unit = unit;
    f.function = function;
    f.coefficients = coefficients;
    f.valueUnit = valueUnit;
    return f;
  }
}
