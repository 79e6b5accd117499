package org.lookalike.nn;

import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Doubles height and width without weights: by repeating pixels, or by PixelShuffle (Shi 2016),
 * which takes the four pixels of a 2x2 block from four channels; or halves them by the mean of 2x2
 * blocks. Linear, so its own tangent.
 */
public final class Resampling extends EngineLayer {
  private static final long serialVersionUID = 1L;

  /** How. */
  public enum Kind {
    NEAREST,
    PIXEL_SHUFFLE,
    AVERAGE
  }

  private Kind kind;

  /** For DL4J's JSON. */
  Resampling() {}

  public Resampling(Kind kind) {
    this.kind = kind;
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    return List.of();
  }

  @Override
  public long[] outputShape(long[] input) {
    if (kind == Kind.AVERAGE) return new long[] {input[0], input[1] / 2, input[2] / 2};
    long channels = kind == Kind.NEAREST ? input[0] : input[0] / 4;
    return new long[] {channels, 2 * input[1], 2 * input[2]};
  }

  @Override
  public String describe() {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  Operator operator(DataType type) {
    return new Computation(type);
  }

  private final class Computation extends PlainOperator {
    Computation(DataType type) {
      super(type);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      long n = x.size(0);
      long[] out = outputShape(new long[] {x.size(1), x.size(2), x.size(3)});
      INDArray y =
          buffers.get(pass == Pass.TANGENT ? "tangent" : "output", n, out[0], out[1], out[2]);
      if (kind == Kind.AVERAGE) {
        y.assign(quarter(x, 0));
        for (int q = 1; q < 4; q++) y.addi(quarter(x, q));
        return y.divi(4);
      }
      for (int q = 0; q < 4; q++) quarter(y, q).assign(source(x, q));
      return y;
    }

    @Override
    INDArray backward(INDArray e, Pass pass, boolean wantInput, boolean wantWeights) {
      long n = e.size(0);
      if (kind == Kind.AVERAGE) {
        INDArray spread = buffers.get("error", n, e.size(1), 2 * e.size(2), 2 * e.size(3));
        for (int q = 0; q < 4; q++) quarter(spread, q).assign(e);
        return spread.divi(4);
      }
      long channels = kind == Kind.NEAREST ? e.size(1) : 4 * e.size(1);
      INDArray dx = buffers.get("error", n, channels, e.size(2) / 2, e.size(3) / 2);
      for (int q = 0; q < 4; q++) {
        if (kind == Kind.NEAREST && q > 0) dx.addi(quarter(e, q));
        else source(dx, q).assign(quarter(e, q));
      }
      return dx;
    }

    /** The pixels at row q/2 and column q%2 of each 2x2 block. */
    private INDArray quarter(INDArray full, int q) {
      INDArrayIndex all = NDArrayIndex.all();
      return full.reshape(full.size(0), full.size(1), full.size(2) / 2, 2, full.size(3) / 2, 2)
          .get(all, all, all, NDArrayIndex.point(q / 2), all, NDArrayIndex.point(q % 2));
    }

    /** The small picture that goes to quarter q. */
    private INDArray source(INDArray x, int q) {
      if (kind == Kind.NEAREST) return x;
      INDArrayIndex all = NDArrayIndex.all();
      return x.reshape(x.size(0), x.size(1) / 4, 4, x.size(2), x.size(3))
          .get(all, all, NDArrayIndex.point(q), all, all);
    }
  }
}
