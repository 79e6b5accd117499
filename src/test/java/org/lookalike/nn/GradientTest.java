package org.lookalike.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lookalike.nn.onednn.Tensor;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** Every layer's gradients, and those of gradient penalties, against finite differences. */
class GradientTest {
  private static final ActivationFunction.Kind LEAKY = ActivationFunction.Kind.LEAKY_RELU;
  private static final double STEP = 1e-6;

  static Stream<Arguments> layers() {
    return Stream.of(
        layer("convolution", 3, Convolution.of(3, 5, 4, 2, 1, .3)),
        layer("convolution 3x3", 3, Convolution.of(3, 5, 3, 1, 1, .3)),
        layer("transposed convolution", 3, Convolution.transposed(3, 5, 4, 2, 1, .3)),
        layer("doubling convolution", 3, Convolution.doubling(3, 5, .3)),
        layer("balanced convolution", 3, Convolution.balanced(3, 5, .3)),
        layer("spectral balanced", 3, Convolution.balanced(3, 5, .3).spectral(true)),
        layer("halving convolution", 3, Convolution.halving(3, 5, .3)),
        layer("spectral halving", 3, Convolution.halving(3, 5, .3).spectral(true)),
        layer("dense", 3, new Dense(3 * 64, .1, 4, 2, 2)),
        layer("leaky ReLU", 3, mix(3), new ActivationFunction(LEAKY)),
        layer("ReLU", 3, mix(3), new ActivationFunction(ActivationFunction.Kind.RELU)),
        layer("tanh", 3, mix(3), new ActivationFunction(ActivationFunction.Kind.TANH)),
        layer("batch normalisation", 3, new BatchNormalisation(3, .2)),
        layer("nearest", 3, mix(3), new Resampling(Resampling.Kind.NEAREST)),
        layer("pixel shuffle", 4, mix(4), new Resampling(Resampling.Kind.PIXEL_SHUFFLE)),
        layer("average", 3, mix(3), new Resampling(Resampling.Kind.AVERAGE)),
        layer("minibatch deviation", 3, mix(3), new MinibatchDeviation()),
        layer("maxout", 3, new Dense(3 * 64, .1, 20), new Maxout(4, 5)),
        layer("sample distances", 3, new Dense(3 * 64, .03, 6), new SampleDistances(3, 2)),
        layer("instance normalisation", 3, mix(3), new InstanceNormalisation(3)),
        layer("dropout", 3, mix(3), new Dropout(.4)),
        layer("attention", 8, mix(8), new SelfAttention(8)),
        layer("spectral attention", 8, mix(8), new SelfAttention(8).spectral(true)),
        layer("spectral convolution", 3, Convolution.of(3, 5, 4, 2, 1, .3).spectral(true)),
        layer("spectral dense", 3, new Dense(3 * 64, .1, 4, 2, 2).spectral(true)),
        layer("condition beside", 3, new Conditioning(Conditioning.Kind.APPEND, 3), mix(6)),
        layer(
            "condition apart",
            3,
            new Dense(3 * 64, .1, 4),
            new Conditioning(Conditioning.Kind.SPREAD, 3),
            new Dense(15, .3, 2)),
        layer(
            "condition selects",
            3,
            new Dense(3 * 64, .1, 3),
            new Conditioning(Conditioning.Kind.SELECT, 3)),
        layer(
            "a whole generator",
            3,
            Convolution.transposed(3, 4, 4, 2, 1, .3),
            new BatchNormalisation(4, .2),
            new ActivationFunction(LEAKY),
            new Resampling(Resampling.Kind.NEAREST),
            Convolution.of(4, 2, 3, 1, 1, .3),
            new ActivationFunction(ActivationFunction.Kind.TANH)));
  }

  /** DL4J wants a network to have parameters. */
  private static EngineLayer mix(int channels) {
    return Convolution.of(channels, channels, 3, 1, 1, .3);
  }

