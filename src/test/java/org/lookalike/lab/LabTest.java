package org.lookalike.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lookalike.image.InputException;
import org.lookalike.train.TrainSettings;

class LabTest {
  private static LabMethod plain(String typed) {
    return LabMethod.of("test", "plain", TrainSettings.parse("width=32 batch=64 " + typed));
  }

  private static LabRun played(Mixture mixture, String typed, int steps) {
    LabRun run = LabRun.begin(mixture, plain(typed), steps, 1);
    while (!run.isOver()) assertThat(run.step()).isTrue();
    return run;
  }

  @ParameterizedTest
  @EnumSource
  void realsCoverEveryModeEqually(Mixture mixture) {
    float[] points = mixture.points(1, 0, 20_000, new int[20_000]);
    Coverage coverage = Coverage.of(mixture, points);
    assertThat(coverage.modes()).isEqualTo(mixture.modes());
    assertThat(coverage.reverseKl()).isLessThan(0.002);
    // 1 - exp(-9/2) of a plane's normal lies within three standard deviations; .9973 of a line's.
    double within = mixture.dimensions() == 2 ? 1 - Math.exp(-4.5) : 0.9973;
    assertThat(coverage.highQuality()).isCloseTo(within, within(0.004));
  }

  @Test
  void coverageByHand() {
    // Three at the mode (1, 0), one at (-1, 0), and one far from all, nearest to (0, 1).
    float[] points = {1, 0, 1, .01f, 1.02f, 0, -1, 0, 0, 3};
    Coverage coverage = Coverage.of(Mixture.RING, points);
    assertThat(coverage.modes()).isEqualTo(2);
    assertThat(coverage.highQuality()).isEqualTo(0.8);
    double entropy = -(0.6 * Math.log(0.6) + 2 * 0.2 * Math.log(0.2));
    assertThat(coverage.reverseKl()).isCloseTo(Math.log(8) - entropy, within(1e-12));
  }

  @Test
  void layoutsAreThePublishedOnes() {
    assertThat(Mixture.GRID.modes()).isEqualTo(25);
    assertThat(Mixture.GRID.centre(0)).containsExactly(-4, -4);
    assertThat(Mixture.RING.centre(2)[1]).isCloseTo(1, within(1e-12));
    assertThat(Mixture.LINE.centre(2)).containsExactly(5);
  }

  /** Every point of the training set comes again after 100,000. */
  @Test
  void theTrainingSetIsFinite() {
    float[] first = Mixture.GRID.points(3, 7, 5, new int[5]);
    assertThat(Mixture.GRID.points(3, 100_007, 5, new int[5])).isEqualTo(first);
    assertThat(Mixture.GRID.points(4, 7, 5, new int[5])).isNotEqualTo(first);
  }

  @Tag("threads")
  @ParameterizedTest
  @EnumSource
  void theSameSeedPlaysTheSameGame(Mixture mixture) {
    float[] one = played(mixture, "", 20).samples(50);
    assertThat(played(mixture, "", 20).samples(50)).isEqualTo(one);
  }

  /** WGAN-GP holds the norm of the critic's gradient between reals and fakes at 1. */
  @Test
  void theGradientsNormSettlesAtOne() {
    LabRun run =
        played(
            Mixture.RING,
            "loss=wasserstein-gp gp_weight=10 learning_rate_d=1e-3 learning_rate_g=1e-3",
            250);
    float[] reals = run.reals(200);
    float[] fakes = run.samples(200);
    float[] between = new float[400];
    for (int i = 0; i < 400; i++) between[i] = 0.5f * (reals[i] + fakes[i]);
    float[] slopes = new float[400];
    run.discriminator(between, slopes);
    double mean = 0;
    for (int i = 0; i < 200; i++) mean += Math.hypot(slopes[2 * i], slopes[2 * i + 1]) / 200;
    assertThat(mean).isCloseTo(1, within(0.2));
  }

