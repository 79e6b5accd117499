package org.lookalike.imagej;

import java.awt.Dimension;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Window;

/** Finds a place for a window where it does not hide another. */
final class WindowPlacement {
  private WindowPlacement() {}

  /** Moves a window below, left or right of another, where it hides the least of it. */
  static void beside(Window fixed, Window moved) {
    Rectangle screen = fixed.getGraphicsConfiguration().getBounds();
    Rectangle at = fixed.getBounds();
    int left = at.x - moved.getWidth();
    Point[] candidates = {
      new Point(at.x, at.y + at.height),
      new Point(left, at.y + at.height - moved.getHeight()),
      new Point(at.x + at.width, at.y)
    };
    Point best = null;
    long leastHidden = Long.MAX_VALUE;
    for (Point candidate : candidates) {
      Point place = inside(screen, candidate, moved.getSize());
      Rectangle hidden = at.intersection(new Rectangle(place, moved.getSize()));
      long area = hidden.isEmpty() ? 0 : (long) hidden.width * hidden.height;
      if (area < leastHidden) {
        leastHidden = area;
        best = place;
      }
    }
    moved.setLocation(best);
  }

  private static Point inside(Rectangle screen, Point place, Dimension size) {
    int right = screen.x + screen.width - size.width;
    int bottom = screen.y + screen.height - size.height;
    return new Point(
        Math.max(screen.x, Math.min(place.x, right)),
        Math.max(screen.y, Math.min(place.y, bottom)));
  }
}
