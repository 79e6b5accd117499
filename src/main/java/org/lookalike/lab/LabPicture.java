package org.lookalike.lab;

import ij.process.ColorProcessor;
import java.awt.Rectangle;
import java.util.Locale;

/**
 * Draws a run: samples over what D thinks of every place. Needs no display.
 *
 * <pre>{@code
 * ColorProcessor picture = LabPicture.draw(LabSnapshot.of(run, run.takeRow()));
 * }</pre>
 */
public final class LabPicture {
  /** In pixels, of every picture. */
  public static final int WIDTH = 600;

  /** In pixels, of every picture. */
  public static final int HEIGHT = 600;

  static final int LEFT = 44;
  static final int TOP = 50;
  static final int SIDE = 480;
  private static final int TITLE = 19;
  private static final int SUBTITLE = 38;

  private LabPicture() {}

  /**
   * In the plane, a heat map of D's trust, arrows up its slopes, reals, samples and the modes; on
   * the line, the densities of both and D's trust.
   */
  public static ColorProcessor draw(LabSnapshot snapshot) {
    Chart chart = new Chart(WIDTH, HEIGHT, new Rectangle(LEFT, TOP, SIDE, SIDE));
    if (snapshot.mixture().dimensions() == 1) LineDrawing.draw(chart, snapshot);
    else PlaneDrawing.draw(chart, snapshot);
    chart.bold(title(snapshot), LEFT, TITLE);
    chart.text(subtitle(snapshot), LEFT, SUBTITLE, 0, Palette.INK);
    return chart.finish();
  }

  private static String title(LabSnapshot snapshot) {
    return String.format(
        Locale.ROOT,
        "Step %,d of %,d: %d of %d modes covered",
        snapshot.step(),
        snapshot.planned(),
        snapshot.coverage().modes(),
        snapshot.mixture().modes());
  }

  private static String subtitle(LabSnapshot snapshot) {
    return String.format(
        Locale.ROOT,
        "High quality %.1f %%   reverse KL %.2f   loss %s",
        100 * snapshot.coverage().highQuality(),
        snapshot.coverage().reverseKl(),
        snapshot.loss());
  }
}
