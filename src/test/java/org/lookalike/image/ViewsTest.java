package org.lookalike.image;

import static org.assertj.core.api.Assertions.assertThat;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import java.io.IOException;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ViewsTest {
  private static final int PATCH = 32;

  private static ImagePlus stack(String title, int side, int... seeds) {
    ImageStack stack = new ImageStack(side, side);
    for (int seed : seeds) {
      byte[] pixels = new byte[side * side];
      new Random(seed).nextBytes(pixels);
      stack.addSlice(new ByteProcessor(side, side, pixels));
    }
    return new ImagePlus(title, stack);
  }

  private static float[] view(Views views, int i) throws IOException {
    float[] values = new float[PATCH * PATCH];
    views.read(i, 1, values);
    return values;
  }

  /** Training images among others are known by their patches. */
  @Test
  void anImageIsCutAlikeWhereverItStands() throws IOException {
    ImageSource synthetic = ImageSources.of(stack("synthetic", PATCH, 7, 8));
    ImageSource all = ImageSources.of(stack("all", 100, 1, 2, 3));
    Views reals = Views.pair(all, synthetic, line -> {}).get(0);
    Views known = Views.like(ImageSources.of(stack("some", 100, 2, 3)), reals);

    int each = reals.count() / 3;
    assertThat(each).isGreaterThan(1);
    for (int i = 0; i < known.count(); i++) {
      assertThat(view(known, i)).isEqualTo(view(reals, each + i));
    }
    assertThat(view(known, 0)).isNotEqualTo(view(known, 1));
  }

  /** Images that are alike at each place would else be seen at one place only. */
  @Test
  void imagesAreCutAtDifferentPlaces() throws IOException {
    ImageStack stack = new ImageStack(100, 100);
    for (int i = 0; i < 40; i++) {
      ByteProcessor ramp = new ByteProcessor(100, 100);
      for (int p = 0; p < 100 * 100; p++) ramp.set(p, p % 100);
      ramp.set(0, i);
      stack.addSlice(ramp);
    }
    ImageSource synthetic = ImageSources.of(stack("synthetic", PATCH, 7, 8));
    Views reals =
        Views.pair(ImageSources.of(new ImagePlus("all", stack)), synthetic, l -> {}).get(0);
    int each = reals.count() / 40;
    Set<Float> lefts = new HashSet<>();
    for (int i = 0; i < 40; i++) lefts.add(view(reals, i * each)[PATCH * PATCH - PATCH]);
    assertThat(lefts).hasSizeGreaterThan(15);
  }
}
