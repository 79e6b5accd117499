package org.lookalike.train;

import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Shows the discriminator fakes of earlier steps among the new ones (Shrivastava et al. 2017), so
 * that it does not forget what the generator did before. Each new fake changes places with a stored
 * one with a given probability; until the store is full, fakes are only added.
 */
final class ExperienceReplay {
  private final int capacity;
  private final double probability;
  private final long seed;
  private final long each;
  private final INDArray store;

  /** Fakes stored so far. */
  int count;

  /**
   * @param each values of an image
   */
  ExperienceReplay(int capacity, double probability, long seed, long each) {
    this.capacity = capacity;
    this.probability = probability;
    this.seed = seed;
    this.each = each;
    store = Nd4j.create(DataType.FLOAT, capacity * each);
  }

  /** All stored images, one after the other; what lies beyond {@link #count} is nothing. */
  INDArray store() {
    return store;
  }

  /**
   * Puts old fakes in the place of new ones.
   *
   * @param fakes {@code [n, channels, size, size]}, changed
   * @param step the draws are a function of seed and step
   */
  void mix(INDArray fakes, long step) {
    SplittableRandom random = new SplittableRandom(~seed * 0x9E3779B97F4A7C15L + step).split();
    int n = (int) fakes.size(0);
    INDArray rows = fakes.reshape('c', n, each);
    for (int i = 0; i < n; i++) {
      INDArray row = rows.getRow(i);
      if (count < capacity) {
        stored(count++).assign(row);
      } else if (random.nextDouble() < probability) {
        INDArray old = stored(random.nextInt(capacity));
        INDArray copy = row.dup();
        row.assign(old);
        old.assign(copy);
      }
    }
  }

  private INDArray stored(int i) {
    return store.get(NDArrayIndex.interval(i * each, (i + 1) * each));
  }
}
