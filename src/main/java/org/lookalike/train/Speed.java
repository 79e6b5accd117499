package org.lookalike.train;

import java.util.ArrayDeque;
import java.util.Deque;

/** Images a second over the last minute; what a session begins with is no part of it. */
final class Speed {
  private static final double WINDOW_SECONDS = 60;
  private static final double MARK_SECONDS = 1;

  private final Deque<Mark> marks = new ArrayDeque<>();
  private Mark latest;

  private static final class Mark {
    final long images;
    final double seconds;

    Mark(long images, double seconds) {
      this.images = images;
      this.seconds = seconds;
    }
  }

  /** Takes note that so many images have been seen by now. */
  void add(long images, double seconds) {
    latest = new Mark(images, seconds);
    if (marks.isEmpty() || seconds - marks.getLast().seconds >= MARK_SECONDS) marks.add(latest);
    while (marks.size() > 2 && seconds - marks.getFirst().seconds > WINDOW_SECONDS) {
      marks.removeFirst();
    }
  }

  /** Forgets what was; the next note is where it is measured from. */
  void forget() {
    marks.clear();
    latest = null;
  }

  /** NaN until two notes have been taken. */
  double imagesPerSecond() {
    if (latest == null) return Double.NaN;
    Mark first = marks.getFirst();
    return (latest.images - first.images) / (latest.seconds - first.seconds);
  }

  /** Until so many images will have been seen; infinite while that is not known. */
  double secondsTo(long images) {
    double seconds = (images - (latest == null ? 0 : latest.images)) / imagesPerSecond();
    return Double.isNaN(seconds) ? Double.POSITIVE_INFINITY : Math.max(0, seconds);
  }
}
