package org.lookalike.nn;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A plane of noise for each image (StyleGAN, Karras et al. 2019), so that a generator need not make
 * the grain of its images out of the latent vector. The noise is a function of that vector, {@code
 * [batch, n]}, alone: the same vector still gives the same image. Near normal, mean 0, variance 1.
 */
public final class PixelNoise extends EngineLayer {
  private static final long serialVersionUID = 1L;

  /** The sum of four uniform numbers has a variance of 1/3. */
  private static final double UNIT = Math.sqrt(3);

  private static final int BITS = 16;
  private static final int PARTS = 4;

  private int side;

  /** For DL4J's JSON. */
  PixelNoise() {}

  /**
   * @param side of the plane in pixels
   */
  public PixelNoise(int side) {
    this.side = side;
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    return List.of();
  }

  @Override
  public long[] outputShape(long[] input) {
    return new long[] {1, side, side};
  }

  @Override
  public String describe() {
    return "pixel noise " + side;
  }

  @Override
  Operator operator(DataType type) {
    return new Computation(type);
  }

  private final class Computation extends HostOperator {
    private double[] latents = new double[0];
    private double[] noise = new double[0];
    private long[] shape;

    Computation(DataType type) {
      super(type);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      shape = x.shape().clone();
      int n = (int) x.size(0);
      int each = (int) (x.length() / n);
      int pixels = side * side;
      noise = sized(noise, n * pixels);
      if (pass == Pass.TANGENT) {
        Arrays.fill(noise, 0);
      } else {
        latents = read(x, latents);
        for (int i = 0; i < n; i++) fill(seed(i * each, each), i * pixels, pixels);
      }
      return written(pass == Pass.TANGENT ? "tangent" : "output", noise, n, 1, side, side);
    }

    /** Another for each vector, and for each resolution. */
    private long seed(int first, int each) {
      long seed = side;
      for (int i = first; i < first + each; i++) {
        seed = 31 * seed + Float.floatToIntBits((float) latents[i]);
      }
      return new SplittableRandom(seed).split().nextLong();
    }

    private void fill(long seed, int first, int count) {
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = first; i < first + count; i++) {
        long bits = random.nextLong();
        long sum = 0;
        for (int part = 0; part < PARTS; part++) sum += bits >>> part * BITS & 0xFFFF;
        noise[i] = UNIT * ((sum + PARTS / 2.0) / (1 << BITS) - PARTS / 2.0);
      }
    }

    /** It does not change with small changes of the vector. */
    @Override
    INDArray backward(INDArray error, Pass pass, boolean wantInput, boolean wantWeights) {
      return buffers.get("error", shape).assign(0);
    }
  }
}
