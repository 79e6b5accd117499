package org.lookalike.lab;

import java.util.Arrays;
import java.util.Locale;
import org.lookalike.train.AdversarialLoss;
import org.lookalike.train.AdversarialLosses;

/**
 * From D's logits to what it trusts, 0 to 1. Where logits are log odds, that is D's probability of
 * a real; a critic's scores have neither zero nor unit, so the scores in sight span the scale.
 */
final class LogitScale {
  /** Single scores far from all others are to leave the others apart. */
  private static final double CUT = 0.02;

  /** Narrower spans are noise: then D trusts everything alike. */
  private static final double NARROWEST = 1e-3;

  private enum Kind {
    LOG_ODDS,
    TARGETS,
    SCORES
  }

  private final Kind kind;
  private final double lowest;
  private final double highest;

  private LogitScale(Kind kind, double lowest, double highest) {
    this.kind = kind;
    this.lowest = lowest;
    this.highest = highest;
  }

  /**
   * @param loss its name
   * @param logits all in sight
   */
  static LogitScale of(String loss, double[] logits) {
    AdversarialLoss named = AdversarialLosses.named(loss);
    if (named.boundary() != 0) return new LogitScale(Kind.TARGETS, 0, 2 * named.boundary());
    if (!named.isCritic()) return new LogitScale(Kind.LOG_ODDS, 0, 1);
    double[] sorted = logits.clone();
    Arrays.sort(sorted);
    int cut = (int) (CUT * sorted.length);
    double low = sorted[cut];
    double high = sorted[sorted.length - 1 - cut];
    double middle = (low + high) / 2;
    double half = Math.max(NARROWEST, high - low) / 2;
    return new LogitScale(Kind.SCORES, middle - half, middle + half);
  }

  double trust(double logit) {
    if (kind == Kind.LOG_ODDS) return 1 / (1 + Math.exp(-logit));
    return Math.max(0, Math.min(1, (logit - lowest) / (highest - lowest)));
  }

  /** What a trust of 0, 0.5 or 1 is called on a scale. */
  String text(double trust) {
    double value = lowest + trust * (highest - lowest);
    return String.format(Locale.ROOT, kind == Kind.SCORES ? "%.2g" : "%.1f", value);
  }

  /** What the scale shows. */
  String title() {
    return kind == Kind.SCORES ? "D's score" : "D(x)";
  }
}
