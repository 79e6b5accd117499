package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.lookalike.image.ImageSources;
import org.lookalike.metrics.LiveQuality;
import org.lookalike.nn.Network;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Causes each failure on real images and asks what the monitor says of it. */
class VerdictTest {
  private static final Path DATA = Path.of("..", "shared", "data");
  private static final Path NUCLEI = DATA.resolve("nuclei").resolve("images");
  private static final Path CHEST = DATA.resolve("chest-xray");
  private static final String NUCLEI_32 = "size=32 width=8 pixel_size=4 sampling=patches ";

  /** To be spoiled: a generator whose variety comes from its first layer alone, and with tanh. */
  private static final String PLAIN =
      NUCLEI_32 + "noise=off skip_z=off refine=none last_activation=tanh ";

  @TempDir Path folder;

  @BeforeAll
  static void realImages() {
    assumeTrue(Files.isDirectory(NUCLEI), "no real images beside the checkout");
  }

  /** All verdicts of a whole training, one a row. */
  private List<Verdict> train(Path input, String typed) throws IOException {
    return train(input, typed, null, game -> {});
  }

  /** Trains until the verdict awaited has been seen, or to the end, and asks for it. */
  private void assertSays(Verdict.Kind awaited, Path input, String typed, Consumer<Game> saboteur)
      throws IOException {
    assertThat(kinds(train(input, typed, awaited, saboteur))).contains(awaited);
  }

  private void assertSays(Verdict.Kind awaited, Path input, String typed) throws IOException {
    assertSays(awaited, input, typed, game -> {});
  }

  /**
   * @param awaited ends the training; {@code null} for none
   * @param saboteur called after each step
   */
  private List<Verdict> train(
      Path input, String typed, Verdict.Kind awaited, Consumer<Game> saboteur) throws IOException {
    Training training =
        Training.start(
            ImageSources.open(input, line -> {}), TrainSettings.parse(typed), folder.resolve("r"));
    List<Verdict> verdicts = new ArrayList<>();
    training.judgeBy(new LiveQuality());
    training.addListener(
        new TrainingListener() {
          @Override
          public void progressed(Progress progress) {
            saboteur.accept(training.game());
          }

          @Override
          public void diagnosed(Verdict verdict) {
            verdicts.add(verdict);
            if (verdict.kind() == awaited) training.control().finishNow();
          }
        });
    TrainingResult result = training.run();
    if (result.verdict() != null) verdicts.add(result.verdict());
    return verdicts;
  }

  private static List<Verdict.Kind> kinds(List<Verdict> verdicts) {
    return verdicts.stream().map(Verdict::kind).distinct().collect(Collectors.toList());
  }

  /** No false alarm, from the first row to the last; each is long enough for most to be raised. */
  @ParameterizedTest
  @CsvSource({
    "nuclei/images, size=32 width=8 pixel_size=4 sampling=patches images=28000",
    "chest-xray, size=32 width=8 images=20000",
    "blood-cells/RBC, size=32 width=8 images=20000"
  })
  void aSoundTrainingIsHealthy(String images, String typed) throws IOException {
    List<Verdict> verdicts = train(DATA.resolve(images), typed);
    assertThat(verdicts).isNotEmpty().noneMatch(Verdict::isTrouble);
  }

  @Test
  void aGeneratorThatIgnoresItsLatentHasCollapsed() throws IOException {
    String typed = PLAIN + "images=24000";
    assertSays(Verdict.Kind.MODE_COLLAPSE, NUCLEI, typed, this::takeLatentAway);
  }

  /** Without the weights of the first layer only its biases are left to draw by. */
  private void takeLatentAway(Game game) {
    long weights = 128 * 64 * 4 * 4;
    for (Network net : List.of(game.gan().generator(), game.gan().average())) {
      net.parameters().get(NDArrayIndex.interval(0, weights)).assign(0);
      net.parametersChanged();
    }
  }

  @Test
  void aSlowGeneratorIsDominated() throws IOException {
    String typed = PLAIN + "images=24000 learning_rate_g=5e-6 r1=0 r2=0";
    assertSays(Verdict.Kind.DISCRIMINATOR_DOMINATES, NUCLEI, typed);
  }

  @Test
  void aDiscriminatorThatDoesNotLearnIsBlind() throws IOException {
    String typed = PLAIN + "images=24000 loss=non-saturating learning_rate_d=1e-9";
    assertSays(Verdict.Kind.DISCRIMINATOR_BLIND, NUCLEI, typed);
  }

  @Test
  void aGeneratorThatGoesToAndFroOscillates() throws IOException {
    String typed = PLAIN + "images=32000 ema_images=100";
    assertSays(Verdict.Kind.OSCILLATION, NUCLEI, typed, new ToAndFro());
  }

  /**
   * Sends the generator that is judged back to where it began, between every second judgement and
   * the next.
   */
  private static final class ToAndFro implements Consumer<Game> {
    private static final int STEPS_A_JUDGEMENT = 2000 / 16;

    private INDArray beginning;
    private int steps;

    @Override
    public void accept(Game game) {
      Network average = game.gan().average();
      if (beginning == null) beginning = average.parameters().dup();
      steps++;
      if ((steps + STEPS_A_JUDGEMENT / 2) / STEPS_A_JUDGEMENT % 2 == 0) return;
      average.parameters().assign(beginning);
      average.parametersChanged();
    }
  }

  /** D jumps about too far to teach anything. */
  @Test
  void aDiscriminatorFarTooFastIsTrouble() throws IOException {
    List<Verdict> verdicts = train(NUCLEI, PLAIN + "images=36000 learning_rate_d=2e-1");
    assertThat(kinds(verdicts))
        .containsAnyOf(
            Verdict.Kind.DISCRIMINATOR_DOMINATES,
            Verdict.Kind.DISCRIMINATOR_BLIND,
            Verdict.Kind.MODE_COLLAPSE,
            Verdict.Kind.DIVERGED);
    assertThat(verdicts.get(verdicts.size() - 1).isTrouble()).isTrue();
  }

  /** With labels exchanged at random D has nothing to learn. */
  @Test
  void flippedLabelsBlindTheDiscriminator() throws IOException {
    String typed = PLAIN + "images=24000 loss=non-saturating flip_labels=0.5 seed=2";
    assertSays(Verdict.Kind.DISCRIMINATOR_BLIND, NUCLEI, typed);
  }

  @Test
  void ratesTooHighDiverge() throws IOException {
    String typed = PLAIN + "images=24000 learning_rate_d=1 learning_rate_g=1";
    assertSays(Verdict.Kind.DIVERGED, NUCLEI, typed);
  }

  @Test
  void eightImagesAreMemorised() throws IOException {
    Path few = Files.createDirectories(folder.resolve("few"));
    for (int i = 0; i < 8; i++) {
      String name = String.format("%04d.png", i);
      Files.copy(CHEST.resolve(name), few.resolve(name));
    }
    String typed = "size=32 width=8 sampling=whole augment=none images=24000";
    assertSays(Verdict.Kind.MEMORISING, few, typed);
  }
}
