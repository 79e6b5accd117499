package org.lookalike.image;

import java.util.Locale;

/** How intensities are mapped to [-1, 1]. */
public enum Intensity {
  /** Chosen from each channel's histogram. */
  AUTO,
  /** In proportion. */
  LINEAR,
  /** By the square root, which opens up dark images with a long tail. */
  SQRT;

  /** As typed in settings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is none of that label
   */
  public static Intensity fromLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
