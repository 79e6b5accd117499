package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