  @Test
  void slopesOfTheDiscriminatorAreThoseOfItsLogits() {
    LabRun run = played(Mixture.GRID, "pack=2", 30);
    float[] point = {0.7f, -1.3f};
    float[] slopes = new float[2];
    run.discriminator(point, slopes);
    for (int d = 0; d < 2; d++) {
      float[] above = point.clone();
      above[d] += 1e-2f;
      float[] below = point.clone();
      below[d] -= 1e-2f;
      double slope = (run.discriminator(above, null)[0] - run.discriminator(below, null)[0]) / 0.02;
      assertThat(slopes[d])
          .isCloseTo((float) slope, within((float) (0.05 * Math.abs(slope) + 1e-3)));
    }
  }

  @Test
  void settingsCanChangeWhileItRuns() {
    LabRun run = played(Mixture.RING, "loss=non-saturating", 20);
    float[] before = run.samples(20);
    run.change(run.settings().with("loss", "hinge").with("r1", "0.1"));
    assertThat(run.samples(20)).isEqualTo(before);
    assertThat(run.step()).isTrue();
    assertThat(run.steps()).isEqualTo(21);
    assertThat(run.samples(20)).isNotEqualTo(before);
    TrainSettings wrong = run.settings().with("noisy_labels", "true");
    assertThatThrownBy(() -> run.change(wrong)).isInstanceOf(InputException.class);
    assertThat(run.step()).isTrue();
  }

  @Test
  void aConditionalGeneratorMakesWhatItIsAskedFor() {
    LabRun run =
        played(
            Mixture.LINE,
            "conditional=projection loss=relativistic r1=0.1 r2=0.1 learning_rate_g=2e-3"
                + " learning_rate_d=2e-3 ema_images=500",
            600);
    float[] samples = run.samples(300);
    int right = 0;
    for (int i = 0; i < 300; i++) if (Mixture.LINE.nearest(samples, i) == i % 3) right++;
    assertThat(right).isGreaterThan(270);
  }