  private static Arguments layer(String name, int channels, EngineLayer... layers) {
    return Arguments.of(name, channels, layers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void gradientsAreThoseOfFiniteDifferences(String name, int channels, EngineLayer[] layers) {
    Network net = chain(DataType.DOUBLE, layers);
    net.setSegments(2);
    prepare(net);
    checkGradients(net, Nd4j.randn(DataType.DOUBLE, 8, channels, 8, 8));
  }

  /** What some layers want to know, and power iterations until they have converged. */
  private static void prepare(Network net) {
    net.setConditions(0, 2, 1, 1, 2, 0, 0, 1);
    net.setDraw(1, 2);
    INDArray gamma = net.graph().paramTable().get("l1_gamma");
    if (gamma != null && gamma.length() == 1) gamma.assign(.7);
    if (net.graph().paramTable().containsKey("l1_query_u")) {
      prepare(net, Nd4j.randn(net.parameters().dataType(), 2, 8, 8, 8));
    }
    if (!net.graph().paramTable().containsKey("l0_u")) return;
    prepare(net, Nd4j.randn(net.parameters().dataType(), 2, 3, 8, 8));
  }

  private static void prepare(Network net, INDArray x) {
    net.forward(x, Pass.TRAIN);
    for (int i = 0; i < 300; i++) net.parametersStepped();
  }

  @Test
  void resamplingPutsPixelsWhereTheyBelong() {
    INDArray x = Nd4j.arange(16).castTo(DataType.FLOAT).reshape(1, 4, 2, 2);
    assertThat(resampled(x, Resampling.Kind.PIXEL_SHUFFLE).reshape(4, 4).toFloatMatrix())
        .isDeepEqualTo(
            new float[][] {{0, 4, 1, 5}, {8, 12, 9, 13}, {2, 6, 3, 7}, {10, 14, 11, 15}});
    assertThat(resampled(x, Resampling.Kind.NEAREST).reshape(16, 4).toFloatMatrix()[0])
        .containsExactly(0, 0, 1, 1);
  }

  private static INDArray resampled(INDArray x, Resampling.Kind kind) {
    Operator operator = new Resampling(kind).operator(DataType.FLOAT);
    return operator.forward(Tensor.of(x), Pass.TRAIN).values();
  }

  /** Where kernels of an ordinary transposed convolution draw a checkerboard of period 2. */
  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void aBalancedConvolutionLeavesFlatAreasFlat(DataType type) {
    INDArray flat = Nd4j.ones(type, 1, 3, 6, 6);
    Network ordinary = chain(type, Convolution.transposed(3, 5, 4, 2, 1, .3));
    Network balanced = chain(type, Convolution.balanced(3, 5, .3));
    balanced.parameters().assign(ordinary.parameters());
    assertThat(unevenness(ordinary.forward(flat, Pass.INFER))).isGreaterThan(.1);
    assertThat(unevenness(balanced.forward(flat, Pass.INFER))).isLessThan(1e-5);
  }

  /** The largest deviation from the mean of each channel, but for its rim, which hears less. */
  private static double unevenness(INDArray image) {
    INDArrayIndex inside = NDArrayIndex.interval(1, image.size(2) - 1);
    INDArray middle = image.get(NDArrayIndex.all(), NDArrayIndex.all(), inside, inside).dup();
    INDArray mean = middle.mean(true, 2, 3).broadcast(middle.shape());
    return middle.sub(mean).amaxNumber().doubleValue();
  }

  /** Of a pass and of a penalty, whose gradients for the others are as they would be. */
  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT", "DOUBLE"})
  void frozenLayersHaveNoGradients(DataType type) {
    Network net = residual(type, 4);
    INDArray x = Nd4j.randn(type, 4, 3, 8, 8);
    INDArray e = Nd4j.randn(type, net.forward(x, Pass.TRAIN).shape());
    net.backward(e, Pass.TRAIN, false, true);
    INDArray passes = net.gradients().dup();
    penaltyGradient(net, x, 1);
    INDArray penalties = net.gradients().dup();
    INDArray weights = net.weightMask();
    long frozen = net.graph().getLayer(0).numParams();

    net.freeze(1);
    net.forward(x, Pass.TRAIN);
    net.backward(e, Pass.TRAIN, false, true);
    assertLearnsAfter(frozen, net.gradients(), passes);
    penaltyGradient(net, x, 1);
    assertLearnsAfter(frozen, net.gradients(), penalties);
    assertLearnsAfter(frozen, net.weightMask(), weights);

    net.freeze(0);
    net.forward(x, Pass.TRAIN);
    net.backward(e, Pass.TRAIN, false, true);
    assertThat(net.gradients()).isEqualTo(passes);
    assertThatThrownBy(() -> net.freeze(net.layersWithWeights()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertLearnsAfter(long frozen, INDArray is, INDArray was) {
    INDArray first = was.get(NDArrayIndex.interval(0, frozen));
    assertThat(first.norm2Number().doubleValue()).isPositive();
    INDArray wanted = was.dup();
    wanted.get(NDArrayIndex.interval(0, frozen)).assign(0);
    assertThat(wanted.norm2Number().doubleValue()).isPositive();
    assertThat(is).isEqualTo(wanted);
  }

  /** On x86 float runs on oneDNN and double on ND4J: two implementations of everything. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void floatAgreesWithDouble(String name, int channels, EngineLayer[] layers) {
    for (int batch : new int[] {8, 4}) {
      compare(chain(DataType.DOUBLE, layers), chain(DataType.FLOAT, layers), channels, batch);
    }
  }

  /** What is made of an image, and of its error, is its own then. */
  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void imagesNeedNotBeCompared(DataType type) {
    List<EngineLayer[]> compared =
        List.of(
            new EngineLayer[] {mix(3), new MinibatchDeviation(), new Dense(4 * 64, .1, 2)},
            new EngineLayer[] {new Dense(3 * 64, .03, 6), new SampleDistances(3, 2)});
    for (EngineLayer[] layers : compared) {
      Network net = chain(type, layers);
      INDArray x = Nd4j.randn(type, 8, 3, 8, 8);
      INDArray error = Nd4j.randn(type, net.forward(x, Pass.TRAIN).shape());
      assertThat(net.mixesImages()).isTrue();
      INDArray before = net.forward(x, Pass.TRAIN).dup();

      net.setComparing(false);

      assertThat(net.mixesImages()).isFalse();
      INDArray all = net.forward(x, Pass.TRAIN).dup();
      INDArray dx = net.backward(error, Pass.TRAIN, true, true).dup();
      assertThat(all.equalsWithEps(before, 1e-3)).isFalse();
      // Of two groups of four.
      INDArrayIndex middle = NDArrayIndex.interval(2, 6);
      INDArray half = x.get(middle).dup();
      assertClose(net.forward(half, Pass.TRAIN), exact(all.get(middle)));
      INDArray halfError = error.get(middle).dup();
      assertClose(net.backward(halfError, Pass.TRAIN, true, true), exact(dx.get(middle)));
      net.setComparing(true);
      assertClose(net.forward(x, Pass.TRAIN), exact(before));
    }
  }

  private static INDArray exact(INDArray values) {
    return values.castTo(DataType.DOUBLE);
  }

  @Test
  void floatAgreesWithDoubleAtTheWidthsOfRealNets() {
    EngineLayer[] layers = {
      Convolution.of(1, 16, 3, 1, 1, .3),
      new ActivationFunction(LEAKY),
      Convolution.of(16, 32, 4, 2, 1, .06),
      new BatchNormalisation(32, .2),
      new ActivationFunction(ActivationFunction.Kind.RELU),
      Convolution.transposed(32, 48, 4, 2, 1, .06),
      new ActivationFunction(LEAKY),
      Convolution.of(48, 3, 3, 1, 1, .06),
      new ActivationFunction(ActivationFunction.Kind.TANH)
    };
    compare(chain(DataType.DOUBLE, layers), chain(DataType.FLOAT, layers), 1, 8);
  }

  /** Few outputs are computed as blocks of pixels, and so are the errors of few inputs. */
  @ParameterizedTest(name = "{0} channels")
  @ValueSource(ints = {1, 2, 3, 5})
  void floatAgreesWithDoubleForFewChannels(int channels) {
    EngineLayer[] generator = {
      Convolution.of(channels, 16, 4, 2, 1, .3),
      new ActivationFunction(LEAKY),
      Convolution.transposed(16, channels, 4, 2, 1, .06),
      Convolution.of(channels, 12, 3, 1, 1, .3),
      Convolution.of(12, channels, 3, 1, 1, .06),
      new ActivationFunction(LEAKY)
    };
    compare(chain(DataType.DOUBLE, generator), chain(DataType.FLOAT, generator), channels, 8);
  }

  /** The last channel of such is computed by itself. */
  @Test
  void floatAgreesWithDoubleForOneChannelMoreThanBlocksHold() {
    EngineLayer[] layers = {
      Convolution.of(2, 33, 3, 1, 1, .3),
      new ActivationFunction(LEAKY),
      Convolution.of(33, 17, 3, 1, 1, .06),
      Convolution.of(17, 4, 4, 2, 1, .06),
      Convolution.transposed(4, 17, 4, 2, 1, .1),
      new ActivationFunction(LEAKY),
      Convolution.of(17, 1, 3, 1, 1, .1)
    };
    compare(chain(DataType.DOUBLE, layers), chain(DataType.FLOAT, layers), 2, 8);
  }

  /** As narrow nets have it before their pixels. */
  @ParameterizedTest(name = "{0} to {1} channels")
  @CsvSource({"4, 1", "5, 3", "12, 1", "16, 1", "1, 1"})
  void floatAgreesWithDoubleAtNarrowEnds(int from, int to) {
    EngineLayer[] generator = {
      Convolution.transposed(2, from, 4, 2, 1, .3),
      new ActivationFunction(LEAKY),
      Convolution.transposed(from, to, 4, 2, 1, .3),
      new ActivationFunction(ActivationFunction.Kind.TANH)
    };
    compare(chain(DataType.DOUBLE, generator), chain(DataType.FLOAT, generator), 2, 8);
  }

  @Test
  void copiesOfWeightsFollowTheWeights() {
    Network net = critic(DataType.FLOAT);
    INDArray x = Nd4j.randn(DataType.FLOAT, 4, 2, 8, 8);
    float before = net.forward(x, Pass.TRAIN).getFloat(0);
    net.parameters().muli(1.5);
    net.parametersChanged();
    float after = net.forward(x, Pass.TRAIN).getFloat(0);
    Network fresh = critic(DataType.FLOAT);
    fresh.parameters().assign(net.parameters());
    assertThat(after).isEqualTo(fresh.forward(x, Pass.TRAIN).getFloat(0)).isNotEqualTo(before);
  }

  /** Passes, and penalties: in float the join does the work of the rectifier behind it. */
  @ParameterizedTest(name = "{0} channels")
  @ValueSource(ints = {4, 12, 16})
  void floatAgreesWithDoubleThroughAResidualJoin(int channels) {
    Network exact = residual(DataType.DOUBLE, channels);
    Network fast = residual(DataType.FLOAT, channels);
    for (int batch : new int[] {8, 4, 8}) {
      compare(exact, fast, 3, batch);
      INDArray x = Nd4j.randn(DataType.DOUBLE, batch, 3, 8, 8);
      penaltyGradient(exact, x, 1);
      penaltyGradient(fast, x.castTo(DataType.FLOAT), 1);
      assertClose(fast.gradients(), exact.gradients());
    }
  }

  private static void compare(Network exact, Network fast, int channels, int batch) {
    exact.graph().paramTable().forEach(GradientTest::bias);
    fast.parameters().assign(exact.parameters());
    for (Network net : new Network[] {exact, fast}) {
      net.setSegments(2);
      prepare(net);
    }
    compareOn(exact, fast, Nd4j.randn(DataType.DOUBLE, batch, channels, 8, 8));
  }

  /** Biases begin at 0, which would hide those that are not added. */
  private static void bias(String name, INDArray values) {
    if (name.endsWith("_b")) values.assign(Nd4j.randn(values.dataType(), values.shape()).mul(.3));
  }

  private static void compareOn(Network exact, Network fast, INDArray x) {
    INDArray xf = x.castTo(DataType.FLOAT);
    for (int round = 0; round < 2; round++) {
      INDArray y = exact.forward(x, Pass.TRAIN).dup();
      assertClose(fast.forward(xf, Pass.TRAIN), y);
      INDArray e = Nd4j.randn(DataType.DOUBLE, y.shape());
      INDArray ef = e.castTo(DataType.FLOAT);
      for (Pass pass : new Pass[] {Pass.TRAIN, Pass.FROZEN}) {
        boolean learns = pass == Pass.TRAIN;
        INDArray dx = exact.backward(e, pass, true, learns).dup();
        assertClose(fast.backward(ef, pass, true, learns), dx);
        if (learns) assertClose(fast.gradients(), exact.gradients());
      }
      assertClose(fast.parameters(), exact.parameters());
    }
    INDArray inferred = exact.forward(x, Pass.INFER).dup();
    assertClose(fast.forward(xf, Pass.INFER), inferred);
  }

  private static void assertClose(INDArray is, INDArray wanted) {
    double difference = is.castTo(DataType.DOUBLE).sub(wanted).norm2Number().doubleValue();
    assertThat(difference).isLessThan(2e-5 * wanted.norm2Number().doubleValue() + 1e-7);
  }

  /** H v of a smooth loss of a piecewise linear net, and the mixed derivative at its input. */
  @Test
  void curvatureIsThatOfFiniteDifferences() {
    Network net =
        chain(
            DataType.DOUBLE,
            new Dense(3, .5, 8),
            new ActivationFunction(LEAKY),
            new Dense(8, .5, 6),
            new Maxout(3, 2),
            new Dense(3, .5, 1));
    assertThat(net.hasCurvature()).isTrue();
    INDArray x = Nd4j.randn(DataType.DOUBLE, 5, 3);
    INDArray v = Nd4j.randn(DataType.DOUBLE, net.parameters().length());
    INDArray y = net.forward(x, Pass.TRAIN).dup();
    INDArray change = net.forwardAlong(v).dup();
    // The loss is sum sin(y): its slopes are cos(y), which change by -sin(y) times y's change.
    INDArray mixed =
        net.backwardAlong(Transforms.cos(y, true), Transforms.sin(y, true).muli(change).negi())
            .dup();
    INDArray product = net.gradients().dup();
    INDArray[] above = slopes(net, x, v, 1e-6);
    INDArray[] below = slopes(net, x, v, -1e-6);
    for (int part = 0; part < 2; part++) {
      INDArray wanted = above[part].sub(below[part]).divi(2e-6);
      INDArray is = part == 0 ? product : mixed;
      assertThat(is.sub(wanted).norm2Number().doubleValue())
          .isLessThan(1e-6 * wanted.norm2Number().doubleValue());
    }
  }

  /** Gradients of sum sin(y) with respect to parameters and input, a step along a direction. */
  private static INDArray[] slopes(Network net, INDArray x, INDArray v, double step) {
    INDArray kept = net.parameters().dup();
    net.parameters().addi(v.mul(step));
    INDArray y = net.forward(x, Pass.TRAIN);
    INDArray dx = net.backward(Transforms.cos(y, true), Pass.TRAIN, true, true).dup();
    INDArray dw = net.gradients().dup();
    net.parameters().assign(kept);
    return new INDArray[] {dw, dx};
  }

  @Test
  void spectralNormsAreOne() {
    Network net = chain(DataType.DOUBLE, new Dense(6, 2, 5).spectral(true));
    prepare(net, Nd4j.randn(DataType.DOUBLE, 2, 6));
    net.graph().paramTable().get("l0_b").assign(0);
    INDArray matrix = net.forward(Nd4j.eye(6).castTo(DataType.DOUBLE), Pass.INFER).dup();
    INDArray direction = Nd4j.randn(DataType.DOUBLE, 5, 1);
    double norm = 0;
    for (int i = 0; i < 500; i++) {
      direction = matrix.transpose().mmul(matrix.mmul(direction));
      norm = direction.norm2Number().doubleValue();
      direction.divi(norm);
    }
    assertThat(Math.sqrt(norm)).isCloseTo(1, org.assertj.core.api.Assertions.within(1e-9));
  }

  /** As one convolution and as what it stands for: the weights are the same, mirrored. */
  @Test
  void doublingIsAConvolutionOfDoubledPixels() {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      Network one = chain(type, Convolution.doubling(3, 5, .3));
      Network two =
          chain(type, new Resampling(Resampling.Kind.NEAREST), Convolution.of(3, 5, 3, 1, 1, 0));
      INDArray w = one.graph().getParam("l0_W").dup();
      for (int o = 0; o < 5; o++) {
        for (int i = 0; i < 3; i++) {
          for (int k = 0; k < 9; k++) {
            double value = w.getDouble(i, o, 2 - k / 3, 2 - k % 3);
            two.graph().getParam("l1_W").putScalar(new long[] {o, i, k / 3, k % 3}, value);
          }
        }
      }
      two.parametersChanged();
      INDArray x = Nd4j.randn(type, 4, 3, 8, 8);
      assertClose(one.forward(x, Pass.INFER), two.forward(x, Pass.INFER));
    }
  }

  @Test
  void halvingIsTheMeanOfAConvolution() {
    for (DataType type : new DataType[] {DataType.DOUBLE, DataType.FLOAT}) {
      Network one = chain(type, Convolution.halving(3, 5, .3));
      Network two =
          chain(type, Convolution.of(3, 5, 3, 1, 1, 0), new Resampling(Resampling.Kind.AVERAGE));
      two.parameters().assign(one.parameters());
      two.parametersChanged();
      INDArray x = Nd4j.randn(type, 4, 3, 8, 8);
      assertClose(one.forward(x, Pass.INFER), two.forward(x, Pass.INFER));
    }
  }

  @Test
  void penaltyGradientsThroughAHalvingConvolution() {
    Network net =
        chain(
            DataType.DOUBLE,
            Convolution.halving(2, 4, .3),
            new ActivationFunction(LEAKY),
            new Dense(4 * 16, .3, 1));
    checkPenalty(net, Nd4j.randn(DataType.DOUBLE, 4, 2, 8, 8), 1);
  }

  /** Penalties through layers whose tangent mode is exact, too. */
  @Test
  void penaltyGradientsThroughDropoutAndClasses() {
    Network net =
        chain(
            DataType.DOUBLE,
            new Conditioning(Conditioning.Kind.APPEND, 3),
            Convolution.of(5, 4, 3, 1, 1, .3),
            new ActivationFunction(LEAKY),
            new Dropout(.3),
            new Dense(4 * 64, .3, 3),
            new Conditioning(Conditioning.Kind.SELECT, 3));
    prepare(net);
    checkPenalty(net, Nd4j.randn(DataType.DOUBLE, 8, 2, 8, 8), 1);
  }

  /** The head of a conditional discriminator: two branches from the features. */
  private static Network projection(DataType type) {
    ComputationGraphConfiguration.GraphBuilder builder = builder(type);
    builder.addLayer("l0", Convolution.of(2, 4, 4, 2, 1, .3), "in");
    builder.addLayer(Network.FEATURES, new ActivationFunction(LEAKY), "l0");
    builder.addLayer("logit", new Dense(4 * 16, .3, 1), Network.FEATURES);
    builder.addLayer("classes", new Dense(4 * 16, .3, 3), Network.FEATURES);
    builder.addLayer("own", new Conditioning(Conditioning.Kind.SELECT, 3), "classes");
    builder.addVertex("join", new ElementWiseVertex(ElementWiseVertex.Op.Add), "logit", "own");
    return build(builder, "join");
  }

  @Test
  void penaltyGradientsThroughAProjection() {
    Network net = projection(DataType.DOUBLE);
    prepare(net);
    INDArray x = Nd4j.randn(DataType.DOUBLE, 8, 2, 8, 8);
    checkGradients(net, x);
    checkPenalty(net, x, 0);
    Network fast = projection(DataType.FLOAT);
    prepare(fast);
    compare(net, fast, 2, 8);
    for (int round = 0; round < 2; round++) {
      penaltyGradient(net, x, 0);
      penaltyGradient(fast, x.castTo(DataType.FLOAT), 0);
      assertClose(fast.gradients(), net.gradients());
    }
  }

  @Test
  void errorsOfFeaturesJoinThoseOfTheOutput() {
    ComputationGraphConfiguration.GraphBuilder builder = builder(DataType.DOUBLE);
    builder.addLayer("first", new Dense(6, .5, 4), "in");
    builder.addLayer(Network.FEATURES, new ActivationFunction(LEAKY), "first");
    builder.addLayer("out", new Dense(4, .5, 1), Network.FEATURES);
    Network net = build(builder, "out");
    INDArray x = Nd4j.randn(DataType.DOUBLE, 5, 6);
    INDArray inner = Nd4j.randn(DataType.DOUBLE, 5, 4);
    INDArray ones = Nd4j.ones(DataType.DOUBLE, 5, 1);
    net.forward(x, Pass.TRAIN);
    net.backward(ones, inner, Pass.TRAIN, false, true);
    INDArray exact = net.gradients().dup();
    ToDoubleFunction<Network> value =
        n -> {
          double outputs = n.forward(x, Pass.TRAIN).sumNumber().doubleValue();
          return outputs + n.features().mul(inner).sumNumber().doubleValue();
        };
    assertMatches(net, net.parameters(), exact, value);
  }

  /** A row's two layouts are the same; whichever a process meets first must do for the other. */
  @Test
  void productsOfSingleRowsAndColumns() {
    for (long[] sizes : new long[][] {{1, 7, 5}, {6, 7, 1}, {6, 1, 5}, {1, 1, 9}, {1, 9, 1}}) {
      INDArray a = Nd4j.randn(DataType.FLOAT, sizes[1], sizes[0]);
      INDArray b = Nd4j.randn(DataType.FLOAT, sizes[2], sizes[1]);
      INDArray wanted = a.transpose().mmul(b.transpose());
      Products products = new Products(DataType.FLOAT);
      assertClose(products.times(a, true, b, true), wanted.castTo(DataType.DOUBLE));
      INDArray plainA = a.transpose().dup('c');
      INDArray plainB = b.transpose().dup('c');
      assertClose(products.times(plainA, false, plainB, false), wanted.castTo(DataType.DOUBLE));
    }
  }

  @Test
  void residualJoinGradients() {
    checkGradients(residual(DataType.DOUBLE), Nd4j.randn(DataType.DOUBLE, 4, 3, 8, 8));
  }

  @Test
  void latentSkipGradients() {
    Network net = skipping(DataType.DOUBLE, 3, true);
    checkGradients(net, Nd4j.randn(DataType.DOUBLE, 4, 6));
  }

  /** With channels that fill oneDNN's blocks and with some that do not. */
  @ParameterizedTest(name = "{0} channels, rectifier behind: {1}")
  @CsvSource({"3, true", "12, true", "16, true", "20, false", "32, true"})
  void floatAgreesWithDoubleThroughLatentSkips(int channels, boolean rectifies) {
    Network exact = skipping(DataType.DOUBLE, channels, rectifies);
    Network fast = skipping(DataType.FLOAT, channels, rectifies);
    fast.parameters().assign(exact.parameters());
    for (int batch : new int[] {8, 4, 8}) {
      compareOn(exact, fast, Nd4j.randn(DataType.DOUBLE, batch, 6));
      INDArray x = Nd4j.randn(DataType.FLOAT, batch, 6);
      INDArray ofDl4j = fast.graph().clone().outputSingle(x).castTo(DataType.DOUBLE);
      assertClose(fast.forward(x, Pass.INFER), ofDl4j);
    }
  }

  @Test
  void refinementGradients() {
    checkGradients(refining(DataType.DOUBLE, 3), Nd4j.randn(DataType.DOUBLE, 4, 6));
  }

  @ParameterizedTest(name = "{0} channels")
  @ValueSource(ints = {3, 8, 16, 20})
  void floatAgreesWithDoubleThroughRefinements(int channels) {
    Network exact = refining(DataType.DOUBLE, channels);
    Network fast = refining(DataType.FLOAT, channels);
    fast.parameters().assign(exact.parameters());
    for (int batch : new int[] {8, 4, 8}) {
      compareOn(exact, fast, Nd4j.randn(DataType.DOUBLE, batch, 6));
    }
  }

  @Test
  void noiseWeightGradients() {
    Network net = noisy(DataType.DOUBLE);
    INDArray x = Nd4j.randn(DataType.DOUBLE, 4, 6);
    INDArray weights = Nd4j.randn(DataType.DOUBLE, net.forward(x, Pass.TRAIN).shape());
    net.backward(weights, Pass.TRAIN, false, true);
    assertMatches(
        net,
        net.parameters(),
        net.gradients().dup(),
        n -> n.forward(x, Pass.TRAIN).mul(weights).sumNumber().doubleValue());
  }

  @Test
  void noiseFollowsFromTheVectorAlone() {
    Network net = noisy(DataType.FLOAT);
    INDArray x = Nd4j.randn(DataType.FLOAT, 4, 6);
    INDArray all = net.forward(x, Pass.INFER).dup();
    INDArray alone = net.forward(x.get(NDArrayIndex.interval(2, 3)).dup('c'), Pass.INFER).dup();
    assertClose(alone, all.get(NDArrayIndex.interval(2, 3)).castTo(DataType.DOUBLE));
    Network noise = chain(DataType.FLOAT, new PixelNoise(64), mix(1));
    noise.parameters().assign(0);
    noise.parameters().putScalar(4, 1);
    noise.parametersChanged();
    INDArray planes = noise.forward(x, Pass.INFER).dup();
    assertThat(planes.meanNumber().doubleValue()).isCloseTo(0, within(.03));
    assertThat(planes.stdNumber().doubleValue()).isCloseTo(1, within(.03));
    double alike = planes.slice(0).mul(planes.slice(1)).meanNumber().doubleValue();
    assertThat(alike).as("correlation of two images' noise").isCloseTo(0, within(.06));
  }

  private static void checkGradients(Network net, INDArray x) {
    INDArray weights = Nd4j.randn(DataType.DOUBLE, net.forward(x, Pass.TRAIN).shape());
    INDArray dx = net.backward(weights, Pass.TRAIN, true, true).dup();
    INDArray dw = net.gradients().dup();
    ToDoubleFunction<Network> value =
        n -> n.forward(x, Pass.TRAIN).mul(weights).sumNumber().doubleValue();
    assertMatches(net, x.reshape(x.length()), dx.reshape(dx.length()), value);
    if (dw.length() > 1) assertMatches(net, net.parameters(), dw, value);
    net.forward(x, Pass.TRAIN);
    INDArray alone = net.backward(weights, Pass.TRAIN, true, false);
    assertThat(alone.sub(dx).amaxNumber().doubleValue()).isLessThan(1e-9);
  }

  @ParameterizedTest(name = "target norm {0}, segments {1}")
  @MethodSource("penalties")
  void penaltyGradientsAreThoseOfFiniteDifferences(double target, int segments) {
    Network critic = critic(DataType.DOUBLE);
    critic.setSegments(segments);
    checkPenalty(critic, Nd4j.randn(DataType.DOUBLE, 8, 2, 8, 8), target);
  }

  static Stream<Arguments> penalties() {
    return Stream.of(
        Arguments.of(0.0, 1), Arguments.of(1.0, 1), Arguments.of(0.0, 2), Arguments.of(1.0, 2));
  }

  @Test
  void penaltyGradientsThroughAResidualJoin() {
    checkPenalty(residual(DataType.DOUBLE), Nd4j.randn(DataType.DOUBLE, 4, 3, 8, 8), 1);
  }

  private static void checkPenalty(Network net, INDArray x, double target) {
    penaltyGradient(net, x, target);
    INDArray exact = net.gradients().dup();
    assertMatches(net, net.parameters(), exact, n -> penalty(n, x, target));
  }

  @Test
  void floatAgreesWithDoubleOnTheFastPath() {
    Network exact = critic(DataType.DOUBLE);
    Network fast = critic(DataType.FLOAT);
    fast.parameters().assign(exact.parameters());
    INDArray x = Nd4j.randn(DataType.DOUBLE, 8, 2, 8, 8);
    for (double target : new double[] {0, 1}) {
      penaltyGradient(exact, x, target);
      penaltyGradient(fast, x.castTo(DataType.FLOAT), target);
      INDArray difference = fast.gradients().castTo(DataType.DOUBLE).sub(exact.gradients());
      assertThat(difference.norm2Number().doubleValue())
          .isLessThan(1e-5 * exact.gradients().norm2Number().doubleValue());
    }
  }

  private static INDArray inputGradients(Network net, INDArray x) {
    INDArray y = net.forward(x, Pass.TRAIN);
    return net.backward(Nd4j.onesLike(y), Pass.FROZEN, true, false).dup();
  }

  /** mean_i (‖∇D(x_i)‖ - t)² */
  private static double penalty(Network net, INDArray x, double target) {
    INDArray excess = inputGradients(net, x).reshape(x.size(0), -1).norm2(1).subi(target);
    return excess.muli(excess).meanNumber().doubleValue();
  }

  private static void penaltyGradient(Network net, INDArray x, double target) {
    INDArray g = inputGradients(net, x);
    int n = (int) x.size(0);
    for (int i = 0; i < n; i++) {
      INDArray gi = g.slice(i);
      double norm = gi.norm2Number().doubleValue();
      gi.muli(2 * (norm - target) / norm / n);
    }
    net.forward(g, Pass.TANGENT);
    net.weighTangent();
  }

  private static void assertMatches(
      Network net, INDArray variables, INDArray gradient, ToDoubleFunction<Network> value) {
    Random random = new Random(7);
    double worst = 0;
    double scale = Math.max(1e-3, Transforms.abs(gradient).maxNumber().doubleValue());
    for (int trial = 0; trial < 60; trial++) {
      long i = random.nextInt((int) variables.length());
      double old = variables.getDouble(i);
      variables.putScalar(i, old + STEP);
      net.parametersChanged();
      double above = value.applyAsDouble(net);
      variables.putScalar(i, old - STEP);
      net.parametersChanged();
      double below = value.applyAsDouble(net);
      variables.putScalar(i, old);
      net.parametersChanged();
      double difference = (above - below) / (2 * STEP);
      worst = Math.max(worst, Math.abs(difference - gradient.getDouble(i)) / scale);
    }
    assertThat(worst).as("largest error relative to the largest gradient").isLessThan(1e-6);
  }

  private static Network critic(DataType type) {
    return chain(
        type,
        Convolution.of(2, 4, 3, 1, 1, .3),
        new ActivationFunction(LEAKY),
        Convolution.of(4, 6, 4, 2, 1, .3),
        new ActivationFunction(LEAKY),
        new MinibatchDeviation(),
        Convolution.of(7, 5, 3, 1, 1, .3),
        new ActivationFunction(LEAKY),
        new Dense(5 * 16, .3, 1));
  }

  private static Network chain(DataType type, EngineLayer... layers) {
    ComputationGraphConfiguration.GraphBuilder builder = builder(type);
    String last = "in";
    for (int i = 0; i < layers.length; i++) {
      builder.addLayer("l" + i, layers[i], last);
      last = "l" + i;
    }
    return build(builder, last);
  }

  private static Network residual(DataType type) {
    return residual(type, 4);
  }

  private static Network residual(DataType type, int n) {
    ComputationGraphConfiguration.GraphBuilder builder = builder(type);
    builder.addLayer("first", Convolution.of(3, n, 3, 1, 1, .3), "in");
    builder.addLayer("a", new ActivationFunction(LEAKY), "first");
    builder.addLayer("b", Convolution.of(n, n, 3, 1, 1, .6 / Math.sqrt(n)), "a");
    builder.addVertex("join", new ElementWiseVertex(ElementWiseVertex.Op.Add), "first", "b");
    builder.addLayer("c", new ActivationFunction(LEAKY), "join");
    builder.addLayer("out", new Dense(n * 64, .1, 1), "c");
    return build(builder, "out");
  }

  /** A small generator with noise. */
  private static Network noisy(DataType type) {
    ComputationGraphConfiguration.GraphBuilder builder = builder(type);
    builder.addLayer("first", new Dense(6, .4, 4, 8, 8), "in");
    builder.addLayer("a", new ActivationFunction(LEAKY), "first");
    builder.addLayer("noise", new PixelNoise(8), "in");
    builder.addLayer("strength", Convolution.of(1, 4, 1, 1, 0, .5), "noise");
    builder.addVertex("join", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "strength");
    builder.addLayer("out", Convolution.of(4, 2, 3, 1, 1, .3), "join");
    return build(builder, "out");
  }

  /** A small generator with latent skips: before a rectifier, and before a convolution. */
  private static Network skipping(DataType type, int channels, boolean rectifies) {
    ComputationGraphConfiguration.GraphBuilder builder = builder(type);
    builder.addLayer("first", new Dense(6, .4, channels, 4, 4), "in");
    builder.addLayer("up", Convolution.transposed(channels, channels, 4, 2, 1, .2), "first");
    builder.addLayer("shift", new Dense(6, .5, channels, 1, 1), "in");
    builder.addVertex("join", new ElementWiseVertex(ElementWiseVertex.Op.Add), "up", "shift");
    String last = "join";
    if (rectifies) builder.addLayer("a", new ActivationFunction(LEAKY), last);
    if (rectifies) last = "a";
    builder.addLayer("out", Convolution.of(channels, 2, 3, 1, 1, .3), last);
    return build(builder, "out");
  }

  /** A small generator with a second convolution beside what the first gave. */
  private static Network refining(DataType type, int channels) {
    ComputationGraphConfiguration.GraphBuilder builder = builder(type);
    builder.addLayer("first", new Dense(6, .4, channels, 4, 4), "in");
    builder.addLayer("up", Convolution.transposed(channels, channels, 4, 2, 1, .2), "first");
    builder.addLayer("a", new ActivationFunction(LEAKY), "up");
    builder.addLayer("second", Convolution.of(channels, channels, 3, 1, 1, .2), "a");
    builder.addVertex("join", new ElementWiseVertex(ElementWiseVertex.Op.Add), "a", "second");
    builder.addLayer("b", new ActivationFunction(LEAKY), "join");
    builder.addLayer("out", Convolution.of(channels, 2, 3, 1, 1, .3), "b");
    return build(builder, "out");
  }

  private static ComputationGraphConfiguration.GraphBuilder builder(DataType type) {
    return new NeuralNetConfiguration.Builder()
        .seed(5)
        .dataType(type)
        .trainingWorkspaceMode(WorkspaceMode.NONE)
        .inferenceWorkspaceMode(WorkspaceMode.NONE)
        .graphBuilder()
        .addInputs("in");
  }

  private static Network build(ComputationGraphConfiguration.GraphBuilder builder, String output) {
    ComputationGraph graph =
        new ComputationGraph(builder.setOutputs(output).validateOutputLayerConfig(false).build());
    graph.init();
    return new Network(graph);
  }
}
