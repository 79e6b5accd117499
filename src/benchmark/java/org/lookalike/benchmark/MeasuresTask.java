package org.lookalike.benchmark;

import java.util.Locale;
import java.util.Random;
import org.lookalike.metrics.BuiltInFeatures;
import org.lookalike.metrics.DensityCoverage;
import org.lookalike.metrics.FeatureSet;
import org.lookalike.metrics.FrechetDistance;

/** Times features and measures at the size of large data sets. */
final class MeasuresTask {
  private static final int ROWS = 10000;
  private static final int DIMENSIONS = 512;
  private static final int BATCH = 32;
  private static final int BATCHES = 50;
  private static final int SIDE = 64;

  private MeasuresTask() {}

  /** Features in images a second; FID and coverage of two large sets in seconds. */
  static String time() {
    FeatureSet a = gaussian(1);
    FeatureSet b = gaussian(2);
    double fid = seconds(() -> FrechetDistance.between(a, b));
    double coverage = seconds(() -> DensityCoverage.of(a, b));
    float[] images = new float[BATCH * SIDE * SIDE];
    try (BuiltInFeatures extractor = new BuiltInFeatures(1)) {
      Runnable batches =
          () -> {
            for (int i = 0; i < BATCHES; i++) extractor.features(images, BATCH, 1, SIDE);
          };
      batches.run();
      double speed = BATCHES * BATCH / seconds(batches);
      return String.format(Locale.ROOT, "%.1f %.3f %.3f", speed, fid, coverage);
    }
  }

  private static FeatureSet gaussian(long seed) {
    Random random = new Random(seed);
    float[] values = new float[ROWS * DIMENSIONS];
    for (int i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
    return new FeatureSet(values, ROWS, DIMENSIONS);
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }
}
