package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ColorProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lookalike.gan.Archive;
import org.lookalike.gan.Gan;
import org.lookalike.gan.Latents;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.image.InputException;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Trainings that start from the networks of another. */
class StartNetworksTest {
  @TempDir static Path shared;

  /** What images with a dark background make of the open settings. */
  private static final String DARK =
      "noise=on skip_z=on last_activation=linear upsampling=transposed normalisation_g=none";

  @TempDir Path folder;

  private static Path first;

  @BeforeAll
  static void trainTheFirst() throws IOException {
    first = shared.resolve("the first");
    TrainSettings settings = TrainSettings.parse("size=32 width=8 noise=off images=160");
    Training.start(sample(), settings, first).run();
  }

  private static ImageSource sample() {
    return ImageSources.open(Paths.get("sample-data", "nuclei.tif"), line -> {});
  }

  private static TrainSettings fromFirst(String more) {
    return TrainSettings.parse(more).with(TrainSettings.START_FROM, first.toString());
  }

  private Training start(TrainSettings settings) {
    return start(settings, "run");
  }

  private Training start(TrainSettings settings, String run) {
    return Training.start(sample(), settings, folder.resolve(run));
  }

  private static float[] saved(String network, int length) {
    try (Archive.Reader reader = Checkpoint.open(first.resolve("checkpoint.zip"))) {
      return reader.floats("latest/" + network + ".f32", length);
    }
  }

  private static void assertSaved(Network network, String name) {
    float[] weights = network.parameters().toFloatVector();
    assertThat(weights).isEqualTo(saved(name, weights.length));
  }

  @Test
  void itsNetworksAreThoseOfTheOther() {
    Game game = start(fromFirst("images=160 seed=5 loss=hinge")).game();

    assertSaved(game.gan().generator(), "generator");
    assertSaved(game.gan().discriminator(), "discriminator");
    assertSaved(game.gan().average(), "average");
    assertThat(game.imagesSeen()).isZero();
    assertThat(game.adamD.steps()).isZero();
    assertThat(game.settings().get(TrainSettings.SIZE)).isEqualTo(32);
    assertThat(game.settings().get(TrainSettings.WIDTH)).isEqualTo(8);
    assertThat(game.settings().get(TrainSettings.NOISE)).isEqualTo("off");
    assertThat(game.settings().get(TrainSettings.LOSS)).isEqualTo("hinge");
  }

  @Test
  void itSaysWhatItFollows() throws IOException {
    start(fromFirst("images=160")).run();
    assertThat(Files.readString(folder.resolve("run").resolve("log.txt")))
        .contains("the first (160 images seen, loss=relativistic) as they are: size=32, width=8")
        .contains("noise=off");
    TrainSettings kept = TrainSettings.read(folder.resolve("run").resolve("settings.json"));
    assertThat(kept.get(TrainSettings.START_FROM)).isEqualTo(first.toString());
    assertThat(kept.get(TrainSettings.WIDTH)).isEqualTo(8);
  }

  /** The settings of a run that chose by itself do so again. */
  @Test
  void settingsOfADefaultRunCanBeChanged() throws IOException {
    start(TrainSettings.parse("images=16")).run();
    Path file = folder.resolve("run").resolve("settings.json");
    TrainSettings other = TrainSettings.read(file).with(TrainSettings.SIZE, 32);
    Gan gan = start(other.with(TrainSettings.WIDTH, 8), "other").game().gan();
    assertThat(gan.shape().size()).isEqualTo(32);
  }

  @Test
  void whatTheJarKeepsIsWhatWasTrained() throws IOException {
    SimulatedNetworks.keep(first, folder);
    byte[] weights = Files.readAllBytes(folder.resolve("start/simulated-generator.q8"));
    Gan gan = start(fromFirst("images=160")).game().gan();
    float[] average = gan.average().parameters().toFloatVector();
    assertThat(CompactFloats.pack(average)).isEqualTo(weights);
    assertThat(folder.resolve("start/simulated.json")).content().contains("\"images\":160");
  }

  /** Those in the jar, trained further, have seen what both trainings showed them. */
  @Test
  void whatTheJarKeepsCountsTheImagesOfAllTrainings() throws IOException {
    long before = SimulatedNetworks.open().images();
    start(TrainSettings.parse("images=160 start_from=simulated")).run();
    SimulatedNetworks.keep(folder.resolve("run"), folder);
    assertThat(folder.resolve("start/simulated.json"))
        .content()
        .contains("\"images\":" + (before + 160));
  }

  /** What a user gets who leaves all as it is. */
  @Test
  void theDefaultStartsFromSimulatedImages() {
    Game game = start(TrainSettings.parse("images=160 seed=4")).game();
    Gan untrained = new Gan(game.gan().design(), game.gan().shape(), 4);

    assertThat(samples(game.gan().average()).stdNumber().doubleValue()).isBetween(0.1, 0.6);
    assertThat(game.gan().average().parameters())
        .isEqualTo(game.gan().generator().parameters())
        .isNotEqualTo(untrained.average().parameters());
    assertThat(game.gan().discriminator().parameters())
        .isNotEqualTo(untrained.discriminator().parameters());
  }

