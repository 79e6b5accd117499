package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.lookalike.gan.Gan;
import org.lookalike.gan.NetworkShape;
import org.lookalike.image.ImageSources;
import org.lookalike.image.InputException;
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
    "replay_size=12",
    "weight_decay=0.1",
    "learning_rate_d=4e-4 learning_rate_g=1e-4",
    "architecture=dcgan"
  };

  @TempDir Path folder;

  private static Game game(String typed) {
    TrainSettings settings =
        SettingsResolver.resolve(TrainSettings.parse("size=32 width=4 latent=8 batch=8 " + typed));
    NetworkShape shape = new NetworkShape(32, 1, 8, 4);
    int pack = settings.get(TrainSettings.PACK);
    String architecture = settings.get(TrainSettings.ARCHITECTURE);
    Game game = new Game(new Gan(architecture, shape, pack, 1), settings);
    game.setInstanceNoise(settings.get(TrainSettings.INSTANCE_NOISE));
    return game;
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
    return true;
  }

  static Stream<String> pairs() {
    List<String> pairs = new ArrayList<>();
    for (String loss : AdversarialLosses.names()) {
      pairs.add("loss=" + loss);
      for (int i = 0; i < TECHNIQUES.length; i++) {
        pairs.add("loss=" + loss + " " + TECHNIQUES[i]);
        for (int j = i + 1; j < TECHNIQUES.length; j++) {
          pairs.add("loss=" + loss + " " + TECHNIQUES[i] + " " + TECHNIQUES[j]);
        }
      }
    }
    return pairs.stream();
  }

  /** Each either plays with finite gradients or is refused with a sentence that says what to do. */
  @Test
  void everyPairPlaysOrIsRefusedWithAReason() {
    int played = 0;
    int refused = 0;
    for (String pair : (Iterable<String>) pairs()::iterator) {
      try {
        Game game = game(pair);
        assertThat(plays(game)).as(pair).isTrue();
        game.gan().releaseBuffers();
        played++;
      } catch (InputException e) {
        assertThat(e.getMessage()).as(pair).containsAnyOf("; use ", "; leave them");
        refused++;
      }
    }
    assertThat(played).isGreaterThan(150);
    assertThat(refused).isGreaterThan(50);
  }

  @ParameterizedTest
  @CsvSource({
    "loss=hinge real_label=0.9, labels",
    "loss=wasserstein flip_labels=0.1, labels",
    "pack=3 batch=16, batch=15",
    "architecture=dcgan loss=dragan, batch normalisation",
    "architecture=dcgan r1=1, batch normalisation"
  })
  void combinationsWithoutSenseAreRefused(String typed, String word) {
    assertThatThrownBy(() -> SettingsResolver.resolve(TrainSettings.parse(typed)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(word);
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
        "noisy_labels=true loss=least-squares replay_size=40",
        "loss=wasserstein");
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
