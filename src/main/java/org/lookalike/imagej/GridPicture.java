package org.lookalike.imagej;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.TextRoi;
import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.awt.Color;
import java.awt.Font;
import java.util.Arrays;
import java.util.Locale;
import org.lookalike.image.ImageBuilder;
import org.lookalike.train.SampleGrid;

/**
 * Real images at the left, samples at the right, each under its heading, in the colours of the real
 * images.
 */
final class GridPicture {
  private static final int GAP = 2;
  private static final int HEADER = 18;
  private static final int DIVIDER = 10;
  private static final int FONT = 12;
  private static final int SMALLEST_FONT = 7;
  private static final Color BACKGROUND = new Color(40, 40, 40);

  private final ColorProcessor pixels;
  private final int half;
  private final long images;

  /**
   * Draws a grid.
   *
   * @param builder makes pictures of values in [-1, 1]
   */
  GridPicture(ImageBuilder builder, SampleGrid grid) {
    int columns = columns(grid.count());
    int rows = (grid.count() + columns - 1) / columns;
    float[] both = sideBySide(grid, columns, rows);
    ImagePlus drawn = builder.grid("grid", both, 2 * columns * rows, 2 * columns, grid.size(), GAP);
    ImageProcessor tiles = inColour(drawn);
    images = grid.images();
    half = tiles.getWidth() / 2;
    pixels = new ColorProcessor(tiles.getWidth() + DIVIDER, tiles.getHeight() + HEADER);
    pixels.setColor(BACKGROUND);
    pixels.fill();
    pixels.insert(cut(tiles, 0, half), 0, HEADER);
    pixels.insert(cut(tiles, half, tiles.getWidth() - half), half + DIVIDER, HEADER);
  }

  /** Of each half, so that the two together are about square and rows are full if they can be. */
  private static int columns(int count) {
    int fewest = (int) Math.max(1, Math.round(Math.sqrt(count / 2.0)));
    for (int columns = fewest; columns * columns <= count; columns++) {
      if (count % columns == 0) return columns;
    }
    return fewest;
  }

  /** Rows of the picture: first the reals, then the samples of that row; made up with black. */
  private static float[] sideBySide(SampleGrid grid, int columns, int rows) {
    int length = grid.channels() * grid.size() * grid.size();
    float[] both = new float[2 * columns * rows * length];
    Arrays.fill(both, -1);
    for (int i = 0; i < grid.count(); i++) {
      int at = i / columns * 2 * columns + i % columns;
      System.arraycopy(grid.reals(), i * length, both, at * length, length);
      System.arraycopy(grid.fakes(), i * length, both, (at + columns) * length, length);
    }
    return both;
  }

  /** As ImageJ would show it, so that all bit depths and channels look right. */
  private static ImageProcessor inColour(ImagePlus image) {
    if (image instanceof CompositeImage) return new ColorProcessor(image.getImage());
    return image.getProcessor().convertToRGB();
  }

  private static ImageProcessor cut(ImageProcessor from, int x, int width) {
    from.setRoi(x, 0, width, from.getHeight());
    return from.crop();
  }

  ColorProcessor pixels() {
    return pixels;
  }

  /** The two headings. */
  Overlay headings() {
    Overlay overlay = new Overlay();
    overlay.add(heading("Real", 0));
    overlay.add(
        heading(String.format(Locale.ENGLISH, "Synthetic, %,d seen", images), half + DIVIDER));
    overlay.selectable(false);
    return overlay;
  }

  private TextRoi heading(String text, int x) {
    TextRoi roi = new TextRoi(x + 3, 1, text, new Font(Font.SANS_SERIF, Font.PLAIN, FONT));
    double width = roi.getFloatWidth();
    if (width > half - 6) {
      int smaller = (int) Math.max(SMALLEST_FONT, FONT * (half - 6) / width);
      roi = new TextRoi(x + 3, 2, text, new Font(Font.SANS_SERIF, Font.PLAIN, smaller));
    }
    roi.setStrokeColor(Color.WHITE);
    roi.setAntiAlias(true);
    return roi;
  }
}
