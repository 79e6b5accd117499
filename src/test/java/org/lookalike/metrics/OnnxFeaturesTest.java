package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lookalike.image.InputException;

class OnnxFeaturesTest {
  private static final Path SQUEEZENET = Path.of("../shared/models/squeezenet1.1.onnx");
  private static final Offset<Float> CLOSE = within(1e-4f);
  private static final OnnxOptions PLAIN =
      OnnxOptions.defaults().withNormalisation(new float[] {0}, new float[] {1});

  @TempDir Path folder;

  private static Path squeezenet() {
    assumeTrue(Files.exists(SQUEEZENET), "needs " + SQUEEZENET);
    return SQUEEZENET;
  }

  /** {@code [n, channels, size, size]}: smooth pictures, so that resampling keeps them apart. */
  private static float[] pictures(int n, int channels, int size, long seed) {
    Random random = new Random(seed);
    float[] all = new float[n * channels * size * size];
    for (int plane = 0; plane < n * channels; plane++) {
      double across = random.nextDouble();
      double down = random.nextDouble();
      for (int p = 0; p < size * size; p++) {
        double angle = across * (p % size) + down * (p / size);
        all[plane * size * size + p] = (float) Math.sin(angle);
      }
    }
    return all;
  }

  private static float[] flat(float... values) {
    float[] all = new float[values.length * 16];
    for (int i = 0; i < all.length; i++) all[i] = values[i / 16];
    return all;
  }

  @Test
  void takes512FiniteFeatures() {
    try (OnnxFeatures net = OnnxFeatures.open(squeezenet())) {
      assertThat(net.name()).isEqualTo("squeezenet1.1.onnx");
      assertThat(net.output()).isEqualTo("features");
      FeatureSet set = FeatureSet.of(net.features(pictures(3, 1, 64, 1), 3, 1, 64));
      assertThat(set.rows()).isEqualTo(3);
      assertThat(set.dimensions()).isEqualTo(512);
      assertThat(set.row(0)).isNotEqualTo(set.row(1));
      assertThat(net.features(new float[0], 0, 1, 64)).isEmpty();
    }
  }

  @Test
  void equalImagesHaveEqualFeaturesWhereverTheyStand() {
    int n = 19;
    int plane = 32 * 32;
    float[] images = pictures(n, 1, 32, 2);
    System.arraycopy(images, 0, images, (n - 1) * plane, plane);
    float[] reversed = new float[images.length];
    for (int i = 0; i < n; i++) {
      System.arraycopy(images, i * plane, reversed, (n - 1 - i) * plane, plane);
    }
    try (OnnxFeatures net = OnnxFeatures.open(squeezenet())) {
      float[][] rows = net.features(images, n, 1, 32);
      float[][] backwards = net.features(reversed, n, 1, 32);
      assertThat(rows[n - 1]).containsExactly(rows[0], CLOSE);
      for (int i = 0; i < n; i++) assertThat(backwards[n - 1 - i]).containsExactly(rows[i], CLOSE);
    }
  }

  @Test
  void greyIsTheSamePictureInRedGreenAndBlue() {
    float[] grey = pictures(1, 1, 48, 3);
    float[] colours = new float[3 * grey.length];
    for (int c = 0; c < 3; c++) System.arraycopy(grey, 0, colours, c * grey.length, grey.length);
    try (OnnxFeatures net = OnnxFeatures.open(squeezenet())) {
      assertThat(net.features(grey, 1, 1, 48)[0])
          .containsExactly(net.features(colours, 1, 3, 48)[0], CLOSE);
    }
  }

  @Test
  void takesTheOutputThatIsNamed() {
    OnnxOptions logits = OnnxOptions.defaults().withOutput("logits");
    try (OnnxFeatures net = OnnxFeatures.open(squeezenet(), logits)) {
      assertThat(net.features(pictures(2, 3, 224, 4), 2, 3, 224)[1]).hasSize(1000);
    }
    assertThatThrownBy(
            () -> OnnxFeatures.open(SQUEEZENET, OnnxOptions.defaults().withOutput("Logit")))
        .isInstanceOf(InputException.class)
        .hasMessage("squeezenet1.1.onnx has no output 'Logit'; did you mean 'logits'?");
  }

