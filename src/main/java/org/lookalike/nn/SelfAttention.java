package org.lookalike.nn;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Self-attention of SAGAN (Zhang et al. 2019): {@code y = x + gamma * Wo (Wv x) Aᵀ}, where row j of
 * A says which places place j looks at, by the softmax of {@code (Wk x)_j · (Wq x)_i}. Queries and
 * keys have an eighth of the channels, values half; gamma starts at 0. With spectral normalisation
 * the four matrices are divided by their norms, as the paper has it. In tangent mode A and the
 * norms are held constant.
 */
public final class SelfAttention extends EngineLayer {
  private static final long serialVersionUID = 1L;

  private static final int NARROW = 8;
  private static final List<String> MATRICES = List.of("query", "key", "value", "W");
  private static final String VECTOR = "_u";

  private int channels;
  private boolean spectral;

  /** For DL4J's JSON. */
  SelfAttention() {}

  /**
   * @param channels a multiple of 8
   */
  public SelfAttention(int channels) {
    this.channels = channels;
  }

  /** The same with spectral normalisation, if {@code normalised}. */
  public SelfAttention spectral(boolean normalised) {
    spectral = normalised;
    return this;
  }

  @Override
  List<ParameterSpec> parameterSpecs() {
    double deviation = 1 / Math.sqrt(channels);
    int few = channels / NARROW;
    int half = channels / 2;
    List<ParameterSpec> specs = new ArrayList<>();
    specs.add(ParameterSpec.weights("query", deviation, few, channels));
    specs.add(ParameterSpec.weights("key", deviation, few, channels));
    specs.add(ParameterSpec.weights("value", deviation, half, channels));
    specs.add(ParameterSpec.weights("W", Math.sqrt(2) * deviation, channels, half));
    specs.add(ParameterSpec.normal("gamma", 0, 0, 1));
    if (spectral) {
      specs.add(SpectralNorm.vector("query" + VECTOR, few));
      specs.add(SpectralNorm.vector("key" + VECTOR, few));
      specs.add(SpectralNorm.vector("value" + VECTOR, half));
      specs.add(SpectralNorm.vector("W" + VECTOR, channels));
    }
    return specs;
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
    private final Map<String, SpectralNorm> norms = new HashMap<>();
    private final Map<String, INDArray> normalised = new HashMap<>();
    private long computed = -1;

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

    @Override
    void bindParameters(Map<String, INDArray> views) {
      super.bindParameters(views);
      computed = -1;
    }

    /** A matrix as it is used. */
    private INDArray weights(String name) {
      return spectral ? normalised.get(name) : parameter(name);
    }

    private void normalise(Pass pass) {
      if (!spectral || computed == version()) return;
      for (String name : MATRICES) {
        INDArray w = parameter(name);
        INDArray out = normalised.computeIfAbsent(name, n -> Nd4j.create(w.dataType(), w.shape()));
        norm(name).normalise(w, parameter(name + VECTOR), pass == Pass.TRAIN, out);
      }
      computed = version();
    }

    private SpectralNorm norm(String name) {
      return norms.computeIfAbsent(name, n -> new SpectralNorm());
    }

    @Override
    void stepped() {
      if (!spectral) return;
      for (String name : MATRICES) norm(name).iterate(parameter(name), parameter(name + VECTOR));
      computed = -1;
    }

    /** Turns gradients of the matrices as they are used into those of the parameters. */
    private void pullBack() {
      if (!spectral) return;
      for (String name : MATRICES) norm(name).pullBack(gradient(name), gradient(name));
    }

    private double gamma() {
      return parameter("gamma").getDouble(0);
    }

    @Override
    INDArray forward(INDArray x, Pass pass) {
      boolean tangent = pass == Pass.TANGENT;
      INDArray y = buffers.get(tangent ? "tangent" : "output", x.shape());
      if (!tangent) {
        traces.clear();
        normalise(pass);
      }
      for (int i = 0; i < x.size(0); i++) {
        INDArray in = image(x, i);
        INDArray seen;
        if (tangent) {
          Trace trace = traces.get(i);
          trace.direction = in;
          trace.valueOfDirection = times(weights("value"), false, in, false);
          seen = trace.seenOfDirection = times(trace.valueOfDirection, false, trace.map, true);
        } else {
          Trace trace = look(in);
          traces.add(trace);
          seen = trace.seen;
        }
        INDArray out = image(y, i);
        out.assign(times(weights("W"), false, seen, false).muli(gamma())).addi(in);
      }
      return y;
    }

    private Trace look(INDArray x) {
      Trace trace = new Trace();
      trace.x = x;
      trace.query = times(weights("query"), false, x, false);
      trace.key = times(weights("key"), false, x, false);
      trace.value = times(weights("value"), false, x, false);
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
        INDArray ofSeen = times(weights("W"), true, scaled, false);
        INDArray ofValue = times(ofSeen, false, trace.map, false);
        back.addi(times(weights("value"), true, ofValue, false));
        if (pass != Pass.TRAIN) continue;
        // The softmax: S' = A * (A' - sum(A * A')), row by row.
        INDArray ofMap = times(ofSeen, true, trace.value, false);
        INDArray sums = ofMap.mul(trace.map).sum(true, 1);
        INDArray ofScores = ofMap.subiColumnVector(sums).muli(trace.map);
        INDArray ofKey = times(trace.query, false, ofScores, true);
        INDArray ofQuery = times(trace.key, false, ofScores, false);
        back.addi(times(weights("key"), true, ofKey, false));
        back.addi(times(weights("query"), true, ofQuery, false));
        if (!wantWeights) continue;
        gradient("query").addi(times(ofQuery, false, trace.x, true));
        gradient("key").addi(times(ofKey, false, trace.x, true));
        gradient("value").addi(times(ofValue, false, trace.x, true));
        weigh(e, scaled, trace.seen);
      }
      if (wantWeights && pass == Pass.TRAIN) pullBack();
      return dx;
    }

    private void clearGradients() {
      for (ParameterSpec spec : parameterSpecs()) gradient(spec.name).assign(0);
    }

    /** Adds the gradients of what follows the map. */
    private void weigh(INDArray e, INDArray scaled, INDArray seen) {
      gradient("W").addi(times(scaled, false, seen, true));
      INDArray looked = times(weights("W"), false, seen, false);
      gradient("gamma").addi(looked.muli(e).sumNumber());
    }

    @Override
    void weighTangent() {
      clearGradients();
      for (Trace trace : traces) {
        INDArray scaled = trace.error.mul(gamma());
        INDArray ofSeen = times(weights("W"), true, scaled, false);
        INDArray ofValue = times(ofSeen, false, trace.map, false);
        gradient("value").addi(times(ofValue, false, trace.direction, true));
        weigh(trace.error, scaled, trace.seenOfDirection);
      }
      pullBack();
    }
  }
}
