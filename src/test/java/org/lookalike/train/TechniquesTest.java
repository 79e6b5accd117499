package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lookalike.gan.Architecture;
import org.lookalike.gan.Architectures;
import org.lookalike.gan.GanModel;
import org.lookalike.gan.NetworkShape;
import org.lookalike.image.ImageSources;
import org.lookalike.image.InputException;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Every technique alone, and every pair of them. */
class TechniquesTest {
  /** What can be added to a loss. */
  private static final String[] TECHNIQUES = {
    "r1=1 r2=1 penalty_every=1",
    "real_label=0.9",
    "noisy_labels=true",
    "flip_labels=0.1",
    "instance_noise=0.2",
    "pack=2",
    "d_steps=2",
    "updates=simultaneous",
    "replay_size=12",
    "weight_decay=0.1",
    "learning_rate_d=4e-4 learning_rate_g=1e-4",
    "architecture=dcgan",
    "weight_noise=0.01",
    "l1=1e-4 l2=1e-3",
    "freeze_d=2",
    "feature_matching=0.5",
    "unroll=2",
    "generators=3",
    "pixel_loss=10",
    "augment=color-translation-cutout augment_p=0.8",
    "augment=translation ada_images=200",
    "upsampling=nearest",
    "upsampling=balanced",
    "upsampling=pixel-shuffle",
    "downsampling=average",
    "normalisation_g=instance",
    "normalisation_d=instance",
    "spectral_normalisation=both",
    "minibatch=discrimination",
    "residual=true",
    "attention=true",
    "noise=on",
    "skip_z=on",
    "refine=all",
    "last_activation=linear",
    "last_activation=linear range_weight=10",
    "dropout=0.3",
    "conditional=projection",
    "conditional=concatenation generators=2"
  };

  @TempDir Path folder;

  private static Game game(String typed) {
    TrainSettings settings = TrainSettings.parse("size=32 width=8 latent=8 batch=8 " + typed);
    Architecture design = Architectures.named(settings.get(TrainSettings.ARCHITECTURE));
    int classes = settings.get(TrainSettings.CONDITIONAL).equals("none") ? 0 : 2;
    Game game = Game.begin(design, new NetworkShape(32, 1, 8, 8), classes, settings);
    game.setInstanceNoise(settings.get(TrainSettings.INSTANCE_NOISE));
    if (classes > 0) game.setClasses(new int[] {0, 1, 0, 1, 1, 1, 0, 0});
    if (game.wantsPixelPairs()) game.setPixelPairs(reals());
    return game;
  }

  /** Without rounding, where results of two ways to them are compared. */
  private static Game exact(String typed) {
    return game(typed + " precision=float32");
  }

  private static float[] reals() {
    float[] reals = new float[8 * 32 * 32];
    for (int i = 0; i < reals.length; i++) reals[i] = (float) Math.sin(0.1 * i + i / 1024);
    return reals;
  }

