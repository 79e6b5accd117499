package org.lookalike.cli;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.nio.file.Path;
import org.lookalike.train.SampleGrid;
import org.lookalike.train.TrainingListener;

/**
 * Keeps a training's last samples and draws them: real images on the left, synthetic ones on the
 * right, both in the intensities the networks see, so that they can be compared.
 */
final class SampleSheet implements TrainingListener {
  private static final int COLUMNS = 4;
  private static final int GAP = 1;
  private static final int DIVIDER = 12;

  /** Pictures narrower than this are enlarged, pixel by pixel. */
  private static final int NARROWEST = 600;

  private static final int RGB_CHANNELS = 3;
  private static final int WHITE = 255;

  private SampleGrid last;

  @Override
  public void sampled(SampleGrid grid) {
    last = grid;
  }

  /**
   * The picture: grey for one channel, RGB for three; of any other number, the first channel.
   *
   * @throws IllegalStateException if no samples have been made
   */
  ImagePlus draw(String title) {
    if (last == null) throw new IllegalStateException("The training has made no samples.");
    int rows = (last.count() + COLUMNS - 1) / COLUMNS;
    int half = COLUMNS * (last.size() + GAP);
    ImageProcessor sheet = blank(2 * half + DIVIDER, rows * (last.size() + GAP) - GAP);
    place(sheet, last.reals(), 0);
    place(sheet, last.fakes(), half + DIVIDER);
    int zoom = (NARROWEST + sheet.getWidth() - 1) / sheet.getWidth();
    sheet.setInterpolationMethod(ImageProcessor.NONE);
    return new ImagePlus(title, sheet.resize(zoom * sheet.getWidth(), zoom * sheet.getHeight()));
  }

  /** Writes a picture as PNG. */
  static void save(ImagePlus picture, Path file) throws IOException {
    if (!new FileSaver(picture).saveAsPng(file.toString())) {
      throw new IOException(file + " could not be written");
    }
  }

  private ImageProcessor blank(int width, int height) {
    ImageProcessor sheet =
        last.channels() == RGB_CHANNELS
            ? new ColorProcessor(width, height)
            : new ByteProcessor(width, height);
    sheet.setValue(last.channels() == RGB_CHANNELS ? 0xffffff : WHITE);
    sheet.fill();
    return sheet;
  }

  private void place(ImageProcessor sheet, float[] images, int left) {
    for (int i = 0; i < last.count(); i++) {
      int x0 = left + i % COLUMNS * (last.size() + GAP);
      int y0 = i / COLUMNS * (last.size() + GAP);
      for (int y = 0; y < last.size(); y++) {
        for (int x = 0; x < last.size(); x++) {
          sheet.set(x0 + x, y0 + y, pixel(images, i, y, x));
        }
      }
    }
  }

  /** One grey value, or the three of a colour packed as ImageJ does. */
  private int pixel(float[] images, int image, int y, int x) {
    int shown = last.channels() == RGB_CHANNELS ? RGB_CHANNELS : 1;
    int value = 0;
    for (int channel = 0; channel < shown; channel++) {
      int row = (image * last.channels() + channel) * last.size() + y;
      value = value << Byte.SIZE | toByte(images[row * last.size() + x]);
    }
    return value;
  }

  /** [-1, 1] to 0..255. */
  private static int toByte(float value) {
    return Math.max(0, Math.min(WHITE, Math.round((value + 1) / 2 * WHITE)));
  }
}
