package org.lookalike.gan;

import java.util.Random;

/**
 * Standard normal latent vectors as a pure function of seed, stream and index: nothing needs to be
 * remembered to draw the same again.
 */
public final class Latents {
  private Latents() {}

  /** Rows {@code first … first + n - 1} of the stream, {@code length} values each. */
  public static void fill(long seed, long stream, long first, int n, int length, float[] out) {
    for (int i = 0; i < n; i++) {
      Random random = new Random(mix(mix(seed ^ mix(stream)) + first + i));
      for (int j = 0; j < length; j++) out[i * length + j] = (float) random.nextGaussian();
    }
  }

  /** Numbers {@code first … first + n - 1} of the stream, uniform in [0, 1). */
  public static void fillUniform(long seed, long stream, long first, int n, float[] out) {
    for (int i = 0; i < n; i++) {
      out[i] = new Random(mix(mix(seed ^ mix(stream)) + first + i)).nextFloat();
    }
  }

  /** SplitMix64's finaliser (Steele et al. 2014), so that neighbouring indices are unrelated. */
  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
