package org.lookalike.nn;

import org.lookalike.nn.onednn.ConvolutionKernels;
import org.lookalike.nn.onednn.Operand;
import org.lookalike.nn.onednn.Tensor;
import org.lookalike.nn.onednn.TensorPool;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A transposed convolution to very few channels, {@code [n, in, h, w]} to {@code [n, out, h * s, w
 * * s]}, as an ordinary one to blocks of m x m pixels. oneDNN pads channels to 16, so that one
 * output channel costs as much as sixteen; the sixteen here are the pixels of a block.
 *
 * <p>Pixel Y = m B + r of block B hears input i = q B + d, q = m / s, through the weight at a = r +
 * p - s d, so the ordinary convolution has stride q and as many taps as there are d.
 */
final class PixelBlocks {
  private static final int MOST_CHANNELS = 16;
  private static final int FEWEST_INPUTS = 8;

  private final int in;
  private final int out;
  private final int kernel;
  private final int stride;
  private final int padding;
  private final int side;
  private final int step;
  private final int first;
  private final int taps;
  private final TensorPool pool;
  private final ConvolutionKernels kernels;
  private final INDArray blockWeights;
  private final INDArray blockGradient;
  private final INDArray blockBias;
  private final Tensor weightTensor;
  private final Tensor gradientTensor;
  private final Tensor biasTensor;
  private long version;
  private float[] inBlocks = new float[0];
  private float[] inRows = new float[0];
  private Operand lastCut;
  private Operand lastBlocks;

  private PixelBlocks(
      int in, int out, int kernel, int stride, int padding, int side, TensorPool pool) {
    this.in = in;
    this.out = out;
    this.kernel = kernel;
    this.stride = stride;
    this.padding = padding;
    this.side = side;
    this.pool = pool;
    step = side / stride;
    first = first(kernel, stride, padding);
    taps = last(stride, padding, side) - first + 1;
    int channels = out * side * side;
    kernels = new ConvolutionKernels(in, channels, taps, step, -first, pool);
    blockWeights = Nd4j.create(DataType.FLOAT, channels, in, taps, taps);
    blockGradient = Nd4j.create(DataType.FLOAT, channels, in, taps, taps);
    blockBias = Nd4j.create(DataType.FLOAT, channels);
    weightTensor = Tensor.of(blockWeights);
    gradientTensor = Tensor.of(blockGradient);
    biasTensor = Tensor.of(blockBias);
  }

  private static int first(int kernel, int stride, int padding) {
    return -Math.floorDiv(kernel - 1 - padding, stride);
  }

  private static int last(int stride, int padding, int side) {
    return (side - 1 + padding) / stride;
  }

  /**
   * @param kernel side of the transposed convolution's weights
   * @return {@code null} where blocks would gain nothing or do not fit
   */
  static PixelBlocks of(int in, int out, int kernel, int stride, int padding, TensorPool pool) {
    if (in < FEWEST_INPUTS) return null;
    for (int side = 4; side >= 2; side -= 2) {
      boolean enlarges = kernel - 2 * padding == stride;
      if (!enlarges || out * side * side > MOST_CHANNELS || side % stride != 0) continue;
      int before = -first(kernel, stride, padding);
      int after = last(stride, padding, side) + 1 - side / stride;
      if (before == after) return new PixelBlocks(in, out, kernel, stride, padding, side, pool);
    }
    return null;
  }

  /** Whether inputs of that height and width consist of whole blocks. */
  boolean fit(Tensor x) {
    return x.size(2) % step == 0 && x.size(3) % step == 0;
  }

  /**
   * The transposed convolution.
   *
   * @param weights of it, {@link Weights}
   * @param bias {@code [out]}; {@code null} for none
   * @return plain
   */
  Tensor forward(String name, Operand operand, Weights weights, INDArray bias) {
    Tensor x = operand.tensor();
    expand(weights);
    Tensor added = null;
    if (bias != null) {
      int each = side * side;
      for (int o = 0; o < out; o++) {
        for (int r = 0; r < each; r++) blockBias.putScalar(o * each + r, bias.getFloat(o));
      }
      added = biasTensor;
    }
    Tensor blocks =
        kernels.forward(name + " blocks", operand, weightTensor, added, ConvolutionKernels.LINEAR);
    long n = x.size(0);
    Tensor y = pool.plain(name, n, out, x.size(2) * stride, x.size(3) * stride);
    join(pool.plain(name + " plain blocks", blocks), y.values());
    return y;
  }

  /** The input gradient: the ordinary convolution of {@code error}. */
  Tensor backward(String name, Operand error, Weights weights, long... input) {
    expand(weights);
    return kernels.data(name, cut(error), weightTensor, input);
  }

  /** Writes the gradient of the weights. */
  void weigh(Operand x, Operand error, Weights gradient) {
    kernels.weights(x, cut(error), gradientTensor, null);
    fold(gradient);
  }

