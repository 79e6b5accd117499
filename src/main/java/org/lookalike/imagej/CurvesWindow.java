package org.lookalike.imagej;

import ij.gui.Plot;
import ij.gui.PlotWindow;
import java.awt.Color;

/**
 * An ImageJ plot of losses and discriminator outputs, redrawn in place. A range the user zoomed to
 * stays; otherwise the plot follows the data.
 */
final class CurvesWindow {
  private static final Color ORANGE = new Color(230, 97, 1);
  private static final Color BLUE = new Color(33, 102, 172);
  private static final Color LIGHT_ORANGE = new Color(253, 174, 97);
  private static final Color LIGHT_BLUE = new Color(103, 169, 207);
  private static final int MIN_POINTS = 2;

  private PlotWindow window;
  private Plot shown;
  private double[] automatic;

  /** Draws everything anew; on the event dispatch thread. */
  void show(CurveData data) {
    if (data.size() < MIN_POINTS || window != null && window.isClosed()) return;
    Plot plot = draw(data);
    if (window == null) {
      open(plot);
    } else {
      redraw(plot);
    }
  }

  /** The open window; {@code null} before there is one. */
  PlotWindow window() {
    return window;
  }

  private void open(Plot plot) {
    window = plot.show();
    if (window == null) return;
    window.getImagePlus().setProperty(InputImages.LIVE, true);
    plot.setLimitsToFit(true);
    shown = plot;
    automatic = plot.getLimits();
  }

  /** Takes over the range of the shown plot if the user zoomed into it. */
  private void redraw(Plot plot) {
    boolean zoomed = !showsAll();
    plot.setSize(shown.getSize().width, shown.getSize().height);
    window.drawPlot(plot);
    plot.setLimitsToFit(!zoomed);
    automatic = plot.getLimits();
    if (zoomed) {
      plot.useTemplate(shown, Plot.X_RANGE | Plot.Y_RANGE);
      plot.updateImage();
    }
    shown = plot;
  }

  /** Whether all that was drawn can be seen, as at first and after the user reset the range. */
  private boolean showsAll() {
    double[] now = shown.getLimits();
    return now[0] <= automatic[0]
        && now[1] >= automatic[1]
        && now[2] <= automatic[2]
        && now[3] >= automatic[3];
  }

  private static Plot draw(CurveData data) {
    Plot plot = new Plot("Training curves", "Images seen", "Loss, D output");
    float[] images = data.values(row -> row.images);
    line(plot, "D loss", ORANGE, 2, images, data.values(row -> row.dLoss));
    line(plot, "G loss", BLUE, 2, images, data.values(row -> row.gLoss));
    line(plot, "D(real)", LIGHT_ORANGE, 1, images, data.values(row -> row.dReal));
    line(plot, "D(synthetic)", LIGHT_BLUE, 1, images, data.values(row -> row.dFake));
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
