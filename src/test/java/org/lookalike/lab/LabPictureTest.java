package org.lookalike.lab;

import static org.assertj.core.api.Assertions.assertThat;

import ij.process.ColorProcessor;
import java.awt.Color;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lookalike.train.TrainSettings;

class LabPictureTest {
  private static LabSession session(Mixture mixture) {
    TrainSettings settings = TrainSettings.parse("loss=non-saturating width=32");
    return new LabSession(mixture, LabMethod.of("test", "plain", settings), 300);
  }

  @ParameterizedTest
  @EnumSource(Mixture.class)
  void picturesOfAllLayoutsAreOfOneSizeAndFollowTheRun(Mixture mixture) {
    LabSession session = session(mixture);
    ColorProcessor first = LabPicture.draw(session.snapshot());
    assertThat(first.getWidth()).isEqualTo(LabPicture.WIDTH);
    assertThat(first.getHeight()).isEqualTo(LabPicture.HEIGHT);
    for (int i = 0; i < 20; i++) session.advance();
    ColorProcessor later = LabPicture.draw(session.snapshot());
    assertThat((int[]) later.getPixels()).isNotEqualTo((int[]) first.getPixels());
    session.close();
  }

  @Test
  void coveredModesAreMarkedUnlikeMissedOnes() {
    LabSession session = session(Mixture.RING);
    int modes = session.snapshot().coverage().modes();
    while (modes == 0 || modes == Mixture.RING.modes()) {
      assertThat(session.advance()).isTrue();
      modes = session.snapshot().coverage().modes();
    }
    LabSnapshot snapshot = session.snapshot();
    ColorProcessor picture = LabPicture.draw(snapshot);
    for (int mode = 0; mode < Mixture.RING.modes(); mode++) {
      boolean covered = snapshot.coverage().isCovered(mode);
      assertThat(shows(picture, mode, Palette.COVERED)).as("mode " + mode).isEqualTo(covered);
      assertThat(shows(picture, mode, Palette.MISSED)).as("mode " + mode).isEqualTo(!covered);
    }
    session.close();
  }

  /** Whether the mark of a mode has pixels of that colour. */
  private static boolean shows(ColorProcessor picture, int mode, Color color) {
    double[] centre = Mixture.RING.centre(mode);
    double extent = Mixture.RING.extent();
    int x0 = (int) (LabPicture.LEFT + (centre[0] + extent) / (2 * extent) * LabPicture.SIDE);
    int y0 = (int) (LabPicture.TOP + (extent - centre[1]) / (2 * extent) * LabPicture.SIDE);
    int reach = (int) Marks.RADIUS + 2;
    for (int y = y0 - reach; y <= y0 + reach; y++) {
      for (int x = x0 - reach; x <= x0 + reach; x++) {
        if (new Color(picture.get(x, y)).equals(color)) return true;
      }
    }
    return false;
  }

  @Test
  void logitsAreProbabilitiesOnlyWhereTheyAreLogOdds() {
    double[] logits = new double[100];
    for (int i = 0; i < 100; i++) logits[i] = 50 + i / 99.0;
    assertThat(LogitScale.of("non-saturating", logits).trust(0)).isEqualTo(0.5);
    assertThat(LogitScale.of("non-saturating", logits).trust(50)).isGreaterThan(0.99);
    assertThat(LogitScale.of("least-squares", logits).trust(0.25)).isEqualTo(0.25);
    LogitScale critic = LogitScale.of("wasserstein", logits);
    assertThat(critic.trust(50)).isZero();
    assertThat(critic.trust(50.5)).isBetween(0.49, 0.51);
    assertThat(critic.trust(51)).isEqualTo(1);
    assertThat(LogitScale.of("wasserstein", new double[10]).trust(0)).isEqualTo(0.5);
  }

  @Test
  void curvesGrowWithTheRun() {
    LabSession session = session(Mixture.LINE);
    ColorProcessor first = session.curves().draw(400, 200);
    for (int i = 0; i < 30; i++) session.advance();
    ColorProcessor later = session.curves().draw(400, 200);
    assertThat(later.getWidth()).isEqualTo(400);
    assertThat(later.getHeight()).isEqualTo(200);
    assertThat(session.curves().size()).isEqualTo(7);
    assertThat((int[]) later.getPixels()).isNotEqualTo((int[]) first.getPixels());
    session.close();
  }
}