  /** Whether losses and gradients of three rounds are finite. */
  private static boolean plays(Game game) {
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < game.discriminatorSteps(); i++) {
        if (!game.discriminatorStep(reals(), 1e-4, new StepRecord())) return false;
      }
      if (!game.generatorStep(1e-4, 0.9, new StepRecord())) return false;
    }
    for (Network net : List.of(game.gan().generator(), game.gan().discriminator())) {
      for (float value : net.parameters().toFloatVector()) if (!Float.isFinite(value)) return false;
    }
    return true;
  }

  /** Each loss alone and with each technique, and each pair of techniques. */
  private static List<String> pairs() {
    List<String> pairs = new ArrayList<>();
    for (String loss : AdversarialLosses.names()) {
      pairs.add("loss=" + loss);
      for (String technique : TECHNIQUES) pairs.add("loss=" + loss + " " + technique);
    }
    for (int i = 0; i < TECHNIQUES.length; i++) {
      for (int j = i + 1; j < TECHNIQUES.length; j++) {
        pairs.add("loss=non-saturating " + TECHNIQUES[i] + " " + TECHNIQUES[j]);
      }
    }
    return pairs;
  }

  /** Each either plays with finite gradients or is refused with a sentence that says what to do. */
  @Test
  void everyPairPlaysOrIsRefusedWithAReason() {
    int played = 0;
    int refused = 0;
    for (String pair : pairs()) {
      try {
        Game game = game(pair);
        assertThat(plays(game)).as(pair).isTrue();
        game.gan().releaseBuffers();
        played++;
      } catch (RuntimeException e) {
        if (!(e instanceof InputException)) throw new AssertionError(pair, e);
        assertThat(e.getMessage()).as(pair).contains("; ").containsAnyOf("use ", "leave them");
        refused++;
      }
    }
    System.out.printf("%d pairs of techniques played, %d were refused%n", played, refused);
    assertThat(played).isGreaterThan(500);
    assertThat(refused).isGreaterThan(20);
  }

  @ParameterizedTest
  @CsvSource({
    "loss=hinge real_label=0.9, labels",
    "loss=wasserstein flip_labels=0.1, labels",
    "pack=3 batch=16, batch=15",
    "architecture=dcgan loss=dragan, another loss",
    "architecture=dcgan r1=1, r1=0",
    "loss=wasserstein spectral_normalisation=both, hinge",
    "pack=2 replay_size=50, replay_size=0",
    "unroll=3 unroll_second_order=true, unroll_second_order=false",
    "unroll=3 feature_matching=1, feature_matching=0",
    "updates=simultaneous d_steps=3, d_steps=1",
    "updates=simultaneous loss=wasserstein-gp, d_steps=1",
    "updates=simultaneous replay_size=50, replay_size=0",
    "updates=simultaneous unroll=2, unroll=0",
    "updates=simultaneous feature_matching=1, feature_matching=0",
    "updates=annealing d_steps=3, d_steps=1",
    "loss=hinge noisy_labels=true, labels",
    "loss=least-squares noisy_labels=true real_label=0.9, one or the other",
    "loss=non-saturating real_label=1.2, without end",
    "loss=dragan fake_label=-0.1, loss=least-squares",
    "generators=3 replay_size=50, generators=1",
    "conditional=projection replay_size=50, conditional=none",
    "loss=wasserstein-gp minibatch=deviation, minibatch=none",
    "loss=dragan minibatch=discrimination, minibatch=none",
    "unroll=2 loss=wasserstein, unroll=0",
    "unroll=2 loss=dragan, unroll=0",
    "unroll=2 loss=non-saturating noisy_labels=true, plain labels"
  })
  void combinationsWithoutSenseAreRefused(String typed, String word) {
    assertThatThrownBy(() -> SettingsResolver.resolve(TrainSettings.parse(typed)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(word);
  }

  /** At once, G's gradient is that of the networks as they were, by the fakes D has seen. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "loss=non-saturating",
        "loss=relativistic r1=1 r2=1 penalty_every=1",
        "loss=hinge minibatch=deviation",
        "loss=non-saturating minibatch=none",
        "loss=non-saturating minibatch=discrimination",
        "loss=relativistic minibatch=none pack=2",
        "architecture=dcgan loss=hinge normalisation_d=none",
        "loss=dragan",
        "loss=least-squares pack=2",
        "loss=non-saturating generators=3",
        "architecture=dcgan loss=non-saturating"
      })
  void simultaneousUpdatesTakeBothGradientsAtTheSamePoint(String typed) {
    assertSamePoint(exact(typed), exact(typed + " updates=simultaneous"));
  }

  /** Its own errors are lost in rounding, those of the generator are not. */
  @Test
  void aDiscriminatorThatIsQuiteSureTeachesAtOnceToo() {
    String typed = "loss=non-saturating minibatch=none";
    assertSamePoint(sure(exact(typed)), sure(exact(typed + " updates=simultaneous")));
  }

  @ParameterizedTest
  @CsvSource({
    "minibatch=none, false",
    "minibatch=deviation, true",
    "minibatch=discrimination, true",
    "architecture=dcgan, true",
    "architecture=dcgan normalisation_d=none, false",
    "minibatch=none attention=true dropout=0.2 normalisation_d=instance, false"
  })
  void itIsKnownWhichNetworksMixImages(String typed, boolean mixes) {
    String loss = typed.contains("dcgan") ? " loss=non-saturating" : "";
    assertThat(game(typed + loss).gan().discriminator().mixesImages()).isEqualTo(mixes);
  }

  /** Both gradients of one pass are those of two, whether or not images are judged alone. */
  @ParameterizedTest
  @CsvSource({
    "minibatch=none, true",
    "minibatch=none pack=2, true",
    "minibatch=deviation, true",
    "minibatch=deviation, false"
  })
  void gradientsOfOnePassAreThoseOfTwo(String typed, boolean comparing) {
    Game game = exact(typed + " augment=color-translation-cutout");
    DiscriminatorView view = new DiscriminatorView(game.gan(), game.settings(), 1);
    game.gan().discriminator().setComparing(comparing);
    view.setProbability(0.8);
    view.setNoise(0.1);
    INDArray images = Nd4j.createFromArray(reals()).reshape(8, 1, 32, 32);
    view.startDraws(0);
    int packs = view.forward(images, 1, Pass.TRAIN).length;
    float[] errors = new float[packs];
    float[] others = new float[packs];
    for (int i = 0; i < packs; i++) {
      errors[i] = 1e-3f * (i + 1);
      others[i] = i % 2 == 0 ? 0 : -1f / i;
    }
    view.backward(errors, null, false, true);
    float[] weights = game.gan().discriminator().gradients().toFloatVector();
    float[] expected = view.backward(others, null, true, false).dup().data().asFloat();

    view.startDraws(0);
    view.forward(images, 1, Pass.TRAIN);
    INDArray back = view.backwardBoth(errors, others);

    assertThat(game.gan().discriminator().gradients().toFloatVector()).isEqualTo(weights);
    assertThat(apart(back.dup().data().asFloat(), expected)).isLessThan(1e-5);
  }

  /** Errors of the second of two segments come back alone where layers can do that. */
  @ParameterizedTest
  @CsvSource({
    "'', true",
    "augment=color-translation-cutout, true",
    "pack=2, true",
    "minibatch=none, true",
    "architecture=dcgan loss=non-saturating normalisation_d=none, true",
    "minibatch=discrimination, false",
    "residual=true, false",
    "spectral_normalisation=both, true",
    "downsampling=average, true"
  })
  void theSecondHalfsGradientIsThatOfTheWhole(String typed, boolean hasParts) {
    Game game = exact(typed);
    DiscriminatorView view = new DiscriminatorView(game.gan(), game.settings(), 1);
    view.setProbability(0.8);
    float[] pixels = Arrays.copyOf(reals(), 16 * 32 * 32);
    System.arraycopy(reals(), 100, pixels, 8 * 32 * 32, 7 * 32 * 32);
    INDArray images = Nd4j.createFromArray(pixels).reshape(16, 1, 32, 32);
    view.startDraws(0);
    int packs = view.forward(images, 2, Pass.TRAIN).length;
    float[] errors = new float[packs];
    float[] others = new float[packs];
    // Where D is quite sure of an image, a single pass for both will not do.
    for (int i = 0; i < packs - 1; i++) errors[i] = 1e-3f * (i + 1);
    for (int i = packs / 2; i < packs; i++) others[i] = -1f / i;
    float[] expected = view.backward(others, null, true, false).dup().data().asFloat();
    float[] gradient = view.backwardBoth(errors, others).dup().data().asFloat();
    assertThat(game.gan().discriminator().hasParts()).isEqualTo(hasParts);
    assertThat(apart(gradient, expected)).isLessThan(1e-5);
  }

  /** The largest difference, as a share of the largest value. */
  private static double apart(float[] values, float[] expected) {
    double apart = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      apart = Math.max(apart, Math.abs(values[i] - expected[i]));
      largest = Math.max(largest, Math.abs(expected[i]));
    }
    assertThat(largest).isGreaterThan(0);
    return apart / largest;
  }

  @ParameterizedTest
  @CsvSource({
    "minibatch=deviation minibatch_until=annealing, 0.4, true",
    "minibatch=deviation minibatch_until=annealing, 0.6, false",
    "minibatch=deviation minibatch_until=annealing anneal_from=1, 0.6, true",
    "minibatch=deviation minibatch_until=end, 0.6, true",
    "minibatch=discrimination minibatch_until=annealing, 0.6, false"
  })
  void imagesMayBeComparedUntilRatesFall(String typed, double fraction, boolean compared)
      throws IOException {
    Game game = exact(typed);
    assertThat(game.round(TechniquesTest::reals, fraction)).isTrue();
    assertThat(game.gan().discriminator().mixesImages()).isEqualTo(compared);
    assertThat(game.round(TechniquesTest::reals, 0.1)).isTrue();
    assertThat(game.gan().discriminator().mixesImages()).isTrue();
  }

  /** G's gradient is of fakes of its own before, and of D's afterwards. */
  @ParameterizedTest
  @CsvSource({"0.4, 2", "0.6, 1"})
  void bothMayMoveAtOnceFromWhereRatesFall(double fraction, int batches) throws IOException {
    Game game = exact("minibatch=none updates=annealing");
    assertThat(game.round(TechniquesTest::reals, fraction)).isTrue();
    assertThat(game.latentsDrawn).isEqualTo((long) batches * game.batch());
    assertThat(game.round(TechniquesTest::reals, 0.1)).isTrue();
    assertThat(game.latentsDrawn).isEqualTo((2L + batches) * game.batch());
  }

  private static Game sure(Game game) {
    INDArray weights = game.gan().discriminator().parameters();
    weights.putScalar(weights.length() - 1, -60);
    game.gan().discriminator().parametersChanged();
    return game;
  }

  private static void assertSamePoint(Game alone, Game both) {
    float[] zeros = new float[8 * 32 * 32];
    // Reals of zeros are what a game has before its first step, and G draws the first latents.
    alone.generatorStep(1e-4, 0, new StepRecord());
    both.discriminatorStep(zeros, 1e-3, new StepRecord());
    both.generatorStep(1e-4, 0, new StepRecord());
    float[] expected = alone.gan().generator().gradients().toFloatVector();
    float[] gradient = both.gan().generator().gradients().toFloatVector();
    assertThat(apart(gradient, expected)).isLessThan(1e-4);
  }

  /** The generator's pass between D's and its penalties must leave D's as they are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "loss=relativistic r1=1 r2=1 penalty_every=1",
        "loss=relativistic r1=1 r2=1 penalty_every=1 minibatch=none",
        "loss=relativistic r1=1 r2=1 penalty_every=1 minibatch=none augment=color-translation augment_p=0.8",
        "loss=relativistic r1=1 r2=1 penalty_every=1 augment=color-translation-cutout augment_p=0.8",
        "loss=wasserstein-gp d_steps=1",
        "loss=dragan instance_noise=0.1",
        "loss=hinge spectral_normalisation=both",
        "loss=non-saturating conditional=projection pack=2",
        "loss=non-saturating generators=3 attention=true"
      })
  void theDiscriminatorMovesTheSameWhetherAtOnceOrFirst(String typed) {
    List<float[]> weights = new ArrayList<>();
    for (String updates : List.of("alternating", "simultaneous")) {
      Game game = game(typed + " updates=" + updates);
      game.discriminatorStep(reals(), 1e-3, new StepRecord());
      weights.add(game.gan().discriminator().parameters().toFloatVector());
    }
    assertThat(weights.get(1)).isEqualTo(weights.get(0));
  }

  @Test
  void aClippedCriticStaysInItsBox() {
    Game game = game("loss=wasserstein clip=0.02");
    plays(game);
    INDArray weights = game.gan().discriminator().parameters();
    assertThat(weights.maxNumber().doubleValue()).isLessThanOrEqualTo(0.02 + 1e-7);
    assertThat(weights.minNumber().doubleValue()).isGreaterThanOrEqualTo(-0.02 - 1e-7);
    assertThat(weights.norm1Number().doubleValue()).isGreaterThan(0);
  }

  /** In the order in which images reach them, whatever branches there are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "loss=hinge normalisation_d=instance",
        "loss=hinge residual=true attention=true normalisation_d=instance",
        "loss=hinge residual=true normalisation_d=instance dropout=0.2 spectral_normalisation=both",
        "residual=true conditional=concatenation"
      })
  void frozenLayersAreTheFirst(String typed) {
    Game game = game(typed + " freeze_d=3");
    // Spectral norms begin in the first pass.
    assertThat(plays(game)).isTrue();
    ComputationGraph d = game.gan().discriminator().graph();
    List<Layer> layers = new ArrayList<>();
    for (String name : d.getConfiguration().getVertices().keySet()) {
      if (d.getVertex(name).hasLayer() && d.getLayer(name).numParams() > 0) {
        layers.add(d.getLayer(name));
      }
    }
    List<float[]> before = new ArrayList<>();
    for (Layer layer : layers) before.add(layer.params().toFloatVector());
    assertThat(plays(game)).isTrue();
    int met = 0;
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).paramTable().containsKey("W")) met++;
      boolean stayed = Arrays.equals(layers.get(i).params().toFloatVector(), before.get(i));
      assertThat(stayed).as("layer %d", i).isEqualTo(met <= 3);
    }
    assertThat(met).isGreaterThan(3);
  }

  /** With p = 1/2 an image leaves the store at a draw with p/capacity: it stays 2 * capacity. */
  @Test
  void replayedFakesAreAsOldAsExpected() {
    int capacity = 50;
    ExperienceReplay replay = new ExperienceReplay(capacity, 0.5, 1, 1);
    double ages = 0;
    int old = 0;
    for (int step = 0; step < 4000; step++) {
      INDArray fake = Nd4j.createFromArray(new float[] {step}).reshape(1, 1, 1, 1);
      replay.mix(fake, step);
      float seen = fake.getFloat(0);
      if (step < 1000 || seen == step) continue;
      ages += step - seen;
      old++;
    }
    assertThat(old / 3000.0).isCloseTo(0.5, within(0.05));
    assertThat(ages / old).isCloseTo(2.0 * capacity, within(8.0));
  }

  /** What packs, labels and noise around reals draw must come back exactly from the counters. */
  @Tag("threads")
  @ParameterizedTest
  @MethodSource("kept")
  void resumedTrainingsAreTheSame(String typed) throws IOException {
    float[] straight = train(typed + " images=320", "a");
    train(typed + " images=160", "b");
    Training training = Training.resume(folder.resolve("b"), null, null, 320L);
    training.run();
    assertThat(Arrays.equals(parameters(training), straight)).isTrue();
  }

  static Stream<String> kept() {
    return Stream.of(
        "pack=2 loss=dragan",
        "generators=2 spectral_normalisation=discriminator weight_noise=0.01",
        "dropout=0.2 augment=translation ada_images=400",
        "loss=hinge spectral_normalisation=both",
        "updates=simultaneous loss=hinge spectral_normalisation=both",
        "updates=simultaneous weight_noise=0.01",
        "noisy_labels=true loss=least-squares replay_size=40",
        "loss=wasserstein");
  }

  @Test
  void classesCanBeTrainedAndAskedFor() throws IOException {
    Path images = folder.resolve("images");
    for (String name : List.of("dark", "light")) {
      Files.createDirectories(images.resolve(name));
      for (int i = 0; i < 10; i++) {
        ByteProcessor ip = new ByteProcessor(32, 32);
        ip.setValue(name.equals("dark") ? 40 + i : 200 + i);
        ip.fill();
        ip.noise(5);
        Path file = images.resolve(name).resolve(i + ".png");
        new FileSaver(new ImagePlus(name, ip)).saveAsPng(file.toString());
      }
    }
    TrainSettings settings =
        TrainSettings.parse("size=32 width=4 images=320 conditional=projection pack=2");
    Training training =
        Training.start(ImageSources.open(images, line -> {}), settings, folder.resolve("classed"));
    training.run();
    GanModel model = GanModel.read(folder.resolve("classed"));
    assertThat(model.classes()).containsExactly("dark", "light");
    List<float[]> dark = pixels(model, "dark");
    List<float[]> light = pixels(model, "light");
    List<float[]> inTurn = pixels(model, null);
    for (int i = 0; i < 4; i++) {
      assertThat(Arrays.equals(dark.get(i), light.get(i))).isFalse();
      float[] wanted = (i % 2 == 0 ? dark : light).get(i);
      assertThat(Arrays.equals(inTurn.get(i), wanted)).isTrue();
    }
    assertThatThrownBy(() -> pixels(model, "lihgt"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("did you mean light");
    Training plain =
        Training.start(
            ImageSources.open(images, line -> {}),
            TrainSettings.parse("size=32 width=4 images=32"),
            folder.resolve("plain"));
    plain.run();
    assertThatThrownBy(() -> pixels(GanModel.read(folder.resolve("plain")), "light"))
        .hasMessageContaining("without classes");
  }

  private static List<float[]> pixels(GanModel model, String name) {
    ImageStack stack = model.generate("test", 4, 1, 1, name, () -> false).getStack();
    List<float[]> pixels = new ArrayList<>();
    for (int i = 1; i <= 4; i++) {
      pixels.add((float[]) stack.getProcessor(i).convertToFloat().getPixels());
    }
    return pixels;
  }

  @Test
  void classesAreNeededToBeConditional() {
    TrainSettings settings = TrainSettings.parse("size=32 conditional=projection");
    assertThatThrownBy(
            () ->
                Training.start(
                    ImageSources.open(Path.of("sample-data", "nuclei.tif"), line -> {}),
                    settings,
                    folder.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("conditional=none");
  }

  private float[] train(String typed, String name) throws IOException {
    TrainSettings settings = TrainSettings.parse("size=32 width=4 anneal_from=1 " + typed);
    Training training =
        Training.start(
            ImageSources.open(Path.of("sample-data", "nuclei.tif"), line -> {}),
            settings,
            folder.resolve(name));
    training.run();
    return parameters(training);
  }

  private static float[] parameters(Training training) {
    return training.game().gan().generator().parameters().toFloatVector();
  }
}
