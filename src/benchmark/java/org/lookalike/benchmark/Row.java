package org.lookalike.benchmark;

import java.util.List;

/** One kind of work that is timed. */
final class Row {
  private static final String DCGAN =
      "size=64 architecture=dcgan loss=non-saturating batch=32 learning_rate_d=2e-4"
          + " learning_rate_g=2e-4 beta1=0.5 beta2=0.999";
  static final String LIGHT64 = "size=64";
  private static final String LIGHT128 = "size=128";
  private static final String CRITIC64 = "size=64 loss=wasserstein-gp";
  private static final String LAB =
      "points loss=non-saturating r1=0 r2=0 batch=100 learning_rate_d=1e-4 learning_rate_g=1e-4"
          + " beta1=0.8 beta2=0.999";

  static final List<Row> ALL =
      List.of(
          new Row("d-step-dcgan64", DCGAN, "d", 4),
          new Row("g-step-dcgan64", DCGAN, "g", 4),
          new Row("generate1000-dcgan64", DCGAN, "generate", 1),
          new Row("step-light64", LIGHT64, "step", 8),
          new Row("step-light128", LIGHT128, "step", 4),
          new Row("generate1000-light128", LIGHT128, "generate", 1),
          new Row("step-wgan-gp64", CRITIC64, "step", 4),
          new Row("lab-step", LAB, "step", 20));

  final String name;

  /** Of the networks and their game, but for the precision. */
  final String settings;

  /** What {@link Side#times} is asked for. */
  final String what;

  /** In one turn; of steps a multiple of four, as every fourth has penalties. */
  final int repetitions;

  private Row(String name, String settings, String what, int repetitions) {
    this.name = name;
    this.settings = settings;
    this.what = what;
    this.repetitions = repetitions;
  }

  /** Whether convolutions are trained, which alone may be rounded to bfloat16. */
  boolean mayRound() {
    return !what.equals("generate") && !settings.equals(LAB);
  }
}
