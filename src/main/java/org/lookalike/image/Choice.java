package org.lookalike.image;

import java.util.Locale;

/** Yes, no, or whatever fits the images. */
public enum Choice {
  /** Chosen from the images. */
  AUTO,
  /** Yes. */
  ON,
  /** No. */
  OFF;

  public static Choice of(boolean wanted) {
    return wanted ? ON : OFF;
  }

  /** As typed in settings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException if there is none of that label
   */
  public static Choice fromLabel(String label) {
    return valueOf(label.toUpperCase(Locale.ROOT));
  }
}
