package org.lookalike.train;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What a discriminator's logits are compared with: smoothed (Salimans et al. 2016), drawn from a
 * range, or flipped now and then.
 */
final class Labels {
  private static final double LOWEST_REAL = 0.7;
  private static final double HIGHEST_FAKE = 0.3;
  private static final int DRAWN = 10_000;
  private static final double LARGEST_LOGIT = 50;
  private static final int HALVINGS = 50;

  private final double real;
  private final double fake;
  private final boolean noisy;
  private final double flip;
  private final long seed;

  Labels(TrainSettings settings) {
    real = settings.get(TrainSettings.REAL_LABEL);
    fake = settings.get(TrainSettings.FAKE_LABEL);
    noisy = settings.get(TrainSettings.NOISY_LABELS);
    flip = settings.get(TrainSettings.FLIP_LABELS);
    seed = settings.get(TrainSettings.SEED);
  }

  /** Whether they are other than 1 and 0. */
  boolean areAltered() {
    return real != 1 || fake != 0 || noisy || flip > 0;
  }

  /** The least that D's loss can be on average, where it is right about every image. */
  double leastLoss(LabelledLoss loss) {
    double[] reals = new double[DRAWN];
    double[] fakes = new double[DRAWN];
    draw(0, reals, fakes);
    return least(loss, reals) + least(loss, fakes);
  }

  /** At the logit where the mean slope is 0; slopes grow with the logit. */
  private static double least(LabelledLoss loss, double[] labels) {
    double low = -LARGEST_LOGIT;
    double high = LARGEST_LOGIT;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (Arrays.stream(labels).map(label -> loss.slope(middle, label)).sum() > 0) high = middle;
      else low = middle;
    }
    double logit = (low + high) / 2;
    return Arrays.stream(labels).map(label -> loss.value(logit, label)).average().orElse(0);
  }

  /**
   * Labels of one step; the same for the same step.
   *
   * @param reals receives those of the reals
   * @param fakes receives those of the fakes
   */
  void draw(long step, double[] reals, double[] fakes) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + step).split();
    for (int i = 0; i < reals.length; i++) {
      double a = noisy ? LOWEST_REAL + (1 - LOWEST_REAL) * random.nextDouble() : real;
      double b = noisy ? HIGHEST_FAKE * random.nextDouble() : fake;
      boolean exchanged = flip > 0 && random.nextDouble() < flip;
      reals[i] = exchanged ? b : a;
      fakes[i] = exchanged ? a : b;
    }
  }
}
