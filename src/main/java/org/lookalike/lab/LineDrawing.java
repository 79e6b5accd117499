package org.lookalike.lab;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/** Draws a run on the line: both densities, and D's trust on the scale at the right. */
final class LineDrawing {
  /** Samples that all lie on one mode as the reals do reach just that. */
  private static final double HIGHEST = 1.25;

  /** Of the samples' histogram: half a mode's deviation, which widens it by a tenth. */
  private static final double BANDWIDTH = 0.15;

  private static final int FILL = 90;
  private static final int MARK = 18;
  private static final int LEGEND = 38;

  /** Leaves room for the marks above a trust of 1. */
  private static final double MAX_TRUST = 1.1;

  private static final double[] DENSITY_TICKS = {0, 0.5, 1};

  private final Chart chart;
  private final LabSnapshot snapshot;
  private final double extent;

  private LineDrawing(Chart chart, LabSnapshot snapshot) {
    this.chart = chart;
    this.snapshot = snapshot;
    extent = snapshot.mixture().extent();
  }

  static void draw(Chart chart, LabSnapshot snapshot) {
    new LineDrawing(chart, snapshot).draw();
  }

  private void draw() {
    double[] x = new double[LabSnapshot.LINE];
    double[] data = new double[x.length];
    double[] trust = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = snapshot.place(i, x.length);
      data[i] = snapshot.mixture().density(x[i]);
      trust[i] = snapshot.trust(i);
    }
    double[] model = density(x);
    chart.setLimits(-extent, extent, 0, HIGHEST);
    chart.clip();
    fill(x, data, Palette.GREY);
    fill(x, model, Palette.ORANGE);
    chart.curve(x, data, Palette.GREY, 2);
    chart.curve(x, model, Palette.ORANGE, 3);
    chart.unclip();
    chart.ticksX(-5, 0, 5);
    chart.ticksY(DENSITY_TICKS);
    chart.setLimits(-extent, extent, 0, MAX_TRUST);
    chart.clip();
    chart.curve(x, trust, Palette.BLUE, 3);
    modes();
    chart.unclip();
    chart.frame();
    trustTicks();
    legend();
  }

  /** The samples' histogram, smoothed by a Gaussian. */
  private double[] density(double[] x) {
    float[] samples = snapshot.samples();
    double[] density = new double[x.length];
    double unit = samples.length * BANDWIDTH * Math.sqrt(2 * Math.PI);
    for (int i = 0; i < x.length; i++) {
      for (float sample : samples) {
        double u = (x[i] - sample) / BANDWIDTH;
        density[i] += Math.exp(-0.5 * u * u) / unit;
      }
    }
    return density;
  }

  private void fill(double[] x, double[] y, Color color) {
    Path2D area = new Path2D.Double();
    area.moveTo(chart.x(x[0]), chart.y(0));
    for (int i = 0; i < x.length; i++) area.lineTo(chart.x(x[i]), chart.y(y[i]));
    area.lineTo(chart.x(x[x.length - 1]), chart.y(0));
    Graphics2D g = chart.graphics();
    g.setColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), FILL));
    g.fill(area);
  }

  private void modes() {
    for (int mode = 0; mode < snapshot.mixture().modes(); mode++) {
      double at = chart.x(snapshot.mixture().centre(mode)[0]);
      boolean covered = snapshot.coverage().isCovered(mode);
      Marks.mode(chart.graphics(), at, chart.field().y + MARK, covered);
    }
  }

  private void trustTicks() {
    int right = chart.field().x + chart.field().width;
    LogitScale scale = snapshot.scale();
    for (double trust : new double[] {0, 0.5, 1}) {
      chart.text(scale.text(trust), right + 5, chart.y(trust) + 4, 0, Palette.BLUE);
    }
    chart.upright(scale.title(), right + 3 * Chart.FONT, chart.y(0.75), Palette.BLUE);
  }

  private void legend() {
    Legend legend =
        new Legend(chart, chart.field().x, chart.field().y + chart.field().height + LEGEND);
    legend.mode("mode covered", true);
    legend.mode("mode missed", false);
    legend.line("real density", Palette.GREY);
    legend.line("samples", Palette.ORANGE);
    legend.line(snapshot.scale().title(), Palette.BLUE);
  }
}