  private Operand cut(Operand error) {
    if (error == lastCut) return lastBlocks;
    INDArray e = pool.plain("plain error", error.tensor());
    long n = e.size(0);
    Tensor blocks =
        pool.plain("error blocks", n, out * side * side, e.size(2) / side, e.size(3) / side);
    part(e, blocks.values());
    lastCut = error;
    lastBlocks = pool.operand(blocks);
    return lastBlocks;
  }

  /**
   * Makes pictures of their blocks. ND4J takes several times as long to copy between such views.
   *
   * @param blocks {@code [n, out * side * side, rows, columns]}
   * @param pictures {@code [n, out, rows * side, columns * side]}
   */
  private void join(INDArray blocks, INDArray pictures) {
    int values = fit(blocks);
    HostCopy.read(blocks, inBlocks);
    int height = (int) blocks.size(2);
    int width = (int) blocks.size(3);
    for (int from = 0; from < values; from += width) {
      int to = firstPixel(from / width, height, width);
      for (int i = 0; i < width; i++) inRows[to + i * side] = inBlocks[from + i];
    }
    HostCopy.write(inRows, pictures);
  }

  /** The inverse of {@link #join}. */
  private void part(INDArray pictures, INDArray blocks) {
    int values = fit(blocks);
    HostCopy.read(pictures, inRows);
    int height = (int) blocks.size(2);
    int width = (int) blocks.size(3);
    for (int to = 0; to < values; to += width) {
      int from = firstPixel(to / width, height, width);
      for (int i = 0; i < width; i++) inBlocks[to + i] = inRows[from + i * side];
    }
    HostCopy.write(inBlocks, blocks);
  }

  private int fit(INDArray blocks) {
    int values = (int) blocks.length();
    if (inBlocks.length < values) {
      inBlocks = new float[values];
      inRows = new float[values];
    }
    return values;
  }

  /**
   * Where in the pictures the first value of a row of the blocks belongs.
   *
   * @param number of the row among all of {@code [n * out, side, side, height]}
   */
  private int firstPixel(int number, int height, int width) {
    int row = number % height;
    int pixel = number / height % (side * side);
    int picture = number / height / (side * side);
    int line = (picture * height + row) * side + pixel / side;
    return line * width * side + pixel % side;
  }

  private void expand(Weights weights) {
    if (weights.version == version) return;
    float[] w = weights.read();
    float[] v = new float[(int) blockWeights.length()];
    visit((block, c, o, a, b) -> v[block] += w[weights.index(c, o, a, b)]);
    HostCopy.write(v, blockWeights);
    version = weights.version;
    weightTensor.setVersion(version);
  }

  private void fold(Weights gradient) {
    float[] v = new float[(int) blockGradient.length()];
    HostCopy.read(blockGradient, v);
    float[] w = new float[in * out * kernel * kernel];
    visit((block, c, o, a, b) -> w[gradient.index(c, o, a, b)] += v[block]);
    gradient.write(w);
  }

  /** Calls for each pair of a value of the block weights and the weight it stands for. */
  private void visit(Pairing pairing) {
    int index = 0;
    for (int o = 0; o < out; o++) {
      for (int pixel = 0; pixel < side * side; pixel++) {
        for (int c = 0; c < in; c++) {
          for (int tap = 0; tap < taps * taps; tap++, index++) {
            int a = pixel / side + padding - stride * (first + tap / taps);
            int b = pixel % side + padding - stride * (first + tap % taps);
            if (a >= 0 && a < kernel && b >= 0 && b < kernel) pairing.visit(index, c, o, a, b);
          }
        }
      }
    }
  }

  private interface Pairing {
    void visit(int block, int c, int o, int a, int b);
  }

  /** The weights of a transposed convolution, or those of an ordinary one read as such. */
  static final class Weights {
    private final INDArray array;
    private final long version;
    private final boolean ordinary;

    /**
     * @param array {@code [in, out, k, k]}
     * @param ordinary whether it is an ordinary convolution's instead, {@code [out, in, k, k]},
     *     which is a transposed one with the weights turned by 180 degrees
     * @param version changes with the values
     */
    Weights(INDArray array, boolean ordinary, long version) {
      this.array = array;
      this.ordinary = ordinary;
      this.version = version;
    }

    private float[] read() {
      return array.dup('c').data().asFloat();
    }

    private void write(float[] values) {
      array.assign(Nd4j.createFromArray(values).reshape('c', array.shape()));
    }

    private int index(int c, int o, int a, int b) {
      int k = (int) array.size(2);
      if (!ordinary) return ((int) (c * array.size(1) + o) * k + a) * k + b;
      return ((int) (o * array.size(1) + c) * k + k - 1 - a) * k + k - 1 - b;
    }
  }
}
