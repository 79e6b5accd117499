package org.lookalike.lab;

import java.awt.Color;

/** Colours that people with any colour vision can tell apart (after Okabe and Ito, and PuOr). */
final class Palette {
  static final Color INK = new Color(30, 30, 30);
  static final Color FAINT = new Color(225, 225, 225);
  static final Color FRAME = new Color(120, 120, 120);
  static final Color SAMPLE = new Color(20, 20, 20);
  static final Color REAL = new Color(255, 255, 255);
  static final Color COVERED = new Color(0, 104, 76);
  static final Color MISSED = new Color(190, 0, 90);
  static final Color ARROW = new Color(70, 70, 70, 150);
  static final Color BLUE = new Color(0, 90, 160);
  static final Color ORANGE = new Color(205, 90, 0);
  static final Color GREY = new Color(110, 110, 110);

  /** From "synthetic" over undecided to "real"; light, so that black dots stand out on all. */
  private static final int[][] TRUST = {
    {84, 146, 205}, {158, 198, 230}, {244, 244, 244}, {252, 205, 150}, {240, 150, 60}
  };

  private Palette() {}

  /** Colour of D's trust, from blue at 0 over light grey to orange at 1. */
  static int trust(double trust) {
    double at = Math.max(0, Math.min(1, trust)) * (TRUST.length - 1);
    int from = Math.min(TRUST.length - 2, (int) at);
    double share = at - from;
    int rgb = 0;
    for (int k = 0; k < 3; k++) {
      double value = (1 - share) * TRUST[from][k] + share * TRUST[from + 1][k];
      rgb = rgb << 8 | (int) Math.round(value);
    }
    return rgb;
  }
}
