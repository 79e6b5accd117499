package org.lookalike.imagej;

import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Window;

/** Finds a place for a window where it does not hide another. */
final class WindowPlacement {
  private WindowPlacement() {}

  /** Moves a window below, left or right of another, whichever fits the screen first. */
  static void beside(Window fixed, Window moved) {
    Rectangle screen = fixed.getGraphicsConfiguration().getBounds();
    Rectangle at = fixed.getBounds();
    Point[] candidates = {
      new Point(at.x, at.y + at.height),
      new Point(at.x - moved.getWidth(), at.y),
      new Point(at.x + at.width, at.y)
    };
    for (Point candidate : candidates) {
      if (screen.contains(new Rectangle(candidate, moved.getSize()))) {
        moved.setLocation(candidate);
        return;
      }
    }
    moved.setLocation(
        Math.max(screen.x, screen.x + screen.width - moved.getWidth()),
        Math.max(screen.y, screen.y + screen.height - moved.getHeight()));
  }
}
