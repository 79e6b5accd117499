package org.lookalike.image;

import java.util.Collection;
import java.util.Locale;
import org.apache.commons.lang3.StringUtils;

/** Finds the name a user most likely meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate that {@code word} is the beginning of, else the one with the smallest Levenshtein
   * distance, ignoring case.
   *
   * @param candidates at least one
   */
  public static String to(String word, Collection<String> candidates) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    String lower = word.toLowerCase(Locale.ROOT);
    for (String candidate : candidates) {
      if (!lower.isEmpty() && candidate.toLowerCase(Locale.ROOT).startsWith(lower))
        return candidate;
      int distance = StringUtils.getLevenshteinDistance(lower, candidate.toLowerCase(Locale.ROOT));
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return best;
  }
}
