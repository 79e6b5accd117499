package org.lookalike.image;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Chooses the images that are never trained on: whole source images, not patches of them. */
final class HeldOut {
  /** Views that a comparison needs at least. */
  private static final int FEWEST = 16;

  /** Training loses no more than this share of the images. */
  private static final double MOST = 0.25;

  private HeldOut() {}

  /**
   * @param info receives the choice
   * @param units image numbers, each as often as it holds views side by side
   */
  static void choose(DatasetInfo info, DatasetOptions options, int[] units, Consumer<String> log) {
    if (options.heldOut() == 0) return;
    int n = info.imageCount;
    int[] views = new int[n];
    for (int unit : units) views[unit]++;
    int[] order = shuffled(n, options.seed());
    int wanted = (int) Math.ceil(options.heldOut() / 100 * n);
    int count = 0;
    int seen = 0;
    while (count < n && (count < wanted || seen < FEWEST)) seen += views[order[count++]];
    if (count > Math.max(wanted, MOST * n)) {
      log.accept(
          String.format(
              "All %d images are trained on: they are too few to hold some out, so quality is"
                  + " measured against the training images themselves.",
              n));
      return;
    }
    info.heldOut = Arrays.copyOf(order, count);
    Arrays.sort(info.heldOut);
    log.accept(
        String.format(
            "%d of the %d images are held out of the training, to measure quality by.", count, n));
  }

  private static int[] shuffled(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed ^ 0x5851F42D4C957F2DL).split();
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
