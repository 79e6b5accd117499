package org.lookalike.imagej;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Dimension;
import java.awt.Rectangle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowPlacementTest {
  @ParameterizedTest
  @CsvSource({"1400,1000,430,110", "1920,1080,0,0", "1280,1200,600,50", "900,1300,300,200"})
  void windowsThatFitHideNothingOfEachOther(int width, int height, int x, int y) {
    Rectangle screen = new Rectangle(0, 0, width, height);
    Rectangle samples = new Rectangle(x, y, 550, 720);
    Rectangle[] placed = WindowPlacement.places(screen, samples, new Dimension(700, 450));
    assertThat(placed[0].intersects(placed[1])).isFalse();
    for (Rectangle each : placed) assertThat(screen.contains(each)).isTrue();
    assertThat(placed[0].getSize()).isEqualTo(samples.getSize());
  }
}
