package org.lookalike.image;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.awt.image.IndexColorModel;

/**
 * The slices of a stack; of a hyperstack the channels at each slice and frame. What is in memory
 * stays there when the image is closed.
 */
final class ImagePlusSource implements ImageSource {
  /** Values that an array can hold. */
  private static final long LARGEST = Integer.MAX_VALUE - 8;

  private final ImageStack stack;
  private final int count;
  private final int channels;
  private final String name;
  private final boolean colours;
  private final PixelFormat format;

  ImagePlusSource(ImagePlus imp, String name) {
    this.name = name;
    stack = held(imp);
    channels = imp.getNChannels();
    count = imp.getStackSize() / channels;
    colours = imp.getType() == ImagePlus.COLOR_RGB || hasPaletteOfColours(imp);
    format = PixelFormat.of(imp, colours);
  }

  /** A stack of the same pixels, which closing the image does not empty. */
  private static ImageStack held(ImagePlus imp) {
    ImageStack open = imp.getStack();
    Object[] pixels = open.isVirtual() ? null : open.getImageArray();
    if (pixels == null) return open;
    ImageStack held = new ImageStack(imp.getWidth(), imp.getHeight());
    for (int i = 0; i < imp.getStackSize(); i++) held.addSlice(null, pixels[i]);
    held.setColorModel(imp.getProcessor().getColorModel());
    return held;
  }

  /** Whether an 8-bit image's numbers are colours of a palette and no intensities. */
  private static boolean hasPaletteOfColours(ImagePlus imp) {
    if (imp.getBitDepth() != 8 || imp.getNChannels() > 1) return false;
    if (!(imp.getProcessor().getColorModel() instanceof IndexColorModel)) return false;
    IndexColorModel palette = (IndexColorModel) imp.getProcessor().getColorModel();
    int rises = 0;
    int falls = 0;
    int before = luminance(palette.getRGB(0));
    for (int i = 1; i < palette.getMapSize(); i++) {
      int now = luminance(palette.getRGB(i));
      // A look-up table may wobble a little; a palette jumps.
      if (now > before + 8) rises++;
      if (now < before - 8) falls++;
      before = now;
    }
    return rises > 0 && falls > 0;
  }

  private static int luminance(int rgb) {
    return (299 * (rgb >> 16 & 255) + 587 * (rgb >> 8 & 255) + 114 * (rgb & 255)) / 1000;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public String nameOf(int i) {
    return name + " (" + (i + 1) + ")";
  }

  @Override
  public synchronized ChannelImage read(int i) {
    int width = stack.getWidth();
    int height = stack.getHeight();
    if ((long) format.channels() * width * height > LARGEST) {
      throw new InputException(
          String.format(
              "%s is too large to be read at once (%d x %d pixels); cut it into smaller images.",
              nameOf(i), width, height));
    }
    int plane = width * height;
    float[] values = new float[format.channels() * plane];
    if (colours) {
      ColorProcessor rgb = stack.getProcessor(i + 1).convertToColorProcessor();
      for (int p = 0; p < plane; p++) {
        int colour = rgb.get(p);
        for (int c = 0; c < 3; c++) values[c * plane + p] = colour >> (16 - 8 * c) & 255;
      }
    } else {
      for (int c = 0; c < channels; c++) {
        ImageProcessor ip = stack.getProcessor(i * channels + c + 1);
        for (int p = 0; p < plane; p++) values[c * plane + p] = ip.getf(p);
      }
    }
    return new ChannelImage(format.channels(), height, width, values);
  }

  @Override
  public PixelFormat format() {
    return format;
  }
}