  private static INDArray samples(Network generator) {
    int length = 128;
    float[] values = new float[4 * length];
    Latents.fill(1, 1, 0, 4, length, values);
    return generator.forward(Nd4j.createFromArray(values).reshape(4, length), Pass.INFER).dup();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start_from=none",
        "size=32",
        "width=8",
        "loss=hinge",
        "skip_z=off",
        "pack=2",
        "architecture=dcgan",
        "minibatch=none"
      })
  void otherNetworksAndGamesStartAnew(String typed) {
    Game game = start(TrainSettings.parse(typed + " seed=4")).game();
    Gan untrained = new Gan(game.gan().design(), game.gan().shape(), 4);

    assertThat(game.gan().generator().parameters()).isEqualTo(untrained.generator().parameters());
  }

  @Test
  void simulatedImagesMayBeAskedFor() {
    Gan asked = start(TrainSettings.parse("start_from=Simulated loss=hinge")).game().gan();
    Gan unasked = start(TrainSettings.parse("start_from=auto"), "other").game().gan();
    assertThat(asked.generator().parameters()).isEqualTo(unasked.generator().parameters());
    assertThatThrownBy(() -> start(TrainSettings.parse("start_from=simulated size=32")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("simulated fluorescence images have size=64");
  }

  @Test
  void weightsOfAByteComeBack() {
    float[] values = new float[200];
    for (int i = 0; i < values.length; i++) values[i] = (float) Math.sin(i) * (i < 64 ? 1e-3f : 2);
    values[130] = 0;
    float[] back = CompactFloats.unpack(CompactFloats.pack(values), values.length);
    for (int i = 0; i < values.length; i++) {
      assertThat(back[i]).isCloseTo(values[i], within(i < 64 ? 4e-6f : 8e-3f));
    }
    assertThat(CompactFloats.unpack(CompactFloats.pack(new float[3]), 3)).containsOnly(0);
    assertThatThrownBy(() -> CompactFloats.unpack(new byte[20], 3))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void itGoesOnWhenTheOtherIsGone() throws IOException {
    Path copy = folder.resolve("copy");
    Files.createDirectories(copy);
    Files.copy(first.resolve("checkpoint.zip"), copy.resolve("checkpoint.zip"));
    Training training =
        start(TrainSettings.parse("images=160").with(TrainSettings.START_FROM, copy.toString()));
    training.run();
    Files.delete(copy.resolve("checkpoint.zip"));

    TrainingResult result = Training.resume(folder.resolve("run"), null, null, 320L).run();

    assertThat(result.images()).isEqualTo(320);
    assertThat(Files.readAllLines(folder.resolve("run").resolve("log.txt")))
        .anyMatch(line -> line.contains("Starts from the networks of " + copy));
  }

  /** What was given with the value it has there is no contradiction. */
  @Test
  void theSameMayBeSaidAgain() {
    assertThat(start(fromFirst("width=8 noise=auto images=160")).game().gan().shape().width())
        .isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "width=16, width=8",
    "size=64, size=32",
    "noise=on, noise=off",
    "architecture=dcgan, architecture=light",
    "pack=2, pack=1"
  })
  void otherNetworksAreRefused(String given, String have) {
    assertThatThrownBy(() -> start(fromFirst(given)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(have)
        .hasMessageContaining("start_from=none");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private static ImageSource colours() {
    ImageStack stack = new ImageStack(48, 48);
    for (int i = 0; i < 10; i++) {
      ColorProcessor image = new ColorProcessor(48, 48);
      for (int p = 0; p < 48 * 48; p++) image.set(p, (p * 7919 + i * 104729) & 0xFFFFFF);
      stack.addSlice(image);
    }
    return ImageSources.of(new ImagePlus("colours", stack));
  }

  /** Each channel is drawn as the one was, and so looked at. */
  @Test
  void networksOfOneChannelServeForSeveral() {
    Game game = Training.start(colours(), fromFirst("images=160"), folder.resolve("run")).game();
    Gan grey = start(fromFirst("images=160"), "grey").game().gan();

    INDArray images = samples(game.gan().average());
    INDArray one = samples(grey.average());
    assertThat(images.size(1)).isEqualTo(3);
    for (int c = 0; c < 3; c++) {
      INDArray channel = images.get(all(), interval(c, c + 1), all(), all());
      assertThat(channel.distance2(one)).isLessThan(1e-3);
    }
    INDArray coloured = Nd4j.concat(1, one, one, one).divi(Math.sqrt(3));
    INDArray logits = grey.discriminator().forward(one, Pass.INFER).dup();
    assertThat(logits.stdNumber().doubleValue()).isGreaterThan(0.01);
    assertThat(game.gan().discriminator().forward(coloured, Pass.INFER).distance2(logits))
        .isLessThan(1e-3);
  }

  /** For several channels they were measured to be no help. */
  @Test
  void coloursStartAnewUnlessAskedOtherwise() {
    TrainSettings settings = TrainSettings.parse(DARK);
    Gan anew = Training.start(colours(), settings, folder.resolve("anew")).game().gan();
    Gan untrained = new Gan(anew.design(), anew.shape(), 1);
    assertThat(anew.generator().parameters()).isEqualTo(untrained.generator().parameters());
    TrainSettings asked = TrainSettings.parse("start_from=simulated");
    Gan simulated = Training.start(colours(), asked, folder.resolve("asked")).game().gan();
    assertThat(simulated.generator().parameters()).isNotEqualTo(untrained.generator().parameters());
  }

  @Test
  void networksOfColoursDoNotServeForGreyImages() throws IOException {
    Path coloured = folder.resolve("coloured");
    TrainSettings small = TrainSettings.parse("size=32 width=8 images=160");
    Training.start(colours(), small, coloured).run();
    TrainSettings settings =
        TrainSettings.defaults().with(TrainSettings.START_FROM, coloured.toString());
    assertThatThrownBy(() -> start(settings))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("images of 3 channels, these have 1");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"nowhere, there is no such folder", "'', holds no checkpoint"})
  void whatIsNoRunIsRefused(String name, String sentence) {
    TrainSettings settings =
        TrainSettings.parse("").with(TrainSettings.START_FROM, folder.resolve(name).toString());
    assertThatThrownBy(() -> start(settings))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence);
  }
}
