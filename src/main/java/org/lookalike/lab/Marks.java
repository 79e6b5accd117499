package org.lookalike.lab;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;

/** Signs for modes, told apart by shape as well as by colour. */
final class Marks {
  static final BasicStroke THIN = new BasicStroke(1);
  static final double RADIUS = 10;
  private static final BasicStroke HALO = new BasicStroke(4.5f);
  private static final BasicStroke BOLD = new BasicStroke(2.5f);
  private static final float[] DASHES = {4, 4};
  private static final BasicStroke DASHED =
      new BasicStroke(2, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, DASHES, 0);

  private Marks() {}

  /** A solid ring where a mode is covered, a dashed one with a cross where it is missed. */
  static void mode(Graphics2D g, double x, double y, boolean covered) {
    Ellipse2D ring = new Ellipse2D.Double(x - RADIUS, y - RADIUS, 2 * RADIUS, 2 * RADIUS);
    g.setColor(Color.WHITE);
    g.setStroke(HALO);
    g.draw(ring);
    g.setColor(covered ? Palette.COVERED : Palette.MISSED);
    g.setStroke(covered ? BOLD : DASHED);
    g.draw(ring);
    if (covered) return;
    double arm = RADIUS / 2;
    g.setStroke(BOLD);
    g.draw(new Line2D.Double(x - arm, y - arm, x + arm, y + arm));
    g.draw(new Line2D.Double(x - arm, y + arm, x + arm, y - arm));
  }
}
