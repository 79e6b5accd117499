package org.lookalike.train;

import java.util.Locale;

/** What the curves of a training say about the game, with the evidence and what to do. */
public final class Verdict {
  /** What can be the matter. */
  public enum Kind {
    /** Nothing is wrong. */
    HEALTHY,
    /** D cannot tell, and the samples are near the reals: as good as this game gets. */
    AT_EQUILIBRIUM,
    /** D tells everything apart with certainty, and G learns nothing from it. */
    DISCRIMINATOR_DOMINATES,
    /** D cannot tell, though the samples are far from the reals. */
    DISCRIMINATOR_BLIND,
    /** The samples vary far less than the reals. */
    MODE_COLLAPSE,
    /** The samples move about instead of nearer. */
    OSCILLATION,
    /** A loss or gradient is not finite. */
    DIVERGED,
    /** The samples are nearer to the training images than other reals are. */
    MEMORISING;

    /** As in {@code history.csv}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private final Kind kind;
  private final String evidence;
  private final String remedy;

  Verdict(Kind kind, String evidence, String remedy) {
    this.kind = kind;
    this.evidence = evidence;
    this.remedy = remedy;
  }

  public Kind kind() {
    return kind;
  }

  /** Whether something should be done about it. */
  public boolean isTrouble() {
    return kind != Kind.HEALTHY && kind != Kind.AT_EQUILIBRIUM;
  }

  /** Which figures say so. */
  public String evidence() {
    return evidence;
  }

  /** Which setting to change, and to what; empty where nothing is wrong. */
  public String remedy() {
    return remedy;
  }

  /** One line in plain words. */
  @Override
  public String toString() {
    String name = kind.label();
    String line = Character.toUpperCase(name.charAt(0)) + name.substring(1) + ": " + evidence;
    return remedy.isEmpty() ? line : line + " " + remedy;
  }
}