  @Tag("threads")
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pack=2",
        "replay_size=200 updates=alternating",
        "generators=4",
        "conditional=projection",
        "unroll=2 unroll_rate=.01 updates=alternating",
        "pixel_loss=1 instance_noise=.5 anneal_from=.3 ema_images=500"
      })
  void aRestoredRunGoesOnAsItWouldHave(String typed, @TempDir Path folder) throws Exception {
    LabMethod method = LabMethod.named("published-gan").with("test", plain(typed).settings());
    LabRun straight = LabRun.begin(Mixture.GRID, method, 12, 1);
    for (int i = 0; i < 5; i++) straight.step();
    Path file = folder.resolve("run.kept");
    straight.save(file);
    while (!straight.isOver()) straight.step();

    LabRun restored = LabRun.begin(Mixture.GRID, method, 12, 1);
    restored.step();
    restored.restore(file);
    assertThat(restored.steps()).isEqualTo(5);
    while (!restored.isOver()) restored.step();
    assertThat(restored.samples(50)).isEqualTo(straight.samples(50));
    float[] points = restored.reals(20);
    assertThat(restored.discriminator(points, null))
        .isEqualTo(straight.discriminator(points, null));
  }

  @Test
  void onlyAWholeFileOfTheSameRunIsRestored(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("run.kept");
    LabRun.begin(Mixture.RING, plain(""), 5, 1).save(file);
    for (LabRun other :
        List.of(
            LabRun.begin(Mixture.GRID, plain(""), 5, 1),
            LabRun.begin(Mixture.RING, plain(""), 6, 1),
            LabRun.begin(Mixture.RING, plain(""), 5, 2),
            LabRun.begin(Mixture.RING, plain("r1=1"), 5, 1))) {
      assertThatThrownBy(() -> other.restore(file))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("delete it");
    }
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    LabRun same = LabRun.begin(Mixture.RING, plain(""), 5, 1);
    assertThatThrownBy(() -> same.restore(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("damaged; delete it");
  }

  @Test
  void aFileOlderThanASettingIsRestored(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("run.kept");
    LabRun.begin(Mixture.RING, plain(""), 5, 1).save(file);
    try (FileSystem zip = FileSystems.newFileSystem(file, (ClassLoader) null)) {
      Path json = zip.getPath("run.json");
      String text = Files.readString(json);
      String setting = "\\\"updates\\\":\\\"auto\\\",";
      assertThat(text).contains(setting);
      Files.writeString(json, text.replace(setting, ""));
    }
    LabRun.begin(Mixture.RING, plain(""), 5, 1).restore(file);
    LabRun other = LabRun.begin(Mixture.RING, plain("updates=simultaneous"), 5, 1);
    assertThatThrownBy(() -> other.restore(file)).hasMessageContaining("delete it");
  }

  @Test
  void aKeptRunGivesWhatAWatchedOneGives(@TempDir Path folder) throws Exception {
    int steps = LabStudy.KEPT_EVERY + 100;
    LabMethod small = LabMethod.of("test", "plain", TrainSettings.parse("width=8 batch=8 pack=2"));
    LabStudy study = new LabStudy(Mixture.RING, small, steps);
    LabResult.Run watched = study.play(1, run -> {});
    Path file = folder.resolve("run.kept");
    LabRun cut = LabRun.begin(Mixture.RING, small, steps, 1);
    for (int i = 0; i < 7; i++) cut.step();
    cut.save(file);
    LabResult.Run kept = study.play(1, file);
    assertThat(kept.highQuality()).isEqualTo(watched.highQuality());
    assertThat(kept.reverseKl()).isEqualTo(watched.reverseKl());
    assertThat(file).doesNotExist();
  }

  @Test
  void theReportHasItsKeysAndItsStatistics() {
    LabStudy study = new LabStudy(Mixture.RING, plain(""), 5);
    LabResult result = study.run(1, 3, run -> {});
    JsonObject json = JsonParser.parseString(result.toJson()).getAsJsonObject();
    assertThat(json.keySet())
        .contains(
            "layout",
            "method",
            "seeds",
            "modes_mean",
            "modes_se",
            "high_quality_mean",
            "high_quality_se",
            "reverse_kl_mean",
            "reverse_kl_se",
            "runs");
    double[] figures = result.runs().stream().mapToDouble(LabResult.Run::reverseKl).toArray();
    double mean = (figures[0] + figures[1] + figures[2]) / 3;
    assertThat(json.get("reverse_kl_mean").getAsDouble()).isCloseTo(mean, within(1e-12));
    double squares = 0;
    for (double figure : figures) squares += (figure - mean) * (figure - mean);
    assertThat(json.get("reverse_kl_se").getAsDouble())
        .isCloseTo(Math.sqrt(squares / 2 / 3), within(1e-12));
    assertThat(LabResult.fromJson(result.toJson()).toJson()).isEqualTo(result.toJson());
  }

  @Test
  void allMethodsInTheJarCanBegin() {
    for (String name : LabMethod.names()) {
      for (Mixture mixture : List.of(Mixture.RING, Mixture.GRID)) {
        LabRun run = LabRun.begin(mixture, LabMethod.named(name), 2, 1);
        assertThat(run.step()).as(name).isTrue();
        run.close();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"rnig, did you mean ring", "cube, Known are: ring"})
  void unknownLayouts(String layout, String says) {
    assertThatThrownBy(() -> Mixture.fromLabel(layout))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(says);
  }

  @Test
  void impossibleMethods() {
    assertThatThrownBy(() -> LabMethod.named("gna")).hasMessageContaining("did you mean gan");
    assertThatThrownBy(() -> plain("").withNets("big")).hasMessageContaining("Known are");
    assertThatThrownBy(() -> plain("learning_rate_g=-1")).hasMessageContaining("not possible");
    assertThatThrownBy(() -> LabRun.begin(Mixture.RING, plain("pack=3"), 5, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("batch=63");
    assertThatThrownBy(
            () -> LabRun.begin(Mixture.RING, plain("conditional=projection generators=9"), 5, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("generators=8");
  }
}
