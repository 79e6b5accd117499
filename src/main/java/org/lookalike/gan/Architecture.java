package org.lookalike.gan;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.lookalike.gan.NetworkOptions.Minibatch;
import org.lookalike.gan.NetworkOptions.Normalisation;

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

  /** G's normalisation where the user chooses none. */
  Normalisation generatorNormalisation();

  /** D's normalisation where the user chooses none. */
  Normalisation discriminatorNormalisation();

  /** How D compares images where the user chooses nothing. */
  Minibatch minibatch();

  /**
   * What the networks are like where the user chooses nothing.
   *
   * @param dark whether the images have a dark background with few bright pixels
   */
  default NetworkOptions usualOptions(boolean dark) {
    return new NetworkOptions();
  }

  /** The same options, with what the networks have where these leave it to the architecture. */
  default NetworkOptions complete(NetworkOptions options) {
    return options
        .withNormalisationG(options.normalisationG(generatorNormalisation()))
        .withNormalisationD(options.normalisationD(discriminatorNormalisation()))
        .withMinibatch(options.minibatch(minibatch()));
  }

  /** Whether layers of the discriminator are such that unrolling can be exact. */
  default boolean hasCurvature() {
    return false;
  }

  /**
   * From {@code [batch, latent]} to {@code [batch, channels, size, size]} in [-1, 1].
   *
   * @param seed of the initial weights
   */
  ComputationGraphConfiguration generator(NetworkShape shape, long seed);

  /**
   * From {@code [packs, pack * channels, size, size]} to {@code [packs, outputs]}; the first output
   * is the logit.
   */
  ComputationGraphConfiguration discriminator(NetworkShape shape, long seed);
}
