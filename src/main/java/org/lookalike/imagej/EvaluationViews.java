package org.lookalike.imagej;

import ij.ImagePlus;
import ij.gui.Plot;
import ij.measure.ResultsTable;
import java.awt.Color;
import java.util.Arrays;
import java.util.List;
import org.lookalike.metrics.Estimate;
import org.lookalike.metrics.FeatureMap;
import org.lookalike.metrics.Finding;
import org.lookalike.metrics.Gallery;
import org.lookalike.metrics.Report;

/** What ImageJ shows of an evaluation. */
final class EvaluationViews {
  private static final Color GREY = new Color(120, 120, 120);
  private static final Color BLUE = new Color(33, 102, 172);
  private static final int GAP = 2;

  private EvaluationViews() {}

  /** One row a measure, the floor beside the figure. */
  static ResultsTable table(Report report) {
    ResultsTable table = new ResultsTable();
    for (Finding finding : report.findings()) {
      if (Double.isNaN(finding.value())) continue;
      table.incrementCounter();
      table.addValue("Measure", finding.key());
      table.addValue("Value", finding.value());
      add(table, "At floor's size", "Its spread", finding.atSize());
      add(table, "Floor (real-real)", "Floor's spread", finding.floor());
      table.addValue("Images a side", finding.size() == 0 ? "" : "" + finding.size());
      table.addValue("Reading", finding.reading());
    }
    for (int column = 1; column <= 5; column++) table.setDecimalPlaces(column, 4);
    return table;
  }

  private static void add(ResultsTable table, String mean, String spread, Estimate estimate) {
    if (estimate == null) {
      table.addValue(mean, "");
      table.addValue(spread, "");
      return;
    }
    table.addValue(mean, estimate.mean());
    if (Double.isNaN(estimate.deviation())) table.addValue(spread, "");
    else table.addValue(spread, estimate.deviation());
  }

  /** A stack: on each slice a synthetic image and, right of it, the real one nearest to it. */
  static ImagePlus pairs(Gallery gallery) {
    List<Gallery.Pair> pairs = gallery.pairs();
    int size = gallery.size();
    int width = 2 * size + GAP;
    float[] pixels = new float[pairs.size() * gallery.channels() * width * size];
    Arrays.fill(pixels, -1);
    for (int i = 0; i < pairs.size(); i++) {
      for (int c = 0; c < gallery.channels(); c++) {
        for (int y = 0; y < size; y++) {
          int from = (c * size + y) * size;
          int to = ((i * gallery.channels() + c) * size + y) * width;
          System.arraycopy(pairs.get(i).synthetic(), from, pixels, to, size);
          System.arraycopy(pairs.get(i).real(), from, pixels, to + size + GAP, size);
        }
      }
    }
    ImagePlus stack =
        gallery.images().stack("Nearest pairs: synthetic, real", pixels, pairs.size(), width, size);
    int each = stack.getStackSize() / pairs.size();
    for (int i = 0; i < stack.getStackSize(); i++) {
      Gallery.Pair pair = pairs.get(i / each);
      stack
          .getStack()
          .setSliceLabel(
              String.format(
                  "%s, distance %.3g (its own nearest %.3g)",
                  pair.name(), pair.distance(), pair.ordinary()),
              i + 1);
    }
    return stack;
  }

  /** Real and synthetic images on the first two principal components. */
  static ImagePlus map(FeatureMap map) {
    Plot plot =
        new Plot("Map of features", "First principal component", "Second principal component");
    plot.setColor(GREY);
    plot.add("circle", map.reals()[0], map.reals()[1]);
    plot.setColor(BLUE);
    plot.add("x", map.synthetics()[0], map.synthetics()[1]);
    plot.setColor(Color.BLACK);
    plot.addLegend("Real\nSynthetic");
    plot.setLimitsToFit(true);
    return plot.getImagePlus();
  }
}
