package org.lookalike.benchmark;

import ij.process.ColorProcessor;
import ij.process.ImageProcessor;
import java.awt.Color;
import java.io.IOException;
import org.lookalike.image.Mosaic;
import org.lookalike.image.Views;

/** Real images beside synthetic ones, all shown with the same intensities. */
final class StudyPicture {
  private static final int COLUMNS = 10;
  private static final int ROWS = 10;
  private static final int GAP = 2;
  private static final int MIDDLE = 24;

  private StudyPicture() {}

  /** A hundred of each, spread evenly over the set; reals at the left. */
  static ImageProcessor sideBySide(Views reals, Views synthetics) throws IOException {
    ImageProcessor left = mosaic(reals);
    ImageProcessor right = mosaic(synthetics);
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

  private static ImageProcessor mosaic(Views views) throws IOException {
    int each = views.channels() * views.size() * views.size();
    int count = Math.min(views.count(), COLUMNS * ROWS);
    float[] shown = new float[count * each];
    float[] one = new float[each];
    for (int i = 0; i < count; i++) {
      views.read((int) ((long) i * views.count() / count), 1, one);
      System.arraycopy(one, 0, shown, i * each, each);
    }
    return Mosaic.draw(shown, views.channels(), views.size(), COLUMNS, GAP);
  }
}
