package org.lookalike.train;

import java.util.Collection;
import org.apache.commons.lang3.StringUtils;

/** Finds the name a user most likely meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate with the smallest Levenshtein distance to {@code word}, ignoring case.
   *
   * @param candidates at least one
   */
  public static String to(String word, Collection<String> candidates) {
    String best = null;
    int bestDistance = Integer.MAX_VALUE;
    for (String candidate : candidates) {
      int distance = StringUtils.getLevenshteinDistance(word.toLowerCase(), candidate);
      if (distance < bestDistance) {
        bestDistance = distance;
        best = candidate;
      }
    }
    return best;
  }
}
