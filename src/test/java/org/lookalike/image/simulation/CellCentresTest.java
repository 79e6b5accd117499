package org.lookalike.image.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CellCentresTest {
  private static final int SIDE = 90;

  /** From one pixel to the next, no distance changes by more than that pixel, if none is missed. */
  @ParameterizedTest
  @ValueSource(doubles = {8, 13.7, 40, 48})
  void noNearerCentreIsMissed(double apart) {
    CellCentres cells = new CellCentres(SIDE, apart, new Random(3));
    for (int y = 0; y < SIDE; y++) {
      cells.look(0, y);
      for (int x = 1; x < SIDE; x++) {
        double centre = cells.toCentre();
        double edge = cells.toEdge();
        cells.look(x, y);
        assertThat(cells.toCentre()).isCloseTo(centre, within(1 + 1e-9));
        assertThat(cells.toEdge()).isCloseTo(edge, within(1 + 1e-9)).isNotNegative();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {8, 40})
  void cellsAreAsFarApartAsAsked(double apart) {
    CellCentres cells = new CellCentres(SIDE, apart, new Random(4));
    double sum = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
      cells.look(i % SIDE, i / SIDE);
      sum += cells.toCentre();
    }
    // 0.5 of it for centres anywhere, 0.38 for a square grid, here between and less at borders.
    assertThat(sum / (SIDE * SIDE)).isBetween(0.33 * apart, 0.5 * apart);
  }
}