  @Test
  void refusesASizeTheModelDoesNotTake() {
    Path model = squeezenet();
    assertThatThrownBy(() -> OnnxFeatures.open(model, OnnxOptions.defaults().withInputSize(96)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("224 px and not of 96 px");
  }

  @Test
  void refusesWhatIsNoModel() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.onnx"), "These are only notes.\n");
    assertThatThrownBy(() -> OnnxFeatures.open(text))
        .isInstanceOf(InputException.class)
        .hasMessage(text + " is no ONNX model; give a network exported as one.");
    Path none = folder.resolve("none.onnx");
    assertThatThrownBy(() -> OnnxFeatures.open(none))
        .isInstanceOf(InputException.class)
        .hasMessage("There is no file " + none + "; give an ONNX model.");
    Path empty = Files.createFile(folder.resolve("empty.onnx"));
    assertThatThrownBy(() -> OnnxFeatures.open(empty))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("ONNX Runtime cannot open empty.onnx: ")
        .hasMessageEndingWith(".");
  }

  @Test
  void refusesWhatTakesNoPictures() throws IOException {
    Path table = IdentityModel.write(folder.resolve("table.onnx"), -1, 7);
    assertThatThrownBy(() -> OnnxFeatures.open(table))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("The input of table.onnx has the shape [-1, 7]");
    Path five = IdentityModel.write(folder.resolve("five.onnx"), -1, 5, 8, 8);
    assertThatThrownBy(() -> OnnxFeatures.open(five)).isInstanceOf(InputException.class);
  }

  /** Means of the channels come out, in both layouts and with a batch the model fixes. */
  @ParameterizedTest
  @CsvSource({"-1,3,-1,-1", "1,3,8,8", "2,8,8,3", "-1,-1,-1,3", "2,3,2,6"})
  void mapsAndAveragesPictures(int batch, int a, int b, int c) throws IOException {
    Path model = IdentityModel.write(folder.resolve("identity.onnx"), batch, a, b, c);
    try (OnnxFeatures net = OnnxFeatures.open(model, PLAIN)) {
      float[] three = flat(-1, 0, 1, 1, 1, 1, 0.5f, 0, -0.5f);
      float[][] rows = net.features(three, 3, 3, 4);
      assertThat(rows[0]).containsExactly(new float[] {0, 0.5f, 1}, CLOSE);
      assertThat(rows[1]).containsExactly(new float[] {1, 1, 1}, CLOSE);
      assertThat(rows[2]).containsExactly(new float[] {0.75f, 0.5f, 0.25f}, CLOSE);
      assertThat(net.features(flat(0, 1), 1, 2, 4)[0])
          .containsExactly(new float[] {0.5f, 1, 0}, CLOSE);
      assertThat(net.features(flat(-1, 0, 1, 1), 1, 4, 4)[0])
          .containsExactly(new float[] {0.625f, 0.625f, 0.625f}, CLOSE);
    }
  }

  @Test
  void aGreyModelGetsTheMeanOfTheChannels() throws IOException {
    Path model = IdentityModel.write(folder.resolve("grey.onnx"), -1, 1, 4, 4);
    try (OnnxFeatures net = OnnxFeatures.open(model, PLAIN)) {
      assertThat(net.features(flat(-1, 0, 1), 1, 3, 4)[0])
          .containsExactly(new float[] {0.5f}, CLOSE);
    }
  }

  @Test
  void scalesAndNormalises() throws IOException {
    Path model = IdentityModel.write(folder.resolve("identity.onnx"), -1, 3, -1, -1);
    OnnxOptions small = OnnxOptions.defaults().withInputSize(4);
    assertThat(white(model, small))
        .containsExactly(
            new float[] {(1 - .485f) / .229f, (1 - .456f) / .224f, (1 - .406f) / .225f}, CLOSE);
    OnnxOptions plain = PLAIN.withInputSize(4);
    assertThat(white(model, plain.withValueScale(OnnxOptions.ValueScale.BYTES)))
        .containsExactly(new float[] {255, 255, 255}, CLOSE);
    OnnxOptions signed =
        plain
            .withValueScale(OnnxOptions.ValueScale.SIGNED)
            .withNormalisation(new float[] {0, 1, 2}, new float[] {2});
    assertThat(white(model, signed)).containsExactly(new float[] {0.5f, 0, -0.5f}, CLOSE);
  }

  private static float[] white(Path model, OnnxOptions options) {
    try (OnnxFeatures net = OnnxFeatures.open(model, options)) {
      return net.features(flat(1), 1, 1, 4)[0];
    }
  }

  @Test
  void refusesSettingsThatAreNone() {
    OnnxOptions options = OnnxOptions.defaults();
    assertThatThrownBy(() -> options.withInputSize(-1)).isInstanceOf(InputException.class);
    assertThatThrownBy(() -> options.withNormalisation(new float[2], new float[] {1}))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> options.withNormalisation(new float[1], new float[1]))
        .isInstanceOf(InputException.class);
  }

