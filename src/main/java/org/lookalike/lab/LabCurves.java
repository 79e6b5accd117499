package org.lookalike.lab;

import ij.process.ColorProcessor;
import java.awt.Color;
import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a run measured, against its steps. Not for several threads.
 *
 * <pre>{@code
 * LabCurves curves = new LabCurves(run.mixture(), run.planned());
 * while (run.step()) curves.add(LabSnapshot.of(run, run.takeRow()));
 * ColorProcessor picture = curves.draw(600, 260);
 * }</pre>
 */
public final class LabCurves {
  private static final int LEFT = 44;
  private static final int RIGHT = 48;
  private static final int TOP = 30;
  private static final int BOTTOM = 24;

  /** Below the field, where the numbers are. */
  private static final int TICKS = 16;

  /** One over the highest value, so that curves at 1 are not hidden by the frame. */
  private static final double HEADROOM = 1.06;

  private static final class Row {
    final int step;
    final double modes;
    final double highQuality;
    final double reverseKl;
    final double accuracy;

    Row(LabSnapshot snapshot) {
      step = snapshot.step();
      modes = (double) snapshot.coverage().modes() / snapshot.mixture().modes();
      highQuality = snapshot.coverage().highQuality();
      reverseKl = snapshot.coverage().reverseKl();
      accuracy = snapshot.accuracy();
    }
  }

  private final List<Row> rows = new ArrayList<>();
  private final int modes;
  private final int planned;

  /**
   * Curves of a run that is to come.
   *
   * @param steps that are planned
   */
  public LabCurves(Mixture mixture, int steps) {
    modes = mixture.modes();
    planned = steps;
  }

  /** Adds a measurement. */
  public void add(LabSnapshot snapshot) {
    rows.add(new Row(snapshot));
  }

  /** The number of measurements. */
  public int size() {
    return rows.size();
  }

  /**
   * Shares of the modes covered, of samples of high quality and of points that D judges right, on
   * the scale at the left; reverse KL on that at the right.
   *
   * @param width in pixels, at least 300
   * @param height in pixels, at least 150
   */
  public ColorProcessor draw(int width, int height) {
    Rectangle field = new Rectangle(LEFT, TOP, width - LEFT - RIGHT, height - TOP - BOTTOM);
    Chart chart = new Chart(width, height, field);
    double[] steps = values(row -> row.step);
    double worst = Math.max(1, Math.ceil(Math.log(modes) * 2) / 2);
    chart.setLimits(0, planned, 0, HEADROOM);
    grid(chart, planned);
    chart.clip();
    chart.curve(steps, values(row -> row.accuracy), Palette.GREY, 1.5f);
    chart.setLimits(0, planned, 0, HEADROOM * worst);
    chart.curve(steps, values(row -> row.reverseKl), Palette.BLUE, 2);
    chart.setLimits(0, planned, 0, HEADROOM);
    chart.curve(steps, values(row -> row.highQuality), Palette.ORANGE, 2);
    chart.curve(steps, values(row -> row.modes), Palette.COVERED, 2.5f);
    chart.unclip();
    chart.frame();
    chart.ticksX(0, planned);
    chart.ticksY(0, 0.5, 1);
    for (double share : new double[] {0, 0.5, 1}) {
      chart.text(
          Chart.number(share * worst),
          field.x + field.width + 5,
          chart.y(share) + 4,
          0,
          Palette.BLUE);
    }
    chart.text("steps", field.getCenterX(), chart.y(0) + TICKS, 0.5, Palette.INK);
    Legend legend = new Legend(chart, LEFT, TOP / 2.0);
    legend.line("modes / " + modes, Palette.COVERED);
    legend.line("high quality", Palette.ORANGE);
    legend.line("reverse KL", Palette.BLUE);
    legend.line("D's accuracy", Palette.GREY);
    return chart.finish();
  }

  private static void grid(Chart chart, double planned) {
    Color faint = Palette.FAINT;
    for (double y : new double[] {0.5, 1}) {
      chart.curve(new double[] {0, planned}, new double[] {y, y}, faint, 1);
    }
  }

  private double[] values(ToDoubleFunction<Row> of) {
    return rows.stream().mapToDouble(of).toArray();
  }
}
