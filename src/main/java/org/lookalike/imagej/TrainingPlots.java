package org.lookalike.imagej;

import ij.gui.Plot;
import java.awt.Color;
import org.lookalike.gan.Quality;

/** Draws what a training measures. */
final class TrainingPlots {
  private static final Color ORANGE = new Color(230, 97, 1);
  private static final Color BLUE = new Color(33, 102, 172);
  private static final Color LIGHT_ORANGE = new Color(253, 174, 97);
  private static final Color LIGHT_BLUE = new Color(103, 169, 207);
  private static final Color GREEN = new Color(27, 120, 55);
  private static final int FEWEST = 2;

  /** KID may be negative, which a logarithmic axis cannot show. */
  private static final double LOWEST = 0.5;

  /** Two plots above each other fit beside the samples. */
  private static final int WIDTH = 520;

  private static final int HEIGHT = 230;

  private TrainingPlots() {}

  /** Losses and discriminator outputs; {@code null} while there are too few. */
  static Plot curves(CurveData data) {
    if (data.size() < FEWEST) return null;
    Plot plot = new Plot("Training curves", "Images seen", "Loss, D output");
    float[] images = data.values(row -> row.images);
    line(plot, "D loss", ORANGE, 2, images, data.values(row -> row.dLoss));
    line(plot, "G loss", BLUE, 2, images, data.values(row -> row.gLoss));
    line(plot, "D(real)", LIGHT_ORANGE, 1, images, data.values(row -> row.dReal));
    line(plot, "D(synthetic)", LIGHT_BLUE, 1, images, data.values(row -> row.dFake));
    return withLegend(plot);
  }

  /**
   * FID and KID over what real images reach, and diversity over theirs, so that 1 is as good as
   * real; {@code null} while there are too few.
   *
   * @param floors of FID and KID
   */
  static Plot quality(CurveData data, Quality floors) {
    CurveData judged = data.where(row -> !Double.isNaN(row.fid));
    if (floors == null || judged.size() < FEWEST) return null;
    Plot plot = new Plot("Quality", "Images seen", "Relative to real images");
    plot.setLogScaleY();
    float[] images = judged.values(row -> row.images);
    line(plot, "FID", ORANGE, 2, images, judged.values(row -> row.fid / floors.fidFloor()));
    line(
        plot,
        "KID",
        BLUE,
        2,
        images,
        judged.values(row -> Math.max(LOWEST, row.kid / floors.kidFloor())));
    line(plot, "Diversity", GREEN, 2, images, judged.values(row -> row.diversity));
    float[] ends = {images[0], images[images.length - 1]};
    line(plot, "As good as real", Color.GRAY, 1, ends, new float[] {1, 1});
    return withLegend(plot);
  }

  private static Plot withLegend(Plot plot) {
    plot.setFrameSize(WIDTH, HEIGHT);
    plot.setLineWidth(1);
    plot.setColor(Color.BLACK);
    plot.setLegend(null, Plot.AUTO_POSITION);
    return plot;
  }

  private static void line(Plot plot, String label, Color color, int width, float[] x, float[] y) {
    plot.setColor(color);
    plot.setLineWidth(width);
    plot.addPoints(x, y, null, Plot.LINE, label);
  }
}
