package org.lookalike.gan;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Network;

/**
 * Generator, discriminator and the running average (EMA) of the generator, from which samples come.
 */
public final class Gan {
  private final NetworkShape shape;
  private final Architecture design;
  private final Network generator;
  private final Network discriminator;
  private final Network average;

  /**
   * New networks.
   *
   * @param seed of the initial weights
   */
  public Gan(Architecture design, NetworkShape shape, long seed) {
    this.design = design;
    this.shape = shape;
    generator = network(design.generator(shape, seed));
    discriminator = network(design.discriminator(shape, seed ^ 0x5DEECE66DL));
    average = network(design.generator(shape, seed));
  }

  static Network network(ComputationGraphConfiguration configuration) {
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return new Network(graph);
  }

  public NetworkShape shape() {
    return shape;
  }

  public Architecture design() {
    return design;
  }

  public Network generator() {
    return generator;
  }

  public Network discriminator() {
    return discriminator;
  }

  /** The generator whose parameters are the running average. */
  public Network average() {
    return average;
  }

  /** Gives back what passes need memory for; the weights stay. */
  public void releaseBuffers() {
    generator.releaseBuffers();
    discriminator.releaseBuffers();
    average.releaseBuffers();
  }

  /**
   * Moves the average towards the generator.
   *
   * @param decay share of the old average kept, in [0, 1]
   */
  public void updateAverage(double decay) {
    if (decay == 0) {
      average.parameters().assign(generator.parameters());
    } else {
      float share = (float) (1 - decay);
      HostCopy.update(
          average.parameters(),
          generator.parameters(),
          (mean, now, from, n) -> approach(mean, now, n, share));
    }
    average.parametersChanged();
  }

  private static void approach(float[] mean, float[] now, int n, float share) {
    for (int i = 0; i < n; i++) mean[i] += share * (now[i] - mean[i]);
  }
}
