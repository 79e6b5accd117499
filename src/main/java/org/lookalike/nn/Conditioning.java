package org.lookalike.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Lets what follows depend on each image's class or generator ({@link Network#setConditions}).
 * Without weights: the dense layer after it has them. Linear in its input, so its own tangent but
 * for what it appends, which is constant.
 */
public final class Conditioning extends EngineLayer {
  private static final long serialVersionUID = 1L;

  /** How. */
  public enum Kind {
    /**
     * Vectors get the one-hot code of the class behind them, images a plane of ones among planes of
     * zeros: with the weights that follow, an embedding.
     */
    APPEND,
    /**
     * {@code [batch, n]} to {@code [batch, classes * (n + 1)]}: the vector and a 1 at the place of
     * its class, zeros elsewhere, so that the dense layer that follows is another for each class.
     */
    SPREAD,
    /** {@code [batch, classes]} to {@code [batch, 1]}: the value of the image's class. */
    SELECT
  }

  private Kind kind;
  private int classes;

  /** For DL4J's JSON. */
  Conditioning() {}

  public Conditioning(Kind kind, int classes) {
    this.kind = kind;
    this.classes = classes;
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    return List.of();
  }

  @Override
  public long[] outputShape(long[] input) {
    long[] shape = input.clone();
    switch (kind) {
      case APPEND:
        shape[0] += classes;
        break;
      case SPREAD:
        shape[0] = classes * (shape[0] + 1);
        break;
      default:
        shape[0] = 1;
    }
    return shape;
  }

  @Override
  public String describe() {
    return "condition " + kind.name().toLowerCase(Locale.ROOT) + " " + classes;
  }

  @Override
  Operator operator(DataType type) {
    return new Computation(type);
  }

  private final class Computation extends HostOperator {
    private double[] in = new double[0];
    private double[] out = new double[0];
    private long[] shape;

    Computation(DataType type) {
      super(type);
    }

    private int condition(int image) {
      int condition = conditions()[image];
      if (condition >= 0 && condition < classes) return condition;
      throw new IllegalStateException("condition " + condition + " of " + classes);
    }

    /** Where image i's own values begin in its row of the output. */
    private int place(int image, int each) {
      return kind == Kind.SPREAD ? condition(image) * (each + 1) : 0;
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      shape = x.shape();
      int n = (int) shape[0];
      int each = (int) (x.length() / n);
      int pixels = (int) (each / shape[1]);
      long[] result = shape.clone();
      result[1] = outputShape(new long[] {shape[1]})[0];
      int eachOut = (int) (result[1] * pixels);
      double one = pass == Pass.TANGENT ? 0 : 1;
      in = read(x, in);
      out = sized(out, n * eachOut);
      Arrays.fill(out, 0, n * eachOut, 0);
      for (int i = 0; i < n; i++) {
        if (kind == Kind.SELECT) {
          out[i] = in[i * each + condition(i)];
          continue;
        }
        int at = i * eachOut + place(i, each);
        System.arraycopy(in, i * each, out, at, each);
        int plane = kind == Kind.APPEND ? at + each + condition(i) * pixels : at + each;
        Arrays.fill(out, plane, plane + pixels, one);
      }
      return written(pass == Pass.TANGENT ? "tangent" : "output", out, result);
    }

    @Override
    INDArray backward(INDArray error, Pass pass, boolean wantInput, boolean wantWeights) {
      int n = (int) shape[0];
      int eachOut = (int) (error.length() / n);
      int each = 1;
      for (int d = 1; d < shape.length; d++) each *= (int) shape[d];
      out = read(error, out);
      in = sized(in, n * each);
      Arrays.fill(in, 0, n * each, 0);
      for (int i = 0; i < n; i++) {
        if (kind == Kind.SELECT) in[i * each + condition(i)] = out[i];
        else System.arraycopy(out, i * eachOut + place(i, each), in, i * each, each);
      }
      return written("error", in, shape);
    }
  }
}
