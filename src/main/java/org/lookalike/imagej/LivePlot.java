package org.lookalike.imagej;

import ij.gui.Plot;
import ij.gui.PlotWindow;

/**
 * An ImageJ plot that is redrawn in place. A range the user zoomed to stays; otherwise the plot
 * follows the data.
 */
final class LivePlot {
  private PlotWindow window;
  private Plot shown;
  private double[] automatic;

  /** Shows the plot in place of the one before; on the event dispatch thread. */
  void show(Plot plot) {
    if (window != null && window.isClosed()) return;
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
}
