package org.lookalike.metrics;

import java.util.Random;
import org.lookalike.image.ChannelImage;
import org.lookalike.image.Resampler;
import org.lookalike.nn.ActivationFunction;
import org.lookalike.nn.Convolution;
import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A convolutional network of fixed random weights: no download, any number of channels, the same
 * numbers on every machine (to 1e-4). Random embeddings are an accepted choice for images far from
 * photographs (Naeem et al. 2020). Images are resampled to 64 px; after each of four stages, at 64,
 * 32, 16 and 8 px, the mean and the standard deviation of each feature map are taken: 512 features.
 */
public final class BuiltInFeatures implements FeatureExtractor {
  private static final int SIZE = 64;
  private static final int[] MAPS = {32, 48, 64, 112};
  private static final long SEED = 20201;
  private static final double GAIN =
      Math.sqrt(2 / (1 + ActivationFunction.LEAK * ActivationFunction.LEAK));

  private final int channels;
  private final Network[] stages = new Network[MAPS.length];

  /**
   * @param channels of the images
   */
  public BuiltInFeatures(int channels) {
    this.channels = channels;
    Random random = new Random(SEED);
    int in = channels;
    for (int i = 0; i < MAPS.length; i++) {
      int kernel = i == 0 ? 3 : 4;
      stages[i] =
          Network.chain(
              Convolution.of(in, MAPS[i], kernel, i == 0 ? 1 : 2, 1, 0),
              new ActivationFunction(ActivationFunction.Kind.LEAKY_RELU));
      stages[i].parameters().assign(weights(random, in, MAPS[i], kernel));
      stages[i].parametersChanged();
      in = MAPS[i];
    }
  }

  /** He et al. 2015, by Java's generator, which is the same everywhere; biases are 0. */
  private static INDArray weights(Random random, int in, int out, int kernel) {
    int fanIn = in * kernel * kernel;
    float[] values = new float[out * fanIn + out];
    for (int i = 0; i < out * fanIn; i++) {
      values[i] = (float) (random.nextGaussian() * GAIN / Math.sqrt(fanIn));
    }
    return Nd4j.createFromArray(values);
  }

  @Override
  public String name() {
    return "built-in features";
  }

  @Override
  public boolean isFarFromZero() {
    return true;
  }

  @Override
  public float[][] features(float[] nchw, int n, int imageChannels, int size) {
    if (imageChannels != channels) {
      throw new IllegalArgumentException(imageChannels + " channels instead of " + channels);
    }
    int dimensions = 0;
    for (int maps : MAPS) dimensions += 2 * maps;
    float[][] rows = new float[n][dimensions];
    INDArray x = Nd4j.createFromArray(resized(nchw, n, size)).reshape(n, channels, SIZE, SIZE);
    int at = 0;
    for (int i = 0; i < stages.length; i++) {
      x = stages[i].forward(x, Pass.INFER);
      at = summarise(x, rows, at);
    }
    return rows;
  }

  private float[] resized(float[] nchw, int n, int size) {
    int plane = channels * size * size;
    float[] all = new float[n * channels * SIZE * SIZE];
    for (int i = 0; i < n; i++) {
      float[] one = new float[plane];
      System.arraycopy(nchw, i * plane, one, 0, plane);
      ChannelImage image = new ChannelImage(channels, size, size, one);
      if (size != SIZE) image = Resampler.resize(image, 0, 0, size, size, SIZE, SIZE);
      System.arraycopy(image.values(), 0, all, i * image.values().length, image.values().length);
    }
    return all;
  }

  /** Appends mean and standard deviation of each map; where the next go. */
  private static int summarise(INDArray maps, float[][] rows, int at) {
    int count = (int) maps.size(1);
    int pixels = (int) (maps.size(2) * maps.size(3));
    float[] values = new float[(int) maps.length()];
    HostCopy.read(maps, values);
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < count; c++) {
        int first = (i * count + c) * pixels;
        double sum = 0;
        for (int p = 0; p < pixels; p++) sum += values[first + p];
        double mean = sum / pixels;
        double squares = 0;
        for (int p = 0; p < pixels; p++) squares += Math.pow(values[first + p] - mean, 2);
        rows[i][at + c] = (float) mean;
        rows[i][at + count + c] = (float) Math.sqrt(squares / pixels);
      }
    }
    return at + 2 * count;
  }

  @Override
  public void close() {
    for (Network stage : stages) stage.releaseBuffers();
  }
}
