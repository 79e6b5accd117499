package org.lookalike.nn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The decision alone, with made-up GPUs: no machine of ours has one that ND4J supports. */
class DeviceChoiceTest {
  private static final Gpu GOOD = Gpu.parse("NVIDIA RTX A4000, 16376, 535.104.05, 8.6");

  private static DeviceChoice auto(String gpu) {
    return DeviceChoice.of("auto", Gpu.parse(gpu), true, false);
  }

  @Test
  void aSuitableGpuIsUsed() {
    DeviceChoice choice = DeviceChoice.of("auto", GOOD, true, false);
    assertThat(choice.isCuda()).isTrue();
    assertThat(choice.reason())
        .isEqualTo("NVIDIA RTX A4000, 16,376 MB, compute capability 8.6, driver 535.104.05");
    assertThat(DeviceChoice.of("cuda", GOOD, true, false).isCuda()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"3.7", "5.0", "7.5", "8.9"})
  void generationsWithCodeAreUsed(String capability) {
    assertThat(auto("GPU, 8000, 535.1, " + capability).isCuda()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "'H100, 81559, 535.104.05, 9.0', generation",
    "'RTX 5090, 32607, 570.86, 12.0', generation",
    "'Tesla K10, 3500, 470.1, 3.0', generation",
    "'GT 1030, 1998, 535.1, 6.1', too little memory",
    "'GTX 1080, 8119, 440.33.01, 6.1', driver is too old"
  })
  void otherGpusAreNotUsedAndTheReasonIsGiven(String gpu, String reason) {
    DeviceChoice choice = auto(gpu);
    assertThat(choice.isCuda()).isFalse();
    assertThat(choice.reason()).startsWith("GPU not used: ").contains(reason);
  }

  @Test
  void withoutItsJarsAGpuIsNotUsed() {
    DeviceChoice choice = DeviceChoice.of("auto", GOOD, false, false);
    assertThat(choice.isCuda()).isFalse();
    assertThat(choice.reason()).contains("-Pcuda");
  }

  /** Jars would not help a GPU they have no code for. */
  @Test
  void theReasonIsTheOneThatCannotBeHelpedFirst() {
    Gpu newest = Gpu.parse("H100, 81559, 535.104.05, 9.0");
    assertThat(DeviceChoice.of("auto", newest, false, false).reason()).contains("generation");
  }

  @Test
  void windowsNeedsANewerDriver() {
    Gpu gpu = Gpu.parse("GTX 1080, 8119, 451.48, 6.1");
    assertThat(DeviceChoice.of("auto", gpu, true, false).isCuda()).isTrue();
    assertThat(DeviceChoice.of("auto", gpu, true, true).reason()).contains("452.39");
  }

  /** Old drivers do not tell the compute capability. */
  @Test
  void anUnknownGenerationIsTried() {
    assertThat(auto("GTX 1080, 8119, 470.57").isCuda()).isTrue();
  }

  @Test
  void theProcessorIsUsedWhenAskedForOrAlone() {
    assertThat(DeviceChoice.of("cpu", GOOD, true, false).isCuda()).isFalse();
    assertThat(DeviceChoice.of("auto", null, true, false).reason()).startsWith("No NVIDIA GPU");
    assertThat(DeviceChoice.of("cuda", null, true, false).isCuda()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"'NVIDIA-SMI has failed because it couldn''t communicate'", "'a, b, c, d'", "''"})
  void whatIsNoGpuIsNone(String line) {
    assertThat(Gpu.parse(line)).isNull();
  }
}
