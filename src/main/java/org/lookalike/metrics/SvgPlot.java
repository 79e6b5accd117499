package org.lookalike.metrics;

import java.util.Arrays;
import java.util.Locale;

/** The two plots of a report's page, as SVG. */
final class SvgPlot {
  private static final int WIDTH = 500;
  private static final int HEIGHT = 380;
  private static final int MARGIN = 44;
  private static final String REAL = "#8a8a8a";
  private static final String SYNTHETIC = "#2166ac";
  private static final int STEPS = 200;

  private final StringBuilder svg = new StringBuilder();
  private final double x0;
  private final double x1;
  private final double y0;
  private final double y1;

  private SvgPlot(double x0, double x1, double y0, double y1) {
    this.x0 = x0;
    this.x1 = x1 > x0 ? x1 : x0 + 1;
    this.y0 = y0;
    this.y1 = y1 > y0 ? y1 : y0 + 1;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d"
            + " %d\" font-family=\"Helvetica,Arial,sans-serif\" font-size=\"12\">",
        WIDTH, HEIGHT, WIDTH, HEIGHT);
    add(
        "<rect x=\"%d\" y=\"10\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#444\"/>",
        MARGIN, WIDTH - MARGIN - 10, HEIGHT - MARGIN - 10);
    add("<circle cx=\"%d\" cy=\"26\" r=\"4\" fill=\"%s\"/>", MARGIN + 14, REAL);
    add("<text x=\"%d\" y=\"30\">real</text>", MARGIN + 24);
    add("<circle cx=\"%d\" cy=\"44\" r=\"4\" fill=\"%s\"/>", MARGIN + 14, SYNTHETIC);
    add("<text x=\"%d\" y=\"48\">synthetic</text>", MARGIN + 24);
  }

  private void add(String format, Object... values) {
    svg.append(String.format(Locale.ROOT, format, values)).append('\n');
  }

  private double x(double value) {
    return MARGIN + (value - x0) / (x1 - x0) * (WIDTH - MARGIN - 10);
  }

  private double y(double value) {
    return HEIGHT - MARGIN - (value - y0) / (y1 - y0) * (HEIGHT - MARGIN - 10);
  }

  private String end(String xLabel, String yLabel) {
    add(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
        (WIDTH + MARGIN) / 2, HEIGHT - 8, xLabel);
    add(
        "<text x=\"14\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 14 %d)\">%s</text>",
        (HEIGHT - MARGIN) / 2, (HEIGHT - MARGIN) / 2, yLabel);
    add("</svg>");
    return svg.toString();
  }

  /**
   * @param reals {@code [2][n]}
   * @param synthetics {@code [2][n]}
   */
  static String scatter(double[][] reals, double[][] synthetics) {
    double[] xs = range(reals[0], synthetics[0]);
    double[] ys = range(reals[1], synthetics[1]);
    SvgPlot plot = new SvgPlot(xs[0], xs[1], ys[0], ys[1]);
    plot.points(reals, REAL);
    plot.points(synthetics, SYNTHETIC);
    return plot.end("first principal component", "second principal component");
  }

  private void points(double[][] points, String color) {
    for (int i = 0; i < points[0].length; i++) {
      add(
          "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.4\" fill=\"%s\" fill-opacity=\"0.55\"/>",
          x(points[0][i]), y(points[1][i]), color);
    }
  }

  private static double[] range(double[] a, double[] b) {
    double low = Math.min(Arrays.stream(a).min().orElse(0), Arrays.stream(b).min().orElse(0));
    double high = Math.max(Arrays.stream(a).max().orElse(1), Arrays.stream(b).max().orElse(1));
    double margin = 0.04 * (high - low);
    return new double[] {low - margin, high + margin};
  }

  /** What all but the farthest hundredth lie below, so that those do not squeeze the rest. */
  private static double most(double[] distances) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    return 1.05 * sorted[(int) (0.99 * (sorted.length - 1))];
  }

  /** Cumulative distributions. */
  static String distributions(double[] reals, double[] synthetics) {
    SvgPlot plot = new SvgPlot(0, Math.max(most(reals), most(synthetics)), 0, 1);
    for (double share = 0; share <= 1; share += 0.25) {
      plot.add(
          "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%.0f %%</text>",
          MARGIN - 4, plot.y(share) + 4, 100 * share);
    }
    double high = plot.x1;
    for (int i = 1; i <= 4; i++) {
      plot.add(
          "<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%.3g</text>",
          plot.x(high * i / 4.4), HEIGHT - MARGIN + 16, high * i / 4.4);
    }
    plot.curve(reals, REAL);
    plot.curve(synthetics, SYNTHETIC);
    return plot.end("distance in feature space", "");
  }

  private void curve(double[] distances, String color) {
    double[] sorted = distances.clone();
    Arrays.sort(sorted);
    StringBuilder path = new StringBuilder();
    for (int i = 0; i <= STEPS; i++) {
      double value = x1 * i / STEPS;
      int below = Arrays.binarySearch(sorted, value);
      if (below < 0) below = -below - 1;
      path.append(
          String.format(
              Locale.ROOT,
              "%s%.1f,%.1f",
              i == 0 ? "M" : "L",
              x(value),
              y(below / (double) sorted.length)));
    }
    add("<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>", path, color);
  }
}
