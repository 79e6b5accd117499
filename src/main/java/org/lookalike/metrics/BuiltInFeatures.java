package org.lookalike.metrics;

import org.lookalike.image.ChannelImage;
import org.lookalike.image.Resampler;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Convolutional networks of fixed random weights: no download, any number of channels, the same
 * numbers on every machine (to 1e-4). Random embeddings are an accepted choice for images far from
 * photographs (Naeem et al. 2020). 128 features are of intensities and 384 of contrasts, of the
 * image resampled to 64 px; where it is larger, another 384 are of the contrasts in its middle 64
 * px, which resampling would hide.
 */
public final class BuiltInFeatures implements FeatureExtractor {
  private static final int SIZE = 64;
  private static final long SEED = 20201;
  private static final int[] INTENSITY_MAPS = {8, 12, 16, 28};
  private static final int[] CONTRAST_MAPS = {24, 36, 50, 80};

  private final int channels;
  private final RandomNet intensities;
  private final RandomNet contrasts;

  /**
   * @param channels of the images
   */
  public BuiltInFeatures(int channels) {
    this.channels = channels;
    intensities = RandomNet.ofIntensities(channels, SEED, INTENSITY_MAPS);
    contrasts = RandomNet.ofContrasts(channels, SEED, CONTRAST_MAPS);
  }

  @Override
  public String name() {
    return "built-in features";
  }

  @Override
  public boolean isOfManyKinds() {
    return true;
  }

  @Override
  public int contentFeatures() {
    return intensities.dimensions();
  }

  @Override
  public float[][] features(float[] nchw, int n, int imageChannels, int size) {
    if (imageChannels != channels) {
      throw new IllegalArgumentException(imageChannels + " channels instead of " + channels);
    }
    int known = intensities.dimensions() + contrasts.dimensions();
    boolean large = size > SIZE;
    float[][] rows = new float[n][large ? known + contrasts.dimensions() : known];
    INDArray whole = views(nchw, n, size, 0, size);
    intensities.write(whole, rows, 0);
    contrasts.write(whole, rows, intensities.dimensions());
    if (large) {
      contrasts.write(views(nchw, n, size, (size - SIZE) / 2, SIZE), rows, known);
    }
    return rows;
  }

  /** The square of that side from {@code (first, first)} on, of each image, at 64 px. */
  private INDArray views(float[] nchw, int n, int size, int first, int side) {
    int length = channels * SIZE * SIZE;
    float[] all = new float[n * length];
    for (int i = 0; i < n; i++) {
      float[] one = new float[channels * size * size];
      System.arraycopy(nchw, i * one.length, one, 0, one.length);
      ChannelImage image = new ChannelImage(channels, size, size, one);
      if (size != SIZE) {
        image = Resampler.resize(image, first, first, side, side, SIZE, SIZE);
      }
      System.arraycopy(image.values(), 0, all, i * length, length);
    }
    return Nd4j.createFromArray(all).reshape(n, channels, SIZE, SIZE);
  }

  @Override
  public void close() {
    intensities.close();
    contrasts.close();
  }
}
