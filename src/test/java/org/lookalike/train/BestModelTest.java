package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.lookalike.gan.Quality;

class BestModelTest {
  private final BestModel best = new BestModel();

  private static Quality quality(double kid) {
    return new Quality(kid, 0.003, 0.05, 1, 1, 1, 0, 0, new double[1]);
  }

  /** Whether it is taken, and if so remembered. */
  private boolean take(double kid, long images) {
    boolean wanted = best.wants(quality(kid));
    if (wanted) best.kept(quality(kid), images);
    return wanted;
  }

  @Test
  void takesWhatIsBetterOrNotClearlyWorse() {
    assertThat(take(0.9, 1000)).isTrue();
    assertThat(take(0.4, 2000)).isTrue();
    assertThat(take(0.99, 3000)).isTrue();
    assertThat(best.images()).isEqualTo(3000);
    assertThat(best.kid()).as("the bar does not rise").isEqualTo(0.4);
    assertThat(take(1.01, 4000)).isFalse();
    assertThat(best.images()).isEqualTo(3000);
  }

  @Test
  void takesTheLatestOfThoseAsCloseAsRealImages() {
    assertThat(take(0.001, 1000)).isTrue();
    assertThat(take(0.049, 2000)).isTrue();
    assertThat(take(0.12, 3000)).isTrue();
    assertThat(take(0.13, 4000)).isFalse();
  }

  @Test
  void goesOnFromAnEarlierSession() {
    best.restore(0.4, 0.003, 2000);
    assertThat(take(1.1, 3000)).isFalse();
    assertThat(best.images()).isEqualTo(2000);
  }
}
