package org.lookalike.image;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Chooses the images that are never trained on: whole source images, not patches of them. Of films
 * and volumes a row of neighbours: single frames would be judged by the likes of those beside them.
 */
final class HeldOut {
  /** Views that a comparison needs at least. */
  private static final int FEWEST = 16;

  /** Training loses no more than about this share of the images. */
  private static final double MOST = 0.25;

  private static final long STREAM = 0x5851F42D4C957F2DL;

  private HeldOut() {}

  /**
   * @param info receives the choice
   * @param units image numbers, each as often as it holds views side by side
   * @param inARow whether neighbouring images resemble each other
   */
  static void choose(
      DatasetInfo info, DatasetOptions options, int[] units, boolean inARow, Consumer<String> log) {
    if (options.heldOut() == 0) return;
    int n = info.imageCount;
    int[] views = new int[n];
    for (int unit : units) views[unit]++;
    int wanted = (int) Math.ceil(options.heldOut() / 100 * n);
    int most = MOST * n < 1 ? 0 : Math.max(wanted, (int) (MOST * n));
    SplittableRandom random = new SplittableRandom(options.seed() ^ STREAM).split();
    int[] order = inARow ? neighbours(n, most, random) : shuffled(n, random);
    int count = 0;
    int seen = 0;
    while (count < n && (count < wanted || seen < FEWEST)) seen += views[order[count++]];
    if (count > most) {
      log.accept(
          n == 1
              ? "The only image is trained on, so quality is measured against that image itself."
              : String.format(
                  "All %d images are trained on: they are too few to hold some out, so quality is"
                      + " measured against the training images themselves.",
                  n));
      return;
    }
    info.heldOut = Arrays.copyOf(order, count);
    Arrays.sort(info.heldOut);
    log.accept(
        String.format(
            "%d of the %d images%s are held out of the training, to measure quality by.",
            count, n, inARow ? String.format(" (%d to %d)", order[0] + 1, order[0] + count) : ""));
  }

  /** From a random image on, far enough from the last for {@code most}. */
  private static int[] neighbours(int n, int most, SplittableRandom random) {
    int start = random.nextInt(n - most + 1);
    return IntStream.range(0, n).map(i -> (start + i) % n).toArray();
  }

  private static int[] shuffled(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
