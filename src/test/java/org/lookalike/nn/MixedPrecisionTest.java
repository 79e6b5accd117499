package org.lookalike.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Convolutions of numbers rounded to bfloat16 against those of floats. */
class MixedPrecisionTest {
  /** Half of the last of bfloat16's eight bits, and what rounding of both factors adds up to. */
  private static final double ROUNDING = 0x1p-9 * Math.sqrt(2);

  /** Of the slopes of a rectifier, where outputs next to zero change their sign. */
  private static final double SLOPES = 0.05;

  private static final ActivationFunction.Kind LEAKY = ActivationFunction.Kind.LEAKY_RELU;

  @BeforeEach
  void instructions() {
    assumeTrue(ComputeDevice.hasBfloat16(), "this device has no instructions for bfloat16");
  }

  static Stream<Arguments> layers() {
    return Stream.of(
        layer("convolution", 16, Convolution.of(16, 32, 4, 2, 1, .1)),
        layer("rectified", 16, Convolution.of(16, 16, 3, 1, 1, .1), new ActivationFunction(LEAKY)),
        layer("of one channel more", 33, Convolution.of(33, 32, 4, 2, 1, .1)),
        layer("transposed", 32, Convolution.transposed(32, 16, 4, 2, 1, .1)),
        layer("balanced", 32, Convolution.balanced(32, 16, .1)),
        layer("doubling", 32, Convolution.doubling(32, 16, .1)),
        layer("halving", 16, Convolution.halving(16, 32, .1)),
        layer("spectral", 16, Convolution.of(16, 32, 4, 2, 1, .1).spectral(true)));
  }

  static Stream<Arguments> endLayers() {
    return Stream.of(
        layer("from an image", 1, Convolution.of(1, 16, 4, 2, 1, .1)),
        layer("from colours", 3, Convolution.of(3, 16, 4, 2, 1, .1)),
        layer("to an image", 16, Convolution.of(16, 1, 3, 1, 1, .1)),
        layer("up to an image", 16, Convolution.transposed(16, 1, 4, 2, 1, .1)),
        layer("up to colours", 16, Convolution.doubling(16, 3, .1)));
  }

  private static Arguments layer(String name, int channels, EngineLayer... layers) {
    return Arguments.of(name, channels, layers);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layers")
  void differsByRoundingAlone(String name, int channels, EngineLayer[] layers) {
    INDArray x = Nd4j.randn(DataType.FLOAT, 8, channels, 32, 32);
    INDArray direction = Nd4j.randn(DataType.FLOAT, 8, channels, 32, 32);
    Network net = Network.chain(layers);
    INDArray[] exact = passes(net, x, direction);
    net.setMixedPrecision(true);
    INDArray[] rounded = passes(net, x, direction);
    double most = layers.length > 1 ? SLOPES : 1.5 * ROUNDING;
    for (int i = 0; i < exact.length; i++) {
      double difference = rounded[i].sub(exact[i]).norm2Number().doubleValue();
      double relative = difference / exact[i].norm2Number().doubleValue();
      assertThat(relative).as("%s, pass %d", name, i).isBetween(1e-5, most);
    }
    net.setMixedPrecision(false);
    assertThat(passes(net, x, direction)).isEqualTo(exact);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("endLayers")
  void nextToTheImageNothingIsRounded(String name, int channels, EngineLayer[] layers) {
    INDArray x = Nd4j.randn(DataType.FLOAT, 8, channels, 32, 32);
    Network net = Network.chain(layers);
    INDArray[] exact = passes(net, x, x);
    net.setMixedPrecision(true);
    assertThat(passes(net, x, x)).isEqualTo(exact);
  }

  /** Output, input and weight gradient, then those of the tangent mode. */
  private static INDArray[] passes(Network net, INDArray x, INDArray direction) {
    INDArray y = net.forward(x, Pass.TRAIN).dup();
    INDArray dx = net.backward(y, Pass.TRAIN, true, true).dup();
    INDArray dw = net.gradients().dup();
    net.backward(y, Pass.FROZEN, true, false);
    INDArray tangent = net.forward(direction, Pass.TANGENT).dup();
    net.weighTangent();
    return new INDArray[] {y, dx, dw, tangent, net.gradients().dup()};
  }
}
