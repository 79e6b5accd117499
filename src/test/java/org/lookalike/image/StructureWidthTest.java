package org.lookalike.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ij.process.ByteProcessor;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StructureWidthTest {
  private static final int SIDE = 512;

  private static double widthOfDiscs(int diameter, double noise) {
    StructureWidth width = new StructureWidth();
    Random random = new Random(diameter);
    for (int i = 0; i < 8; i++) {
      ByteProcessor picture = new ByteProcessor(SIDE, SIDE);
      picture.setValue(200);
      int discs = SIDE * SIDE / (6 * diameter * diameter);
      for (int k = 0; k < discs; k++) {
        picture.fillOval(random.nextInt(SIDE), random.nextInt(SIDE), diameter, diameter);
      }
      float[] values = (float[]) picture.convertToFloatProcessor().getPixels();
      for (int p = 0; p < values.length; p++) values[p] += (float) (noise * random.nextGaussian());
      width.add(new ChannelImage(1, SIDE, SIDE, values));
    }
    return width.pixels();
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 12, 24, 40, 64, 100})
  void discsAreAboutAsWideAsTheyAre(int diameter) {
    assertThat(widthOfDiscs(diameter, 0)).isCloseTo(diameter, within(0.25 * diameter));
    assertThat(widthOfDiscs(diameter, 20)).isCloseTo(diameter, within(0.25 * diameter));
  }

  @Test
  void knowsNoWiderOnesThanPicturesCanTell() {
    StructureWidth width = new StructureWidth();
    float[] ramp = new float[64 * 64];
    for (int p = 0; p < ramp.length; p++) ramp[p] = p % 64;
    width.add(new ChannelImage(1, 64, 64, ramp));
    assertThat(width.pixels()).isEqualTo(16);
  }
}
