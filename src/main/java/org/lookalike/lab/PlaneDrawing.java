package org.lookalike.lab;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** Draws a run in the plane. */
final class PlaneDrawing {
  private static final double LONGEST = 0.42;
  private static final double SHORTEST = 0.06;
  private static final double HEAD = 3.5;
  private static final double SAMPLE_RADIUS = 1.7;
  private static final double REAL_RADIUS = 1.3;
  private static final int SAMPLE_ALPHA = 120;
  private static final int REAL_ALPHA = 130;
  private static final int BAR_GAP = 14;
  private static final int BAR_WIDTH = 16;
  private static final int SCALE_LABEL = 62;

  private final Chart chart;
  private final LabSnapshot snapshot;
  private final Rectangle field;
  private final Graphics2D g;

  private PlaneDrawing(Chart chart, LabSnapshot snapshot) {
    this.chart = chart;
    this.snapshot = snapshot;
    field = chart.field();
    g = chart.graphics();
  }

  static void draw(Chart chart, LabSnapshot snapshot) {
    double extent = snapshot.mixture().extent();
    chart.setLimits(-extent, extent, -extent, extent);
    PlaneDrawing drawing = new PlaneDrawing(chart, snapshot);
    chart.clip();
    drawing.heatMap();
    drawing.arrows();
    drawing.dots(snapshot.reals(), REAL_RADIUS, Palette.REAL, REAL_ALPHA);
    drawing.dots(snapshot.samples(), SAMPLE_RADIUS, Palette.SAMPLE, SAMPLE_ALPHA);
    drawing.modes();
    chart.unclip();
    chart.frame();
    double tick = Math.floor(extent);
    chart.ticksX(-tick, 0, tick);
    chart.ticksY(-tick, 0, tick);
    drawing.scale();
    drawing.legend();
  }

  private void heatMap() {
    int n = LabSnapshot.GRID;
    BufferedImage map = new BufferedImage(n, n, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < n * n; i++) {
      map.setRGB(i % n, n - 1 - i / n, Palette.trust(snapshot.trust(i)));
    }
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(map, field.x, field.y, field.width, field.height, null);
  }

  /** Lengths go with the root of the slopes, which differ by orders of magnitude. */
  private void arrows() {
    int n = LabSnapshot.ARROWS;
    double[] norms = new double[n * n];
    for (int i = 0; i < n * n; i++) norms[i] = Math.hypot(snapshot.slopeX(i), snapshot.slopeY(i));
    double[] sorted = norms.clone();
    Arrays.sort(sorted);
    double typical = sorted[n * n * 9 / 10];
    if (!(typical > 0)) return;
    double cell = (double) field.width / n;
    g.setColor(Palette.ARROW);
    g.setStroke(Marks.THIN);
    for (int i = 0; i < n * n; i++) {
      double length = LONGEST * Math.min(1, Math.sqrt(norms[i] / typical));
      if (length < SHORTEST) continue;
      double x = chart.x(snapshot.cell(i % n, n));
      double y = chart.y(snapshot.cell(i / n, n));
      double dx = cell * length * snapshot.slopeX(i) / norms[i];
      double dy = -cell * length * snapshot.slopeY(i) / norms[i];
      arrow(x - dx, y - dy, x + dx, y + dy);
    }
  }

  private void arrow(double x0, double y0, double x1, double y1) {
    double norm = Math.hypot(x1 - x0, y1 - y0);
    double ux = HEAD * (x1 - x0) / norm;
    double uy = HEAD * (y1 - y0) / norm;
    g.draw(new Line2D.Double(x0, y0, x1, y1));
    Path2D head = new Path2D.Double();
    head.moveTo(x1 + ux / 2, y1 + uy / 2);
    head.lineTo(x1 - ux - 0.6 * uy, y1 - uy + 0.6 * ux);
    head.lineTo(x1 - ux + 0.6 * uy, y1 - uy - 0.6 * ux);
    head.closePath();
    g.fill(head);
  }

  private void dots(float[] points, double radius, Color color, int alpha) {
    g.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha));
    for (int i = 0; i < points.length; i += 2) {
      double x = chart.x(points[i]);
      double y = chart.y(points[i + 1]);
      g.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
    }
  }

  private void modes() {
    for (int mode = 0; mode < snapshot.mixture().modes(); mode++) {
      double[] centre = snapshot.mixture().centre(mode);
      Marks.mode(g, chart.x(centre[0]), chart.y(centre[1]), snapshot.coverage().isCovered(mode));
    }
  }

  /** The heat map's colours with their meaning, at the right. */
  private void scale() {
    int x = field.x + field.width + BAR_GAP;
    for (int y = 0; y <= field.height; y++) {
      g.setColor(new Color(Palette.trust(1 - (double) y / field.height)));
      g.fillRect(x, field.y + y, BAR_WIDTH, 1);
    }
    g.setColor(Palette.FRAME);
    g.setStroke(Marks.THIN);
    g.drawRect(x, field.y, BAR_WIDTH, field.height);
    int text = x + BAR_WIDTH + 3;
    LogitScale scale = snapshot.scale();
    chart.text(scale.text(1), text, field.y + Chart.FONT, 0, Palette.INK);
    chart.text(scale.text(0.5), text, field.getCenterY() + Chart.FONT / 2.0, 0, Palette.INK);
    chart.text(scale.text(0), text, field.y + field.height, 0, Palette.INK);
    int label = text + Chart.FONT;
    chart.upright("real", label, field.y + SCALE_LABEL, Palette.INK);
    chart.upright(scale.title(), label, field.getCenterY() - SCALE_LABEL, Palette.INK);
    chart.upright("synthetic", label, field.y + field.height - SCALE_LABEL, Palette.INK);
  }

  private void legend() {
    Legend legend = new Legend(chart, field.x, field.y + field.height + 2 * BAR_GAP + 10);
    legend.mode("mode covered", true);
    legend.mode("mode missed", false);
    legend.dot("samples", Palette.SAMPLE);
    legend.dot("real points", Palette.REAL);
    legend.arrow("up D's slope");
  }
}
