package org.lookalike.nn;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Self-attention of SAGAN (Zhang et al. 2019): {@code y = x + gamma * Wo (Wv x) Aᵀ}, where row j of
 * A says which places place j looks at, by the softmax of {@code (Wk x)_j · (Wq x)_i}. Queries and
 * keys have an eighth of the channels, values half; gamma starts at 0. In tangent mode A is held
 * constant.
 */
public final class SelfAttention extends EngineLayer {
  private static final long serialVersionUID = 1L;

  private static final int NARROW = 8;

  private int channels;

  /** For DL4J's JSON. */
  SelfAttention() {}

  /**
   * @param channels a multiple of 8
   */
  public SelfAttention(int channels) {
    this.channels = channels;
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    double deviation = 1 / Math.sqrt(channels);
    int few = channels / NARROW;
    int half = channels / 2;
    return List.of(
        ParameterSpec.weights("query", deviation, few, channels),
        ParameterSpec.weights("key", deviation, few, channels),
        ParameterSpec.weights("value", deviation, half, channels),
        ParameterSpec.weights("W", Math.sqrt(2) * deviation, channels, half),
        ParameterSpec.normal("gamma", 0, 0, 1));
  }

  @Override
  public long[] outputShape(long[] input) {
    return input.clone();
  }

  @Override
  public String describe() {
    return "attention " + channels;
  }

  @Override
  Operator operator(DataType type) {
    return new Computation(type);
  }

  /** What an image's pass leaves for the way back. */
  private static final class Trace {
    INDArray x;
    INDArray query;
    INDArray key;
    INDArray value;
    INDArray map;
    INDArray seen;

    /** Of the tangent pass. */
    INDArray direction;

    INDArray valueOfDirection;
    INDArray seenOfDirection;
    INDArray error;
  }

  private final class Computation extends PlainOperator {
    private final Products products;
    private final List<Trace> traces = new ArrayList<>();

    Computation(DataType type) {
      super(type);
      products = new Products(type);
    }

    /** {@code [channels, places]} of image i, not copied. */
    private INDArray image(INDArray x, int i) {
      return x.reshape('c', x.size(0), channels, x.size(2) * x.size(3)).slice(i);
    }

    private INDArray times(INDArray a, boolean turnA, INDArray b, boolean turnB) {
      return products.times(a, turnA, b, turnB);
    }

    private double gamma() {
      return parameter("gamma").getDouble(0);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      boolean tangent = pass == Pass.TANGENT;
      INDArray y = buffers.get(tangent ? "tangent" : "output", x.shape());
      if (!tangent) traces.clear();
      for (int i = 0; i < x.size(0); i++) {
        INDArray in = image(x, i);
        INDArray seen;
        if (tangent) {
          Trace trace = traces.get(i);
          trace.direction = in;
          trace.valueOfDirection = times(parameter("value"), false, in, false);
          seen = trace.seenOfDirection = times(trace.valueOfDirection, false, trace.map, true);
        } else {
          Trace trace = look(in);
          traces.add(trace);
          seen = trace.seen;
        }
        INDArray out = image(y, i);
        out.assign(times(parameter("W"), false, seen, false).muli(gamma())).addi(in);
      }
      return y;
    }

    private Trace look(INDArray x) {
      Trace trace = new Trace();
      trace.x = x;
      trace.query = times(parameter("query"), false, x, false);
      trace.key = times(parameter("key"), false, x, false);
      trace.value = times(parameter("value"), false, x, false);
      INDArray scores = times(trace.key, true, trace.query, false);
      trace.map = Nd4j.create(buffers.type(), scores.shape(), 'c');
      Ops.exec("softmax", new INDArray[] {scores}, new INDArray[] {trace.map}, 1);
      trace.seen = times(trace.value, false, trace.map, true);
      return trace;
    }

    @Override
    INDArray backward(INDArray error, Pass pass, boolean wantInput, boolean wantWeights) {
      INDArray dx = buffers.get("error", error.shape());
      if (wantWeights) clearGradients();
      for (int i = 0; i < error.size(0); i++) {
        Trace trace = traces.get(i);
        INDArray e = image(error, i);
        trace.error = e;
        INDArray back = image(dx, i);
        back.assign(e);
        INDArray scaled = e.mul(gamma());
        INDArray ofSeen = times(parameter("W"), true, scaled, false);
        INDArray ofValue = times(ofSeen, false, trace.map, false);
        back.addi(times(parameter("value"), true, ofValue, false));
        if (pass != Pass.TRAIN) continue;
        // The softmax: S' = A * (A' - sum(A * A')), row by row.
        INDArray ofMap = times(ofSeen, true, trace.value, false);
        INDArray sums = ofMap.mul(trace.map).sum(true, 1);
        INDArray ofScores = ofMap.subiColumnVector(sums).muli(trace.map);
        INDArray ofKey = times(trace.query, false, ofScores, true);
        INDArray ofQuery = times(trace.key, false, ofScores, false);
        back.addi(times(parameter("key"), true, ofKey, false));
        back.addi(times(parameter("query"), true, ofQuery, false));
        if (!wantWeights) continue;
        gradient("query").addi(times(ofQuery, false, trace.x, true));
        gradient("key").addi(times(ofKey, false, trace.x, true));
        gradient("value").addi(times(ofValue, false, trace.x, true));
        weigh(e, scaled, trace.seen);
      }
      return dx;
    }

    private void clearGradients() {
      for (ParameterSpec spec : parameterSpecs()) gradient(spec.name).assign(0);
    }

    /** Adds the gradients of what follows the map. */
    private void weigh(INDArray e, INDArray scaled, INDArray seen) {
      gradient("W").addi(times(scaled, false, seen, true));
      INDArray looked = times(parameter("W"), false, seen, false);
      gradient("gamma").addi(looked.muli(e).sumNumber());
    }

    @Override
    void weighTangent() {
      clearGradients();
      for (Trace trace : traces) {
        INDArray scaled = trace.error.mul(gamma());
        INDArray ofSeen = times(parameter("W"), true, scaled, false);
        INDArray ofValue = times(ofSeen, false, trace.map, false);
        gradient("value").addi(times(ofValue, false, trace.direction, true));
        weigh(trace.error, scaled, trace.seenOfDirection);
      }
    }
  }
}
