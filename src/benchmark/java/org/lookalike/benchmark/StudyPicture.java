package org.lookalike.benchmark;

import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.awt.Color;
import java.io.IOException;
import org.lookalike.image.Mosaic;
import org.lookalike.image.Views;

/**
 * Real images beside synthetic ones, all shown with the same intensities; dark ones by the square
 * root of them, or one would see little.
 */
final class StudyPicture {
  private static final int COLUMNS = 10;
  private static final int ROWS = 10;
  private static final int GAP = 2;
  private static final int MIDDLE = 24;

  /** Mean of the reals, in [-1, 1], below which they are dark. */
  private static final double DARK = -0.5;

  private StudyPicture() {}

  /** A hundred of each, spread evenly over the set; reals at the left. */
  static ImageProcessor sideBySide(Views reals, Views synthetics) throws IOException {
    float[] real = some(reals);
    float[] made = some(synthetics);
    double sum = 0;
    for (float value : real) sum += value;
    if (sum / real.length < DARK) {
      brighten(real);
      brighten(made);
    }
    ImageProcessor left = mosaic(reals, real);
    ImageProcessor right = mosaic(synthetics, made);
    ImageProcessor sheet =
        new ColorProcessor(
            left.getWidth() + MIDDLE + right.getWidth(),
            Math.max(left.getHeight(), right.getHeight()));
    sheet.setColor(Color.WHITE);
    sheet.fill();
    sheet.insert(left, 0, 0);
    sheet.insert(right, left.getWidth() + MIDDLE, 0);
    return sheet;
  }

  private static ImageProcessor mosaic(Views like, float[] shown) {
    return Mosaic.draw(shown, like.channels(), like.size(), COLUMNS, GAP);
  }

  private static void brighten(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (2 * Math.sqrt((values[i] + 1) / 2) - 1);
    }
  }

  private static float[] some(Views views) throws IOException {
    int each = views.channels() * views.size() * views.size();
    int count = Math.min(views.count(), COLUMNS * ROWS);
    float[] shown = new float[count * each];
    float[] one = new float[each];
    for (int i = 0; i < count; i++) {
      views.read((int) ((long) i * views.count() / count), 1, one);
      System.arraycopy(one, 0, shown, i * each, each);
    }
    return shown;
  }
}
