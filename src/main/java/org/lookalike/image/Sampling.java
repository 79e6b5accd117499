package org.lookalike.image;

import java.util.Locale;

/** What a training view is. */
public enum Sampling {
  /** Chosen from the images. */
  AUTO,
  /** A whole image, resampled. */
  WHOLE,
  /** A random piece of an image. */
  PATCHES;

  /** As typed in settings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is none of that label
   */
  public static Sampling fromLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
