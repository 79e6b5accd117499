package org.lookalike.metrics;

import java.util.List;
import org.lookalike.image.InputException;

/**
 * What a measure says of reals against reals: the best value to hope for at that number of images.
 * Mean and sample standard deviation over random disjoint pairs of subsets.
 */
public final class Floor {
  /** A number for a set of reals and a set of synthetics. */
  public interface Measure {
    double between(FeatureSet reals, FeatureSet synthetics);
  }

  private Floor() {}

  /**
   * Between random halves of the reals.
   *
   * @param repeats at least 1; with one the deviation is {@code NaN}
   * @throws InputException if there are fewer than two reals, or too few for the measure
   */
  public static Estimate of(Measure measure, FeatureSet reals, int repeats, long seed) {
    return of(measure, reals, reals.rows() / 2, repeats, seed);
  }

  /**
   * Between random subsets of a given size, to stand beside a measure at that size.
   *
   * @param size rows on each side
   * @throws InputException if there are fewer than {@code 2 * size} reals, or too few for the
   *     measure
   */
  public static Estimate of(Measure measure, FeatureSet reals, int size, int repeats, long seed) {
    double[] values = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      List<FeatureSet> pair = reals.randomPair(size, seed + i);
      values[i] = measure.between(pair.get(0), pair.get(1));
    }
    return Estimate.ofSample(values);
  }
}
