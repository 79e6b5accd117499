package org.lookalike.lab;

import ij.process.ColorProcessor;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** A white sheet with a framed field whose coordinates have units. */
final class Chart {
  static final int FONT = 12;
  private static final int TICK = 4;

  private final BufferedImage sheet;
  private final Graphics2D g;
  private final Rectangle field;
  private double left;
  private double right;
  private double bottom;
  private double top;

  /**
   * @param field where the data are to be, in pixels of the sheet
   */
  Chart(int width, int height, Rectangle field) {
    this.field = field;
    sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    g = sheet.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, width, height);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, FONT));
  }

  /** Units at the field's edges. */
  void setLimits(double left, double right, double bottom, double top) {
    this.left = left;
    this.right = right;
    this.bottom = bottom;
    this.top = top;
  }

  Rectangle field() {
    return field;
  }

  double x(double value) {
    return field.x + (value - left) / (right - left) * field.width;
  }

  double y(double value) {
    return field.y + (top - value) / (top - bottom) * field.height;
  }

  /** For what has no method here; without clip. */
  Graphics2D graphics() {
    return g;
  }

  /** Draws only inside the field until {@link #unclip()}. */
  void clip() {
    g.setClip(field);
  }

  void unclip() {
    g.setClip(null);
  }

  void frame() {
    g.setStroke(new BasicStroke(1));
    g.setColor(Palette.FRAME);
    g.drawRect(field.x, field.y, field.width, field.height);
  }

  /** Numbers below the field. */
  void ticksX(double... values) {
    for (double value : values) {
      int at = (int) Math.round(x(value));
      tick(at, field.y + field.height, 0, TICK);
      text(number(value), at, field.y + field.height + TICK + FONT, 0.5, Palette.INK);
    }
  }

  /** Numbers at the left of the field. */
  void ticksY(double... values) {
    for (double value : values) {
      int at = (int) Math.round(y(value));
      tick(field.x, at, -TICK, 0);
      text(number(value), field.x - TICK - 3, at + TICK, 1, Palette.INK);
    }
  }

  private void tick(int x, int y, int dx, int dy) {
    g.setStroke(new BasicStroke(1));
    g.setColor(Palette.FRAME);
    g.drawLine(x, y, x + dx, y + dy);
  }

  /** Whole numbers without point, thousands with commas. */
  static String number(double value) {
    if (value == Math.rint(value)) return String.format(Locale.ROOT, "%,d", (long) value);
    return String.format(Locale.ROOT, "%.3g", value).replaceAll("0+$", "");
  }

  /**
   * @param anchor share of the text that lies left of {@code x}
   */
  void text(String text, double x, double y, double anchor, Color color) {
    g.setColor(color);
    int width = g.getFontMetrics().stringWidth(text);
    g.drawString(text, (float) (x - anchor * width), (float) y);
  }

  void bold(String text, double x, double y) {
    Font plain = g.getFont();
    g.setFont(plain.deriveFont(Font.BOLD, FONT + 1));
    text(text, x, y, 0, Palette.INK);
    g.setFont(plain);
  }

  /** Upwards, its middle at that height. */
  void upright(String text, double x, double y, Color color) {
    g.rotate(-Math.PI / 2, x, y);
    text(text, x, y, 0.5, color);
    g.rotate(Math.PI / 2, x, y);
  }

  /** Connects points; a NaN leaves a gap. */
  void curve(double[] x, double[] y, Color color, float width) {
    Path2D path = new Path2D.Double();
    boolean pen = false;
    for (int i = 0; i < x.length; i++) {
      if (Double.isNaN(y[i])) {
        pen = false;
      } else if (pen) {
        path.lineTo(x(x[i]), y(y[i]));
      } else {
        path.moveTo(x(x[i]), y(y[i]));
        pen = true;
      }
    }
    g.setColor(color);
    g.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    g.draw(path);
  }

  /** The picture; nothing can be drawn afterwards. */
  ColorProcessor finish() {
    g.dispose();
    return new ColorProcessor(sheet);
  }
}
