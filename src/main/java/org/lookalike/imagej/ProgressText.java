package org.lookalike.imagej;

import java.util.Locale;
import org.lookalike.train.Progress;

/** How a training comes along, in a few words. */
final class ProgressText {
  private static final String UNKNOWN = "\u2013";

  private ProgressText() {}

  /** For example {@code 12,300 images · 85 images/s · 7:05 left}. */
  static String of(Progress progress) {
    return String.format(
        Locale.ENGLISH,
        "%,d images \u00b7 %s images/s \u00b7 %s left",
        progress.images(),
        speed(progress.imagesPerSecond()),
        time(progress.secondsLeft()));
  }

  private static String speed(double imagesPerSecond) {
    if (Double.isNaN(imagesPerSecond)) return UNKNOWN;
    return String.format(Locale.ENGLISH, imagesPerSecond < 10 ? "%.1f" : "%.0f", imagesPerSecond);
  }

  /** Minutes and seconds, hours if need be; a dash for what is not known. */
  static String time(double seconds) {
    if (Double.isNaN(seconds) || Double.isInfinite(seconds)) return UNKNOWN;
    long s = Math.max(0, Math.round(seconds));
    return s < 3600
        ? String.format("%d:%02d", s / 60, s % 60)
        : String.format("%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }
}
