package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Losses against values worked out by hand and gradients against finite differences. */
class AdversarialLossTest {
  private static final double[] A = {0.5, -1.2, 3};
  private static final double[] B = {-0.3, 0.8, -2};

  static List<String> names() {
    return AdversarialLosses.names();
  }

  @Test
  void valuesAreThoseOfThePapers() {
    double[] a = {1};
    double[] b = {-1};
    double[] g = new double[1];
    AdversarialLoss saturating = AdversarialLosses.named("non-saturating");
    assertThat(saturating.discriminator(a, b, g, g)).isCloseTo(2 * 0.3132617, within(1e-6));
    assertThat(saturating.generator(null, b, g)).isCloseTo(1.3132617, within(1e-6));
    AdversarialLoss relativistic = AdversarialLosses.named("relativistic");
    assertThat(relativistic.discriminator(a, b, g, g)).isCloseTo(0.1269280, within(1e-6));
    assertThat(relativistic.generator(a, b, g)).isCloseTo(2.1269280, within(1e-6));
    AdversarialLoss wasserstein = AdversarialLosses.named("wasserstein-gp");
    assertThat(wasserstein.discriminator(a, b, g, g)).isEqualTo(-2);
    assertThat(wasserstein.generator(null, b, g)).isEqualTo(1);
    AdversarialLoss minimax = AdversarialLosses.named("minimax");
    assertThat(minimax.discriminator(a, b, g, g)).isCloseTo(2 * 0.3132617, within(1e-6));
    assertThat(minimax.generator(null, b, g)).isCloseTo(-0.3132617, within(1e-6));
    AdversarialLoss squares = AdversarialLosses.named("least-squares");
    assertThat(squares.discriminator(new double[] {0.5}, b, g, g)).isEqualTo(0.625);
    assertThat(squares.generator(null, b, g)).isEqualTo(2);
    AdversarialLoss hinge = AdversarialLosses.named("hinge");
    assertThat(hinge.discriminator(new double[] {0.5}, new double[] {-2}, g, g)).isEqualTo(0.5);
    assertThat(hinge.generator(null, b, g)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"non-saturating", "minimax", "least-squares", "dragan"})
  void gradientsWithOtherLabelsAreThoseOfFiniteDifferences(String name) {
    LabelledLoss loss = (LabelledLoss) AdversarialLosses.named(name);
    double[] real = {0.9, 0.7, 0.1};
    double[] fake = {0.1, 0, 0.9};
    double[] da = new double[3];
    double[] db = new double[3];
    double[] none = new double[3];
    double value = loss.discriminator(A, B, real, fake, da, db);
    double h = 1e-6;
    for (int i = 0; i < 3; i++) {
      double[] a2 = A.clone();
      double[] b2 = B.clone();
      a2[i] += h;
      b2[i] += h;
      double byA = (loss.discriminator(a2, B, real, fake, none, none.clone()) - value) / h;
      double byB = (loss.discriminator(A, b2, real, fake, none, none.clone()) - value) / h;
      assertThat(da[i]).isCloseTo(byA, within(1e-5));
      assertThat(db[i]).isCloseTo(byB, within(1e-5));
    }
  }

  @Test
  void labelsAreSmoothedDrawnAndFlipped() {
    double[] real = new double[2000];
    double[] fake = new double[2000];
    new Labels(TrainSettings.parse("real_label=0.9 fake_label=0.1 flip_labels=0.25"))
        .draw(3, real, fake);
    long flipped = Arrays.stream(real).filter(label -> label == 0.1).count();
    assertThat(flipped / 2000.0).isCloseTo(0.25, within(0.04));
    assertThat(Arrays.stream(real).filter(label -> label == 0.9).count() + flipped).isEqualTo(2000);
    new Labels(TrainSettings.parse("noisy_labels=true")).draw(3, real, fake);
    assertThat(Arrays.stream(real).min().getAsDouble()).isBetween(0.7, 0.71);
    assertThat(Arrays.stream(fake).max().getAsDouble()).isBetween(0.29, 0.3);
    assertThat(new Labels(TrainSettings.defaults()).areAltered()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("names")
  void gradientsAreThoseOfFiniteDifferences(String name) {
    AdversarialLoss loss = AdversarialLosses.named(name);
    double[] da = new double[3];
    double[] db = new double[3];
    double[] gb = new double[3];
    double[] none = new double[3];
    loss.discriminator(A, B, da, db);
    loss.generator(A, B, gb);
    double h = 1e-6;
    for (int i = 0; i < 3; i++) {
      double[] a2 = A.clone();
      double[] b2 = B.clone();
      a2[i] += h;
      b2[i] += h;
      double d = loss.discriminator(A, B, none, none.clone());
      double byA = (loss.discriminator(a2, B, none, none.clone()) - d) / h;
      double byB = (loss.discriminator(A, b2, none, none.clone()) - d) / h;
      double generatorByB = (loss.generator(A, b2, none) - loss.generator(A, B, none)) / h;
      assertThat(da[i]).isCloseTo(byA, within(1e-5));
      assertThat(db[i]).isCloseTo(byB, within(1e-5));
      assertThat(gb[i]).isCloseTo(generatorByB, within(1e-5));
    }
  }

  @Test
  void extremeLogitsStayFinite() {
    double[] huge = {1e4};
    double[] low = {-1e4};
    for (AdversarialLoss loss :
        new AdversarialLoss[] {
          AdversarialLosses.named("relativistic"), AdversarialLosses.named("non-saturating")
        }) {
      double[] g = new double[1];
      assertThat(loss.discriminator(low, huge, g, g)).isFinite();
      assertThat(loss.generator(huge, low, g)).isFinite();
      assertThat(g[0]).isFinite();
    }
  }
}
