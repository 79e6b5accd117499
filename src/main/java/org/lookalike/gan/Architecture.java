package org.lookalike.gan;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/** A design of generator and discriminator. Adding one means adding a class and registering it. */
public interface Architecture {
  /** As typed in settings. */
  String name();

  /** One line for dialogs. */
  String explanation();

  /** Feature channels at full resolution where the user sets none. */
  int defaultWidth();

  /** Length of the latent vector where the user sets none. */
  int defaultLatent();

  /** Whether D has batch normalisation, which rules out per-sample gradient penalties. */
  boolean discriminatorHasBatchNormalisation();

  /**
   * From {@code [batch, latent]} to {@code [batch, channels, size, size]} in [-1, 1].
   *
   * @param seed of the initial weights
   */
  ComputationGraphConfiguration generator(NetworkShape shape, long seed);

  /** From {@code [batch, channels, size, size]} to logits {@code [batch, 1]}. */
  ComputationGraphConfiguration discriminator(NetworkShape shape, long seed);
}
