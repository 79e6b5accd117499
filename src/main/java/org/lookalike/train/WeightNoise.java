package org.lookalike.train;

import org.lookalike.gan.Latents;
import org.lookalike.nn.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Gaussian noise on a network's weights while a gradient is taken (Murray and Edwards 1994); the
 * step is then made from the weights without it.
 */
final class WeightNoise {
  private final Network network;
  private final double deviation;
  private final long seed;
  private final long stream;
  private final float[] noise;
  private final INDArray kept;

  /**
   * @param stream tells the networks of a game apart
   */
  WeightNoise(Network network, double deviation, long seed, long stream) {
    this.network = network;
    this.deviation = deviation;
    this.seed = seed;
    this.stream = stream;
    int n = deviation > 0 ? (int) network.parameters().length() : 0;
    noise = new float[n];
    kept = n > 0 ? network.parameters().dup() : null;
  }

  /** Adds the noise of that step. */
  void add(long step) {
    if (deviation == 0) return;
    kept.assign(network.parameters());
    Latents.fill(seed, stream, step, 1, noise.length, noise);
    for (int i = 0; i < noise.length; i++) noise[i] *= (float) deviation;
    network.parameters().addi(Nd4j.createFromArray(noise).muli(network.weightMask()));
    network.parametersChanged();
  }

  /** Takes it away again, exactly. */
  void remove() {
    if (deviation == 0) return;
    INDArray mask = network.weightMask();
    // Running statistics keep what the pass has made of them.
    network.parameters().muli(mask.rsub(1)).addi(kept.muli(mask));
    network.parametersChanged();
  }
}
