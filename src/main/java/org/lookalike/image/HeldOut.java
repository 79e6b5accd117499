package org.lookalike.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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

  /** Frames of a row, so that not all of them stand beside one that is trained on. */
  private static final int ROW = 5;

  private static final long STREAM = 0x5851F42D4C957F2DL;

  private HeldOut() {}

  /**
   * @param info receives the choice
   * @param units image numbers, each as often as it holds views side by side
   * @param classOf of each image; empty where they have none; each class is trained on
   * @param inARow whether neighbouring images resemble each other
   */
  static void choose(
      DatasetInfo info,
      DatasetOptions options,
      int[] units,
      int[] classOf,
      boolean inARow,
      Consumer<String> log) {
    if (options.heldOut() == 0) return;
    int n = info.imageCount;
    int[] views = new int[n];
    for (int unit : units) views[unit]++;
    int wanted = (int) Math.ceil(options.heldOut() / 100 * n);
    int classes = (int) Arrays.stream(classOf).distinct().count();
    int most = MOST * n < 1 ? 0 : Math.min(n - classes, Math.max(wanted, (int) (MOST * n)));
    SplittableRandom random = new SplittableRandom(options.seed() ^ STREAM).split();
    if (inARow) wanted = Math.max(wanted, Math.min(ROW, most));
    int[] order = inARow ? neighbours(n, most, random) : spared(shuffled(n, random), classOf);
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
            count, n, inARow ? row(order[0] + 1, order[0] + count) : ""));
  }

  private static String row(int first, int last) {
    return first == last ? "" : String.format(" (%d to %d)", first, last);
  }

  /** In the same order, but the first of each class last. */
  private static int[] spared(int[] order, int[] classOf) {
    if (classOf.length == 0) return order;
    Set<Integer> seen = new HashSet<>();
    List<Integer> first = new ArrayList<>();
    List<Integer> others = new ArrayList<>();
    for (int image : order) (seen.add(classOf[image]) ? first : others).add(image);
    others.addAll(first);
    return others.stream().mapToInt(Integer::intValue).toArray();
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
