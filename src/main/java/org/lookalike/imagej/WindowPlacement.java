package org.lookalike.imagej;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.Window;

/** Puts two windows where neither hides the other, as far as the screen allows. */
final class WindowPlacement {
  private WindowPlacement() {}

  /**
   * Puts {@code second} right of {@code first}, or below where the screen is too narrow. The first
   * moves only as far as the second needs.
   */
  static void arrange(Window first, Window second) {
    Rectangle screen = first.getGraphicsConfiguration().getBounds();
    Rectangle[] places = places(screen, first.getBounds(), second.getSize());
    first.setLocation(places[0].getLocation());
    second.setLocation(places[1].getLocation());
  }

  /** Puts {@code second} under {@code first}, higher where the screen ends. */
  static void below(Window first, Window second) {
    Rectangle screen = first.getGraphicsConfiguration().getBounds();
    int bottom = screen.y + screen.height - second.getHeight();
    int y = Math.min(first.getY() + first.getHeight(), bottom);
    second.setLocation(first.getX(), Math.max(screen.y, y));
  }

  static Rectangle[] places(Rectangle screen, Rectangle first, Dimension second) {
    Rectangle one = new Rectangle(first);
    Rectangle other = new Rectangle(second);
    int right = screen.x + screen.width - second.width;
    int bottom = screen.y + screen.height - second.height;
    boolean besides = first.width + second.width <= screen.width;
    if (besides) {
      one.x = Math.min(first.x, right - first.width);
      other.setLocation(one.x + one.width, first.y);
    } else {
      one.y = Math.max(screen.y, Math.min(first.y, bottom - first.height));
      other.setLocation(first.x, one.y + one.height);
    }
    one.x = Math.max(screen.x, one.x);
    other.x = Math.max(screen.x, Math.min(other.x, right));
    other.y = Math.max(screen.y, Math.min(other.y, bottom));
    return new Rectangle[] {one, other};
  }
}
