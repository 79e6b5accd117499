package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.api.Layer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lookalike.gan.Architecture;
import org.lookalike.gan.Architectures;
import org.lookalike.gan.Archive;
import org.lookalike.gan.Gan;
import org.lookalike.gan.Latents;
import org.lookalike.gan.NetworkOptions;
import org.lookalike.gan.NetworkOptions.Minibatch;
import org.lookalike.gan.NetworkShape;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.image.InputException;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Trainings that start from the networks of another. */
class StartNetworksTest {
  @TempDir static Path shared;

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

  private Gan start(TrainSettings settings, ImageSource images, String run) {
    return Training.start(images, settings, folder.resolve(run)).game().gan();
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
  void itSaysThatCoarseLayersOfAnotherSizeAreNew() throws IOException {
    start(fromFirst("images=16 size=64")).run();
    assertThat(Files.readString(folder.resolve("run").resolve("log.txt")))
        .contains("as they are: width=8, ")
        .contains(
            "They drew 32 px: the layers next to the image are theirs, the coarse ones are new.");
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
    SimulatedNetworks.FLUORESCENCE.keep(first, folder);
    byte[] weights = Files.readAllBytes(folder.resolve("start/simulated-generator.q8"));
    Gan gan = start(fromFirst("images=160")).game().gan();
    float[] average = gan.average().parameters().toFloatVector();
    assertThat(CompactFloats.pack(average)).isEqualTo(weights);
    assertThat(folder.resolve("start/simulated.json")).content().contains("\"images\":160");
  }

  /** Those in the jar, trained further, have seen what both trainings showed them. */
  @Test
  void whatTheJarKeepsCountsTheImagesOfAllTrainings() throws IOException {
    long before = SimulatedNetworks.BRIGHTFIELD.open().images();
    start(TrainSettings.parse("images=160 start_from=simulated-brightfield")).run();
    SimulatedNetworks.BRIGHTFIELD_IN_GREY.keep(folder.resolve("run"), folder);
    assertThat(folder.resolve("start/simulated-grey.json"))
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

  @Test
  void theDefaultOfAnotherSizeStartsFromThemToo() {
    Gan unasked = start(TrainSettings.parse("size=32")).game().gan();
    Gan asked = start(TrainSettings.parse("size=32 start_from=simulated"), "asked").game().gan();
    Gan untrained = new Gan(unasked.design(), unasked.shape(), 1);
    assertThat(asked.generator().parameters()).isNotEqualTo(untrained.generator().parameters());
    assertThat(asked.generator().parameters()).isEqualTo(unasked.generator().parameters());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "start_from=none",
        "width=8",
        "loss=hinge",
        "skip_z=off",
        "pack=2",
        "architecture=dcgan",
        "minibatch=discrimination"
      })
  void otherNetworksAndGamesStartAnew(String typed) {
    Game game = start(TrainSettings.parse(typed + " seed=4")).game();
    Gan untrained = new Gan(game.gan().design(), game.gan().shape(), 4);

    assertThat(game.gan().generator().parameters()).isEqualTo(untrained.generator().parameters());
  }

  /** Said or left open, the default is the same. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "minibatch=deviation normalisation_d=none",
        "minibatch=deviation start_from=simulated"
      })
  void theDefaultMayBeSpelledOut(String typed) {
    Gan said = start(TrainSettings.parse(typed)).game().gan();
    Gan unsaid = start(TrainSettings.defaults(), "unsaid").game().gan();
    assertThat(said.discriminator().parameters()).isEqualTo(unsaid.discriminator().parameters());
  }

  @Test
  void aLossThatWantsAnotherDiscriminatorIsRefused() throws IOException {
    start(TrainSettings.parse("size=32 width=8 images=16 minibatch=discrimination"), "comparing")
        .run();
    TrainSettings settings =
        TrainSettings.parse("loss=wasserstein-gp")
            .with(TrainSettings.START_FROM, folder.resolve("comparing").toString());
    assertThatThrownBy(() -> start(settings))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("have minibatch=discrimination, and loss=wasserstein-gp wants");
  }

  /** Its D is not to compare images, and does without what these made of their deviation. */
  @Test
  void anotherLossMayLeaveADeviationOut() {
    Gan gan = start(TrainSettings.parse("start_from=simulated loss=wasserstein-gp")).game().gan();
    assertThat(gan.generator().parameters())
        .isEqualTo(SimulatedNetworks.FLUORESCENCE.open().made().generator().parameters());
  }

  /** What is left open is theirs; either way they serve. */
  @ParameterizedTest
  @CsvSource({"none, deviation", "deviation, none"})
  void theyServeWhetherOrNotImagesAreCompared(String before, String typed) throws IOException {
    start(TrainSettings.parse("size=32 width=8 images=16 minibatch=" + before), "before").run();
    TrainSettings from =
        TrainSettings.parse("images=160")
            .with(TrainSettings.START_FROM, folder.resolve("before").toString());
    Gan known = StartNetworks.ofRun(folder.resolve("before")).made();

    Gan open = start(from, "open").game().gan();
    Gan asked = start(from.with(TrainSettings.MINIBATCH, typed), "asked").game().gan();

    assertThat(open.shape().options().minibatch(null).label()).isEqualTo(before);
    assertThat(asked.shape().options().minibatch(null).label()).isEqualTo(typed);
    assertThat(asked.generator().parameters()).isEqualTo(known.generator().parameters());
  }

  /**
   * A D that is to compare no images takes all but what it made of their deviation; one that is to
   * compare them makes nothing of it yet.
   *
   * @param size of the images that the new networks are for; of others coarse layers stay new
   */
  @ParameterizedTest
  @CsvSource({
    "light, deviation, none, 32",
    "light, none, deviation, 32",
    "dcgan, deviation, none, 32",
    "dcgan, none, deviation, 32",
    "light, deviation, none, 64"
  })
  void aBatchsDeviationMayBeLeftOutOrAdded(
      String architecture, String before, String after, int size) {
    Architecture design = Architectures.named(architecture);
    NetworkOptions options = design.usualOptions(true);
    NetworkShape shape = new NetworkShape(32, 1, 16, 8);
    Gan known = new Gan(design, shape.with(options.withMinibatch(minibatch(before))), 1);
    NetworkShape wanted =
        new NetworkShape(size, 1, 16, 8).with(options.withMinibatch(minibatch(after)));
    Gan gan = new Gan(design, wanted, 2);
    StartNetworks networks = startFrom(known);

    int given = networks.giveTo(gan);

    if (size == 32) {
      assertThat(gan.generator().parameters()).isEqualTo(known.generator().parameters());
      assertThat(gan.average().parameters()).isEqualTo(known.average().parameters());
      INDArray images = Nd4j.rand(8, 1, 32, 32);
      INDArray here = judged(gan, images);
      if (after.equals("none")) {
        assertThat(apart(here, judged(known, images))).isGreaterThan(1e-3);
        forgetDeviation(known.discriminator());
      }
      assertThat(apart(here, judged(known, images))).isLessThan(1e-5);
    } else {
      assertThat(given).isBetween(1, gan.discriminator().layersWithWeights() - 1);
    }
    assertThat(networks.describe(TrainSettings.defaults(), wanted))
        .contains(
            after.equals("none")
                ? "What D made of a batch's deviation is left out."
                : "D sees a batch's deviation now and has yet to learn from it.")
        .doesNotContain("minibatch");
  }

  private static Minibatch minibatch(String typed) {
    return typed.equals("none") ? Minibatch.NONE : Minibatch.DEVIATION;
  }

  /** The largest difference, as a share of the largest value. */
  private static double apart(INDArray here, INDArray there) {
    return here.sub(there).amaxNumber().doubleValue() / there.amaxNumber().doubleValue();
  }

  private static INDArray judged(Gan gan, INDArray images) {
    return gan.discriminator().forward(images, Pass.INFER).dup();
  }

  /** Sets to zero what the layer after it makes of the deviation, its last channel of 4x4. */
  private static void forgetDeviation(Network discriminator) {
    INDArray convolution = null;
    INDArray dense = null;
    for (Layer layer : discriminator.graph().getLayers()) {
      INDArray weights = layer.numParams() == 0 ? null : layer.getParam("W");
      if (weights != null && weights.rank() == 4) convolution = weights;
      if (weights != null && weights.rank() == 2 && dense == null) dense = weights;
    }
    INDArrayIndex all = NDArrayIndex.all();
    if (convolution.size(1) % 2 == 1) {
      convolution.get(all, NDArrayIndex.point(convolution.size(1) - 1), all, all).assign(0);
    } else {
      dense.get(NDArrayIndex.interval(dense.size(0) - 16, dense.size(0)), all).assign(0);
    }
    discriminator.parametersChanged();
  }

  @Test
  void simulatedImagesMayBeAskedFor() {
    Gan asked = start(TrainSettings.parse("start_from=Simulated loss=hinge")).game().gan();
    Gan unasked = start(TrainSettings.parse("start_from=auto"), "other").game().gan();
    assertThat(asked.generator().parameters()).isEqualTo(unasked.generator().parameters());
    assertThatThrownBy(() -> start(TrainSettings.parse("start_from=simulated width=8")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("simulated fluorescence images have width=16");
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
    "skip_z=off, skip_z=on",
    "noise=on, noise=off",
    "architecture=dcgan, architecture=light",
    "pack=2, pack=1",
    "minibatch=discrimination, minibatch=deviation"
  })
  void otherNetworksAreRefused(String given, String have) {
    assertThatThrownBy(() -> start(fromFirst(given)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(have)
        .hasMessageContaining("start_from=none");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  /** Grey is looked at as the colours were that are all alike. */
  @Test
  void networksOfSeveralChannelsServeForOne() throws IOException {
    Path colour = folder.resolve("colour");
    TrainSettings settings = TrainSettings.parse("size=32 width=8 images=160 start_from=none");
    Training.start(colours(), settings, colour).run();
    Gan known = StartNetworks.ofRun(colour).made();
    TrainSettings fromColour =
        TrainSettings.parse("images=160 precision=float32")
            .with(TrainSettings.START_FROM, colour.toString());
    Gan gan = start(fromColour).game().gan();

    INDArray grey = Nd4j.rand(4, 1, 32, 32);
    INDArray alike = grey.broadcast(4, 3, 32, 32);
    INDArray here = gan.discriminator().forward(grey, Pass.INFER).dup();
    INDArray there = known.discriminator().forward(alike, Pass.INFER).dup();
    assertThat(here.equalsWithEps(there, 1e-4)).isTrue();
    List<INDArray> drawn = layers(gan.generator());
    List<INDArray> colours = layers(known.average());
    int last = drawn.size() - 1;
    assertThat(drawn.subList(0, last)).isEqualTo(colours.subList(0, last));
    double sum = drawn.get(last).sumNumber().doubleValue();
    assertThat(3 * sum).isCloseTo(colours.get(last).sumNumber().doubleValue(), within(1e-3));
  }

  /** Of the default networks all layers but those of the coarsest stage, whatever the size. */
  @ParameterizedTest
  @CsvSource({
    "32, 64, true, 11, 4",
    "64, 32, true, 11, 4",
    "64, 256, true, 14, 5",
    "32, 64, false, 8, 4",
    "64, 32, false, 8, 4"
  })
  void networksOfAnotherSizeGiveTheirFineLayers(
      int from, int to, boolean dark, int drawn, int seen) {
    Architecture design = Architectures.named("light");
    NetworkOptions options = design.usualOptions(dark).withMinibatch(Minibatch.DEVIATION);
    Gan known = new Gan(design, new NetworkShape(from, 1, 16, 8).with(options), 1);
    NetworkShape wanted = new NetworkShape(to, 1, 16, 8).with(options);
    Gan gan = new Gan(design, wanted, 2);
    Gan untrained = new Gan(design, wanted, 2);
    known.generator().parameters().addi(1);
    known.discriminator().parameters().addi(1);
    known.updateAverage(0);

    startFrom(known).giveTo(gan);

    List<INDArray> layers = layers(gan.generator());
    List<INDArray> theirs = layers(known.generator());
    int coarse = layers.size() - drawn;
    assertThat(layers.subList(coarse, layers.size()))
        .isEqualTo(theirs.subList(theirs.size() - drawn, theirs.size()));
    assertThat(layers.subList(0, coarse))
        .isEqualTo(layers(untrained.generator()).subList(0, coarse));
    assertThat(gan.average().parameters()).isEqualTo(gan.generator().parameters());
    layers = layers(gan.discriminator());
    assertThat(layers.subList(0, seen)).isEqualTo(layers(known.discriminator()).subList(0, seen));
    assertThat(layers.subList(seen, layers.size()))
        .isEqualTo(layers(untrained.discriminator()).subList(seen, layers.size()));
  }

  private static StartNetworks startFrom(Gan known) {
    TrainSettings settings = TrainSettings.parse("architecture=" + known.design().name());
    return new StartNetworks(
        "known",
        "the known",
        known.shape(),
        settings,
        100,
        gan -> {
          gan.generator().parameters().assign(known.generator().parameters());
          gan.discriminator().parameters().assign(known.discriminator().parameters());
          gan.updateAverage(0);
        });
  }

  /** All parameters of each layer that has some, in the order of the layers. */
  private static List<INDArray> layers(Network network) {
    List<INDArray> layers = new ArrayList<>();
    for (String name : network.graph().getConfiguration().getVertices().keySet()) {
      if (!network.graph().getVertex(name).hasLayer()) continue;
      Layer layer = network.graph().getLayer(name);
      if (layer.numParams() > 0) layers.add(layer.params().dup());
    }
    return layers;
  }

  /** Their stages are not where those of another size are. */
  @ParameterizedTest
  @ValueSource(strings = {"residual=true", "attention=true"})
  void someNetworksServeForTheirSizeAlone(String made) throws IOException {
    Path run = folder.resolve("other");
    TrainSettings settings = TrainSettings.parse("size=32 width=8 images=16 " + made);
    Training.start(sample(), settings, run).run();
    TrainSettings larger = TrainSettings.parse("size=64").with(TrainSettings.START_FROM, run + "");
    assertThatThrownBy(() -> start(larger))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("32 pixels and serve for no other size, these have 64");
  }

  private static ImageSource twoChannels() {
    ImagePlus image = new ImagePlus("two channels", greyStack(20));
    image.setDimensions(2, 10, 1);
    image.setOpenAsHyperStack(true);
    return ImageSources.of(image);
  }

  private static ImageSource greys() {
    return ImageSources.of(new ImagePlus("greys", greyStack(10)));
  }

  private static ImageStack greyStack(int slices) {
    ImageStack stack = new ImageStack(48, 48);
    for (int i = 0; i < slices; i++) {
      ByteProcessor image = new ByteProcessor(48, 48);
      for (int p = 0; p < 48 * 48; p++) image.set(p, (p * 7919 + i * 1049) & 0xFF);
      stack.addSlice(image);
    }
    return stack;
  }

  private static ImageSource colours() {
    return colours("colours", 48, 48 * 48, 1);
  }

  /** Coloured, on black. */
  private static ImageSource dots() {
    return colours("dots", 64, 200, 17);
  }

  /**
   * @param apart pixels from one coloured pixel to the next
   */
  private static ImageSource colours(String name, int side, int coloured, int apart) {
    ImageStack stack = new ImageStack(side, side);
    for (int i = 0; i < 10; i++) {
      ColorProcessor image = new ColorProcessor(side, side);
      for (int p = 0; p < coloured; p++) image.set(p * apart, (p * 7919 + i * 104729) & 0xFFFFFF);
      stack.addSlice(image);
    }
    return ImageSources.of(new ImagePlus(name, stack));
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

  /** Of dark images, grey and coloured, and of others. */
  @Test
  void whatTheyStartFromFollowsTheImages() {
    assertStartsFrom("simulated", sample(), "grey");
    assertStartsFrom("simulated", dots(), "dark");
    assertStartsFrom("simulated-brightfield", colours(), "bright");
    assertStartsFrom("simulated-grey", greys(), "shadows");
  }

  /** As X-rays do. */
  @Test
  void greyImagesThatShareALayoutBeginAnewUnlessAsked() throws IOException {
    ImageStack stack = new ImageStack(48, 48);
    for (int i = 0; i < 10; i++) {
      ByteProcessor image = new ByteProcessor(48, 48);
      for (int p = 0; p < 48 * 48; p++) image.set(p, 90 + p % 48 * 3 + (p * 7919 + i * 1049) % 16);
      stack.addSlice(image);
    }
    ImageSource rays = ImageSources.of(new ImagePlus("rays", stack));
    Path run = folder.resolve("unasked");
    Training training = Training.start(rays, TrainSettings.parse("images=16"), run);
    training.run();
    Gan asked = start(TrainSettings.parse("start_from=simulated-grey"), rays, "asked");
    Gan unasked = start(TrainSettings.defaults(), rays, "once more");
    Gan untrained = new Gan(unasked.design(), unasked.shape(), 1);
    assertThat(unasked.generator().parameters()).isEqualTo(untrained.generator().parameters());
    assertThat(asked.generator().parameters()).isNotEqualTo(untrained.generator().parameters());
    assertThat(Files.readString(run.resolve("log.txt")))
        .contains(
            "Starts with new networks, as these images share a layout and simulated brightfield"
                + " images in grey share none; start_from=simulated-grey starts from those");
  }

  @Test
  void greyImagesMayStartFromColours() {
    Gan grey = start(TrainSettings.defaults(), greys(), "grey");
    Gan asked = start(TrainSettings.parse("start_from=simulated-brightfield"), greys(), "asked");
    Gan untrained = new Gan(asked.design(), asked.shape(), 1);
    assertThat(asked.generator().parameters()).isNotEqualTo(untrained.generator().parameters());
    assertThat(asked.generator().parameters()).isNotEqualTo(grey.generator().parameters());
  }

  /** The first two, with 16 filters of 3x3 pixels and 32 of 16 times 4x4, stay. */
  @Test
  void layersOfTheDiscriminatorMayStay() throws IOException {
    Training training = start(TrainSettings.parse("images=32 freeze_d=2 l2=0.1 weight_decay=0.1"));
    INDArray before = training.game().gan().discriminator().parameters().dup();
    training.run();
    INDArray after = training.game().gan().discriminator().parameters();
    long frozen = 16 * (9 + 1) + 32 * (16 * 16 + 1);
    assertThat(after.get(interval(0, frozen))).isEqualTo(before.get(interval(0, frozen)));
    long third = frozen + 64 * 32 * 16;
    assertThat(after.get(interval(frozen, third)))
        .isNotEqualTo(before.get(interval(frozen, third)));
  }

  /**
   * A normalisation stays with its layer, and weights are not clipped. (Biases before a
   * normalisation have no gradient anyway.)
   */
  @Test
  void layersStayInAnyGame() throws IOException {
    Path run = folder.resolve("normalised");
    String networks = "size=32 width=8 images=32 normalisation_d=batch r1=0 r2=0 loss=wasserstein";
    Training.start(sample(), TrainSettings.parse(networks), run).run();
    TrainSettings more = TrainSettings.parse("images=32 freeze_d=2 clip=1e-4 r1=0 r2=0");
    Training training = start(more.with(TrainSettings.START_FROM, run.toString()));
    Network d = training.game().gan().discriminator();
    Map<String, INDArray> before = new TreeMap<>();
    d.graph().paramTable().forEach((name, values) -> before.put(name, values.dup()));
    training.run();
    Map<String, INDArray> after = d.graph().paramTable();
    List<String> stay =
        before.keySet().stream()
            .filter(name -> !name.endsWith("_b"))
            .filter(name -> after.get(name).equalsWithEps(before.get(name), 0))
            .collect(Collectors.toList());
    assertThat(stay)
        .containsExactly(
            "00-Convolution_W",
            "02-Convolution_W",
            "03-BatchNormalisation_beta",
            "03-BatchNormalisation_gamma");
  }

  @Test
  void whatCannotStayIsRefused() {
    assertThatThrownBy(() -> start(TrainSettings.parse("freeze_d=2 width=8")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("of this one all layers are new; use freeze_d=0, or start_from");
    assertThatThrownBy(() -> start(TrainSettings.parse("freeze_d=5 size=32")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("of this one only the first 4 layers are not new; use freeze_d=4 or");
    assertThatThrownBy(() -> start(TrainSettings.parse("freeze_d=50")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "freeze_d=50 leaves no layer of this discriminator to learn; give at");
    assertThat(folder.resolve("run")).doesNotExist();
  }

  private void assertStartsFrom(String word, ImageSource images, String run) {
    Gan unasked = start(TrainSettings.defaults(), images, run);
    TrainSettings named = TrainSettings.defaults().with(TrainSettings.START_FROM, word);
    Gan asked = start(named, images, run + " asked");
    Gan untrained = new Gan(asked.design(), asked.shape(), 1);
    assertThat(asked.generator().parameters()).isNotEqualTo(untrained.generator().parameters());
    assertThat(asked.generator().parameters()).isEqualTo(unasked.generator().parameters());
    assertThat(asked.discriminator().parameters()).isEqualTo(unasked.discriminator().parameters());
  }

  @Test
  void networksOfThreeChannelsServeForTwo() throws IOException {
    Path coloured = folder.resolve("coloured");
    TrainSettings small = TrainSettings.parse("size=32 width=8 images=16 start_from=none");
    Training.start(colours(), small, coloured).run();
    TrainSettings settings =
        TrainSettings.parse("images=16").with(TrainSettings.START_FROM, coloured.toString());
    Training.start(twoChannels(), settings, folder.resolve("run")).run();
    assertThat(folder.resolve("run").resolve("log.txt"))
        .content()
        .contains("The mean of their channels serves for 2.");
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
