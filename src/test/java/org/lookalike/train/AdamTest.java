package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.lookalike.gan.NetworkShape;
import org.lookalike.gan.PointNets;
import org.lookalike.nn.Network;
import org.nd4j.linalg.factory.Nd4j;

class AdamTest {
  private static final double BETA1 = 0.8;
  private static final double BETA2 = 0.99;
  private static final double RATE = 0.01;

  private final Network network =
      Game.begin(
              PointNets.published(),
              new NetworkShape(1, 2, 2, 80),
              0,
              TrainSettings.parse("batch=16 r1=0 r2=0 loss=non-saturating"))
          .gan()
          .discriminator();
  private final int n = (int) network.parameters().length();
  private final Adam adam = new Adam(network, BETA1, BETA2, 0);

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.8})
  void stepsAreThoseOfThePaper(double beta1) {
    Adam adam = new Adam(network, beta1, BETA2, 0);
    Random random = new Random(2);
    double[] expected = network.parameters().toDoubleVector();
    double[] m = new double[n];
    double[] v = new double[n];
    for (int step = 1; step <= 3; step++) {
      float[] g = new float[n];
      for (int i = 0; i < n; i++) g[i] = (float) random.nextGaussian();
      network.gradients().assign(Nd4j.createFromArray(g));
      adam.step(RATE);
      // The faster order of the end of the paper's section 2.
      double corrected = RATE * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(beta1, step));
      for (int i = 0; i < n; i++) {
        m[i] = beta1 * m[i] + (1 - beta1) * g[i];
        v[i] = BETA2 * v[i] + (1 - BETA2) * g[i] * g[i];
        expected[i] -= corrected * m[i] / (Math.sqrt(v[i]) + 1e-8);
      }
    }
    assertThat(n).isGreaterThan(10_000);
    assertThat(network.parameters().toDoubleVector()).containsExactly(expected, within(1e-6));
    for (int i = 0; i < n; i++) assertThat((double) adam.second()[i]).isCloseTo(v[i], within(1e-6));
  }

  /** As in the lab, where settings change in the middle. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.8})
  void anotherGoesOnFromTheMeans(double beta1) {
    Adam before = new Adam(network, beta1, BETA2, 0);
    network.gradients().assign(1e-3);
    before.step(RATE);
    adam.takeOver(before);
    assertThat(adam.first()).containsOnly((float) (1 - beta1) * 1e-3f);
    assertThat(adam.second()).isEqualTo(before.second());
    assertThat(adam.steps()).isEqualTo(1);
  }

  @Test
  void noMeanOfAWeightThatLostItsGradientBecomesDenormal() {
    network.gradients().assign(1e-3);
    adam.step(RATE);
    assertThat(adam.first()).containsOnly((float) (1 - BETA1) * 1e-3f);
    network.gradients().assign(0);
    for (int i = 0; i < 500; i++) adam.step(RATE);
    for (float mean : adam.first()) {
      if (mean != 0) assertThat(mean).isBetween(1e-28f, 1e-26f);
    }
  }
}
