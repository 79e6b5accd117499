package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lookalike.gan.Quality;

/** On discs of random places, sizes and brightness, some of them blurred. */
class LiveQualityTest {
  private static final int SIZE = 32;
  private static final int EACH = SIZE * SIZE;

  private final LiveQuality judge = new LiveQuality();

  @AfterEach
  void close() {
    judge.close();
  }

  private static float[] discs(int n, long seed, double softness) {
    Random random = new Random(seed);
    float[] images = new float[n * EACH];
    for (int i = 0; i < n; i++) {
      double x = SIZE * random.nextDouble();
      double y = SIZE * random.nextDouble();
      double radius = 4 + 4 * random.nextDouble();
      double bright = 0.5 + 1.5 * random.nextDouble();
      for (int p = 0; p < EACH; p++) {
        double inside = radius - Math.hypot(p % SIZE - x, p / SIZE - y);
        images[i * EACH + p] = (float) (bright / (1 + Math.exp(-inside / softness)) - 1);
      }
    }
    return images;
  }

  private static final double SHARP = 0.3;
  private static final double BLURRED = 3;

  @Test
  void newImagesOfTheKindAreAsCloseAsRealOnes() {
    int n = judge.count();
    judge.begin(discs(n, 1, SHARP), discs(n, 2, SHARP), 1, SIZE);
    Quality good = judge.judge(discs(n, 3, SHARP));
    assertThat(good.kid()).isLessThan(good.kidFloor());
    assertThat(good.fid() / good.fidFloor()).isBetween(0.7, 1.4);
    assertThat(good.diversity()).isBetween(0.9, 1.1);
    assertThat(good.copying()).isGreaterThan(-3);
    Quality blurred = judge.judge(discs(n, 3, BLURRED));
    assertThat(blurred.kid()).isGreaterThan(2 * blurred.kidFloor());
    assertThat(blurred.fid()).isGreaterThan(1.5 * blurred.fidFloor());
  }

  /** FID falls with the number of images: the floor is that of as many. */
  @Test
  void fewImagesThatAreTrainedOnHaveAFloorOfTheirOwnNumber() {
    int n = judge.count();
    float[] few = discs(64, 1, SHARP);
    float[] drawn = new float[n * EACH];
    for (int i = 0; i < n; i++) System.arraycopy(few, i % 64 * EACH, drawn, i * EACH, EACH);
    judge.begin(new float[0], drawn, 1, SIZE);
    Quality good = judge.judge(discs(n, 3, SHARP));
    assertThat(good.fid() / good.fidFloor()).isBetween(0.7, 1.4);
    Quality copies = judge.judge(drawn);
    assertThat(copies.copying()).as("far below 0 for copies").isLessThan(-5);
    assertThat(copies.nearness()).isGreaterThan(0.9);
  }

  @Test
  void oneImageOverAndOverHasNoDiversity() {
    int n = judge.count();
    judge.begin(discs(n, 1, SHARP), discs(n, 2, SHARP), 1, SIZE);
    float[] same = new float[n * EACH];
    float[] one = Arrays.copyOf(discs(1, 3, SHARP), EACH);
    for (int i = 0; i < n; i++) System.arraycopy(one, 0, same, i * EACH, EACH);
    assertThat(judge.judge(same).diversity()).isLessThan(0.01);
  }
}
