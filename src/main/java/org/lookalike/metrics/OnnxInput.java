package org.lookalike.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lookalike.image.ChannelImage;
import org.lookalike.image.InputException;
import org.lookalike.image.Resampler;

/** Makes images into what a foreign network takes. */
final class OnnxInput {
  /** Of ImageNet networks, where the model leaves it open. */
  static final int USUAL_SIZE = 224;

  private final OnnxOptions options;
  private final OnnxOptions.Layout layout;
  private final int channels;
  private final int height;
  private final int width;

  /**
   * @param shape of the model's input, -1 where it is open
   * @param model the file's name, for errors
   * @throws InputException if pictures do not fit that shape
   */
  OnnxInput(long[] shape, OnnxOptions options, String model) {
    if (shape.length != 4) throw noImages(shape, model);
    this.options = options;
    this.layout = options.layout() == null ? layoutOf(shape) : options.layout();
    boolean channelsFirst = layout == OnnxOptions.Layout.NCHW;
    long declared = shape[channelsFirst ? 1 : 3];
    if (declared > 0 && declared != 1 && declared != 3) throw noImages(shape, model);
    channels = declared == 1 ? 1 : 3;
    height = side(shape[channelsFirst ? 2 : 1], model);
    width = side(shape[channelsFirst ? 3 : 2], model);
  }

  private static OnnxOptions.Layout layoutOf(long[] shape) {
    boolean first = shape[1] == 1 || shape[1] == 3;
    boolean last = shape[3] == 1 || shape[3] == 3;
    return last && !first ? OnnxOptions.Layout.NHWC : OnnxOptions.Layout.NCHW;
  }

  private int side(long declared, String model) {
    int asked = options.inputSize();
    if (declared <= 0) return asked > 0 ? asked : USUAL_SIZE;
    if (asked > 0 && asked != declared) {
      throw new InputException(
          String.format(
              "%s takes pictures of %d px and not of %d px; leave the input size to the model.",
              model, declared, asked));
    }
    return Math.toIntExact(declared);
  }

  private static InputException noImages(long[] shape, String model) {
    return new InputException(
        String.format(
            "The input of %s has the shape %s, where pictures have [batch, 3, height, width] or"
                + " [batch, height, width, 3]; give a model that takes pictures.",
            model, Arrays.toString(shape)));
  }

  OnnxOptions.Layout layout() {
    return layout;
  }

  /** Of a batch, in the model's order. */
  long[] shape(int batch) {
    return layout == OnnxOptions.Layout.NCHW
        ? new long[] {batch, channels, height, width}
        : new long[] {batch, height, width, channels};
  }

  /** Values of one image. */
  int length() {
    return Math.multiplyExact(channels, Math.multiplyExact(height, width));
  }

  /**
   * Fills the first images of a batch.
   *
   * @param nchw {@code [n, imageChannels, size, size]} in [-1, 1]
   * @param first image of {@code nchw} to take
   * @param batch of {@link #length()} values an image, in the model's order
   */
  void fill(float[] batch, float[] nchw, int first, int count, int imageChannels, int size) {
    IntStream.range(0, count)
        .parallel()
        .forEach(
            i -> {
              int from = (first + i) * imageChannels * size * size;
              float[] one = Arrays.copyOfRange(nchw, from, from + imageChannels * size * size);
              put(resized(new ChannelImage(imageChannels, size, size, one)), batch, i * length());
            });
  }

  private ChannelImage resized(ChannelImage image) {
    int size = image.width();
    if (size == height && size == width) return image;
    return Resampler.resize(image, 0, 0, size, size, width, height);
  }

  private void put(ChannelImage image, float[] batch, int start) {
    int pixels = height * width;
    float[] mean = perChannel(options.mean());
    float[] deviation = perChannel(options.deviation());
    for (int c = 0; c < channels; c++) {
      for (int p = 0; p < pixels; p++) {
        float value = options.valueScale().of(unit(image, c, p));
        int at = layout == OnnxOptions.Layout.NCHW ? c * pixels + p : p * channels + c;
        batch[start + at] = (value - mean[c]) / deviation[c];
      }
    }
  }

  /** A pixel of one of the model's channels, 0 to 1. */
  private float unit(ChannelImage image, int channel, int pixel) {
    int given = image.channels();
    int pixels = image.height() * image.width();
    if (channels == 3 && (given == 2 || given == 3)) {
      return channel < given ? (image.values()[channel * pixels + pixel] + 1) / 2 : 0;
    }
    float sum = 0;
    for (int c = 0; c < given; c++) sum += image.values()[c * pixels + pixel];
    return (sum / given + 1) / 2;
  }

  /** One for all is repeated; for a grey model three are averaged. */
  private float[] perChannel(float[] values) {
    if (values.length == channels) return values;
    float sum = 0;
    for (float v : values) sum += v;
    float[] all = new float[channels];
    Arrays.fill(all, sum / values.length);
    return all;
  }
}
