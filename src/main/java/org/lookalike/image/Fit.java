package org.lookalike.image;

import java.util.Locale;

/** How a whole image that is not square becomes so. */
public enum Fit {
  /** The largest square in its centre is used. */
  CROP,
  /** It is squeezed. */
  STRETCH;

  /** As typed in settings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is none of that label
   */
  public static Fit fromLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
