package org.lookalike.lab;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;

/** Signs and words in a row, from left to right. */
final class Legend {
  private static final int GAP = 11;
  private static final int SIGN = 22;
  private static final double DOT = 3;

  private final Chart chart;
  private final double y;
  private double x;

  /**
   * @param y of the signs' middle
   */
  Legend(Chart chart, double x, double y) {
    this.chart = chart;
    this.x = x;
    this.y = y;
  }

  void mode(String words, boolean covered) {
    Marks.mode(chart.graphics(), x + Marks.RADIUS, y, covered);
    add(words);
  }

  void dot(String words, Color color) {
    Graphics2D g = chart.graphics();
    Ellipse2D dot = new Ellipse2D.Double(x + SIGN - 4 * DOT, y - DOT, 2 * DOT, 2 * DOT);
    g.setColor(color);
    g.fill(dot);
    g.setColor(Palette.FRAME);
    g.setStroke(Marks.THIN);
    g.draw(dot);
    add(words);
  }

  void arrow(String words) {
    Graphics2D g = chart.graphics();
    g.setColor(Palette.ARROW);
    g.setStroke(new BasicStroke(1.5f));
    double tip = x + SIGN - 3;
    g.draw(new Line2D.Double(x + 3, y, tip, y));
    g.draw(new Line2D.Double(tip - 4, y - 3, tip, y));
    g.draw(new Line2D.Double(tip - 4, y + 3, tip, y));
    add(words);
  }

  void line(String words, Color color) {
    Graphics2D g = chart.graphics();
    g.setColor(color);
    g.setStroke(new BasicStroke(3));
    g.draw(new Line2D.Double(x + 2, y, x + SIGN - 3, y));
    add(words);
  }

  private void add(String words) {
    chart.text(words, x + SIGN + 3, y + Chart.FONT / 3.0, 0, Palette.INK);
    x += SIGN + 3 + chart.graphics().getFontMetrics().stringWidth(words) + GAP;
  }
}
