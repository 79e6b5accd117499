package org.lookalike.metrics;

import org.lookalike.image.ChannelImage;
import org.lookalike.image.Resampler;

/**
 * The pixels themselves at 32 px, for small sets: an evaluation compares them on the real images'
 * first principal components, which a few dozen images can carry.
 */
final class PixelFeatures implements FeatureExtractor {
  private static final int SIZE = 32;
  private static final int COMPONENTS = 64;

  @Override
  public String name() {
    return "pixel features";
  }

  @Override
  public int components() {
    return COMPONENTS;
  }

  @Override
  public float[][] features(float[] nchw, int n, int channels, int size) {
    int each = channels * size * size;
    float[][] rows = new float[n][];
    for (int i = 0; i < n; i++) {
      float[] values = new float[each];
      System.arraycopy(nchw, i * each, values, 0, each);
      ChannelImage image = new ChannelImage(channels, size, size, values);
      rows[i] = Resampler.resize(image, 0, 0, size, size, SIZE, SIZE).values();
    }
    return rows;
  }

  @Override
  public void close() {}
}
