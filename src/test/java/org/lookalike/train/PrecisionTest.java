package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lookalike.gan.Architectures;
import org.lookalike.gan.NetworkShape;
import org.lookalike.image.InputException;
import org.lookalike.nn.ComputeDevice;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class PrecisionTest {
  @ParameterizedTest
  @CsvSource({
    "auto, true, bfloat16",
    "auto, false, in float32",
    "float32, true, in float32",
    "bfloat16, true, bfloat16"
  })
  void followsTheDeviceUnlessItIsGiven(String asked, boolean canRound, String said) {
    Precision precision = new Precision(asked, canRound);
    precision.check();
    assertThat(precision.describe()).contains(said);
  }

  @Test
  void whatTheDeviceHasNoInstructionsForIsRefused() {
    Precision precision = new Precision(Precision.BFLOAT16, false);
    assertThatThrownBy(precision::check)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("precision=auto");
  }

  @Test
  void aRunGoesOnWhereThereAreNone() {
    TrainSettings before = TrainSettings.parse("precision=bfloat16");
    List<String> messages = new ArrayList<>();

    TrainSettings same = new Precision(Precision.BFLOAT16, true).adapted(before, messages);
    assertThat(same).isEqualTo(before);
    assertThat(messages).isEmpty();

    TrainSettings other = new Precision(Precision.BFLOAT16, false).adapted(before, messages);
    assertThat(other).isEqualTo(before.with(TrainSettings.PRECISION, "auto"));
    assertThat(messages).singleElement().asString().contains("which is float32 here");
  }

  /** The average makes what users see and what is judged. */
  @Test
  void theAverageStaysExact() {
    assumeTrue(ComputeDevice.hasBfloat16(), "this device has no instructions for bfloat16");
    Game exact = game("precision=float32");
    Game rounded = game("precision=bfloat16");
    INDArray z = Nd4j.randn(DataType.FLOAT, 4, 8);
    assertThat(made(rounded.gan().generator(), z)).isNotEqualTo(made(exact.gan().generator(), z));
    assertThat(made(rounded.gan().average(), z)).isEqualTo(made(exact.gan().average(), z));
  }

  private static Game game(String precision) {
    return Game.begin(
        Architectures.named("light"),
        new NetworkShape(32, 1, 8, 8),
        0,
        TrainSettings.parse("size=32 " + precision));
  }

  private static INDArray made(Network generator, INDArray z) {
    generator.setDraw(1, 1);
    return generator.forward(z, Pass.INFER).dup();
  }
}