  @Test
  void findsTheFeaturesAmongTheOutputs() {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    ranks.put("Probabilities", 2);
    ranks.put("maps", 4);
    assertThat(features(ranks, "")).isEqualTo("Probabilities");
    ranks.put("out", 2);
    assertThat(features(ranks, "")).isEqualTo("out");
    ranks.put("AvgPool_5", 4);
    assertThat(features(ranks, "")).isEqualTo("AvgPool_5");
    assertThat(features(ranks, "maps")).isEqualTo("maps");
    assertThatThrownBy(() -> features(Map.of(), "")).isInstanceOf(InputException.class);
  }

  private static String features(Map<String, Integer> ranks, String wanted) {
    return OnnxOutput.choose(ranks, wanted, OnnxOutput.Kind.FEATURES, "m");
  }

  @Test
  void findsTheClassesAmongTheOutputs() {
    Map<String, Integer> ranks = new LinkedHashMap<>();
    ranks.put("pool", 2);
    ranks.put("maps", 4);
    ranks.put("out", 2);
    assertThat(OnnxOutput.choose(ranks, "", OnnxOutput.Kind.CLASSES, "m")).isEqualTo("out");
    ranks.put("Softmax_3", 2);
    assertThat(OnnxOutput.choose(ranks, "", OnnxOutput.Kind.CLASSES, "m")).isEqualTo("Softmax_3");
  }

  @Test
  void averagesTokensAndLeavesSingleDimensions() {
    float[] values = {1, 2, 3, 5, 6, 7};
    OnnxOptions.Layout layout = OnnxOptions.Layout.NCHW;
    assertThat(OnnxOutput.rows(values, new long[] {1, 2, 3}, layout, 1)[0])
        .containsExactly(3, 4, 5);
    assertThat(OnnxOutput.rows(values, new long[] {1, 1, 1, 6}, layout, 1)[0])
        .containsExactly(values);
    float[][] single = OnnxOutput.rows(values, new long[] {6}, layout, 6);
    assertThat(Arrays.asList(single)).hasSize(6).last().isEqualTo(new float[] {7});
  }

  @Test
  void optionsFollowTheName() {
    OnnxOptions options =
        OnnxOptions.parse(",size=299,layout=nhwc,values=bytes,mean=0.5/0.4/0.3,std=2,output=pool");
    assertThat(options.inputSize()).isEqualTo(299);
    assertThat(options.layout()).isEqualTo(OnnxOptions.Layout.NHWC);
    assertThat(options.valueScale()).isEqualTo(OnnxOptions.ValueScale.BYTES);
    assertThat(options.mean()).containsExactly(.5f, .4f, .3f);
    assertThat(options.deviation()).containsExactly(2);
    assertThat(options.output()).isEqualTo("pool");
    assertThatThrownBy(() -> OnnxOptions.parse(",outpt=pool"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("did you mean 'output'");
    assertThatThrownBy(() -> OnnxOptions.parse(",size=big"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("size");
  }
}
