package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.io.Opener;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lookalike.gan.Archive;
import org.lookalike.gan.GanModel;
import org.lookalike.gan.Quality;
import org.lookalike.gan.QualityJudge;
import org.lookalike.image.ImageFiles;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.image.InputException;
import org.lookalike.nn.Network;

/** Whole trainings on the sample data. */
class TrainingTest {
  private static final Path SAMPLE = Paths.get("sample-data", "nuclei.tif");

  @TempDir Path folder;

  private static ImageSource sample() {
    return ImageSources.open(SAMPLE, line -> {});
  }

  private static TrainSettings quick(String more) {
    return TrainSettings.parse("size=32 width=8 seed=3 " + more);
  }

  private static TrainingResult train(TrainSettings settings, Path run) throws IOException {
    return Training.start(sample(), settings, run).run();
  }

  private static int[] pixels(Path run) {
    ImagePlus stack = GanModel.read(run).generate("test", 4, 9, 1, null, () -> false);
    List<Integer> all = new ArrayList<>();
    for (int i = 1; i <= stack.getStackSize(); i++) {
      for (int p = 0; p < 32 * 32; p++) all.add(stack.getStack().getProcessor(i).get(p));
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  private static float[] state(Path run) {
    try (Archive.Reader reader = Checkpoint.open(run.resolve("checkpoint.zip"))) {
      byte[] bytes = reader.bytes("latest/generator.f32", 1 << 28);
      return reader.floats("latest/generator.f32", bytes.length / 4);
    }
  }

  @Tag("threads")
  @ParameterizedTest
  @CsvSource({
    "'', simultaneous",
    "updates=annealing, annealing",
    "loss=wasserstein-gp, alternating",
    "architecture=dcgan loss=non-saturating, alternating",
    "flips=off, simultaneous",
    "minibatch=none, simultaneous",
    "minibatch_until=end, alternating"
  })
  void resumingToTwiceTheImagesIsTrainingThemInOneGo(String more, String updates)
      throws IOException {
    train(quick("images=320 " + more), folder.resolve("once-half"));
    Training.resume(folder.resolve("once-half"), null, null, 640L).run();
    train(quick("images=640 " + more), folder.resolve("whole"));
    assertThat(folder.resolve("whole/settings.json"))
        .content()
        .contains("\"updates\": \"" + updates + "\"");
    List<String> log = Files.readAllLines(folder.resolve("whole/log.txt"));
    assertThat(log.get(log.size() - 2)).contains("Finished after 640 images");
    assertThat(log.get(log.size() - 1)).contains(": ");
    assertThat(state(folder.resolve("once-half"))).isEqualTo(state(folder.resolve("whole")));
    assertThat(pixels(folder.resolve("once-half"))).isEqualTo(pixels(folder.resolve("whole")));
  }

  /** Trains until {@code stop} stops the training, 640 images being planned. */
  private TrainingResult trainUntil(long images, Consumer<TrainingControl> stop, Path run)
      throws IOException {
    Training training = Training.start(sample(), quick("images=640"), run);
    training.addListener(
        new TrainingListener() {
          @Override
          public void progressed(Progress progress) {
            if (progress.images() == images) stop.accept(training.control());
          }
        });
    return training.run();
  }

  @Tag("threads")
  @Test
  void stoppingEarlyAndResumingIsTrainingInOneGo() throws IOException {
    Path run = folder.resolve("interrupted");
    assertThat(trainUntil(400, TrainingControl::finishNow, run).images()).isEqualTo(400);
    Training.resume(run, null, null, null).run();
    train(quick("images=640"), folder.resolve("whole"));
    assertThat(state(run)).isEqualTo(state(folder.resolve("whole")));
  }

  @Test
  void finishingEarlyAnnealsAndResumingGoesOnFromFullRates() throws IOException {
    Path run = folder.resolve("finished");
    TrainingResult result = trainUntil(160, TrainingControl::finish, run);
    assertThat(result.outcome()).isEqualTo(TrainingResult.Outcome.FINISHED);
    assertThat(result.images()).isBetween(161L, 639L);
    Training.resume(run, null, null, null).run();
    assertThat(Files.readAllLines(run.resolve("log.txt")))
        .anyMatch(line -> line.contains("training goes on from 160 images"));
    train(quick("images=640"), folder.resolve("whole"));
    assertThat(state(run)).isEqualTo(state(folder.resolve("whole")));
  }

  /** Also where the referee sends the game back to a state from before. */
  @Test
  void finishingEarlyAnnealsAfterAReturn() throws IOException {
    Path run = folder.resolve("returned");
    Training training = Training.start(sample(), quick("minutes=3 referee=true"), run);
    training.judgeBy(new Contented());
    AtomicInteger judged = new AtomicInteger();
    AtomicInteger roundsSince = new AtomicInteger();
    training.addListener(
        new TrainingListener() {
          @Override
          public void judged(Quality quality, long images) {
            judged.incrementAndGet();
          }

          @Override
          public void progressed(Progress progress) {
            if (judged.get() < 2) return;
            training.control().finish();
            if (roundsSince.incrementAndGet() != 3) return;
            Network d = training.game().gan().discriminator();
            d.parameters().putScalar(0, Float.NaN);
            d.parametersChanged();
          }
        });
    assertThat(training.run().outcome()).isEqualTo(TrainingResult.Outcome.FINISHED);
    assertThat(Files.readString(run.resolve("log.txt")))
        .contains("Finishing early", "goes back to the last healthy state");
    assertThat(atFullRate(run)).isPositive();
  }

  @Test
  void aShortTrainingBringsPixelStatisticsCloser() throws IOException {
    List<Double> distances = new ArrayList<>();
    Training training =
        Training.start(
            sample(), quick("images=9600 width=16 start_from=none"), folder.resolve("run"));
    training.addListener(
        new TrainingListener() {
          @Override
          public void sampled(SampleGrid grid) {
            double[] fakes = statistics(grid.fakes());
            double[] reals = statistics(grid.reals());
            distances.add(Math.abs(fakes[0] - reals[0]) + Math.abs(fakes[1] - reals[1]));
          }
        });
    TrainingResult result = training.run();
    assertThat(result.outcome()).isEqualTo(TrainingResult.Outcome.FINISHED);
    assertThat(distances.get(distances.size() - 1)).isLessThan(0.75 * distances.get(0));
  }

  /** Mean and standard deviation. */
  private static double[] statistics(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float v : values) {
      sum += v;
      squares += v * v;
    }
    double mean = sum / values.length;
    return new double[] {mean, Math.sqrt(squares / values.length - mean * mean)};
  }

  @Test
  void theRunFolderHoldsWhatItShould() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=160"), run);
    assertThat(Files.readAllLines(run.resolve("history.csv")).get(0))
        .isEqualTo(
            "images,seconds,d_loss,g_loss,d_real,d_fake,d_accuracy,wasserstein,grad_norm_g,"
                + "grad_norm_d,ada_p,diversity,fid,kid,verdict");
    String settings = new String(Files.readAllBytes(run.resolve("settings.json")));
    assertThat(JsonParser.parseString(settings).getAsJsonObject().get("size").getAsInt())
        .isEqualTo(32);
    assertThat(Files.readAllLines(run.resolve("log.txt")).toString()).contains("Device: ");
    ImagePlus samples = new Opener().openImage(run.resolve("samples.tif").toString());
    assertThat(samples.getStackSize()).isGreaterThanOrEqualTo(2);
    assertThat(samples.getBitDepth()).isEqualTo(8);
    assertThat(run.toFile().list())
        .containsExactlyInAnyOrder(
            "settings.json",
            "history.csv",
            "samples.tif",
            "model.zip",
            "checkpoint.zip",
            "log.txt",
            ".lock");
  }

  @Test
  void resumingTellsWhatWasMeasuredBeforeAndLeavesOutADamagedLine() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=160"), run);
    List<String> before = Files.readAllLines(run.resolve("history.csv"));
    List<String> damaged = new ArrayList<>(before);
    damaged.add("17,3");
    Files.write(run.resolve("history.csv"), damaged);
    Training training = Training.resume(run, null, null, 320L);
    List<HistoryRow> told = new ArrayList<>();
    training.addListener(
        new TrainingListener() {
          @Override
          public void started(TrainingRun started) {
            told.addAll(started.history());
          }
        });
    training.run();
    assertThat(told).isNotEmpty();
    List<String> after = Files.readAllLines(run.resolve("history.csv"));
    for (HistoryRow row : told) assertThat(before).contains(row.toCsv());
    assertThat(after).doesNotContain("17,3").hasSizeGreaterThan(told.size() + 1);
    assertThat(Files.readAllLines(run.resolve("log.txt")).toString()).contains("Left out a line");
  }

  @Test
  void divergenceGoesBackToTheLastGoodCheckpoint() throws IOException {
    TrainSettings wild =
        quick("images=6400 loss=wasserstein-gp gp_weight=0")
            .with("learning_rate_d", "1")
            .with("learning_rate_g", "1")
            .with("beta2", "0");
    TrainingResult result = train(wild, folder.resolve("wild"));
    assertThat(result.outcome()).isEqualTo(TrainingResult.Outcome.DIVERGED);
    assertThat(result.message()).contains("went back to its last good checkpoint");
    for (float value : state(folder.resolve("wild"))) assertThat(value).isFinite();
  }

  @Test
  void anotherRunIsNeverOverwritten() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=32"), run);
    assertThatThrownBy(() -> train(quick("images=32"), run))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("resume");
  }

  @Test
  void whatLiesInTheFolderIsNotOverwritten() throws IOException {
    Path run = Files.createDirectory(folder.resolve("run"));
    Files.write(run.resolve("samples.tif"), new byte[] {1});
    assertThatThrownBy(() -> Training.start(sample(), quick("images=32"), run))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("samples.tif, which is not overwritten");
    assertThat(run.resolve("samples.tif")).hasBinaryContent(new byte[] {1});
  }

  @Test
  void twoDoNotTrainInOneFolder() throws IOException {
    Path run = folder.resolve("run");
    Training training = Training.start(sample(), quick("images=64"), run);
    List<Throwable> refused = new ArrayList<>();
    training.addListener(
        new TrainingListener() {
          @Override
          public void progressed(Progress progress) {
            refused.add(catchThrowable(() -> Training.resume(run, null, null, 640L).run()));
          }
        });
    training.run();
    assertThat(refused).isNotEmpty();
    assertThat(refused.get(0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is being trained in another window");
    assertThat(Training.resume(run, null, null, 128L).run().images()).isEqualTo(128);
  }

  @Test
  void resultsAreNotLaidAmongTheImages() throws IOException {
    Path images = Files.createDirectory(folder.resolve("images"));
    Files.copy(SAMPLE, images.resolve("nuclei.tif"));
    ImageSource source = ImageSources.open(images, line -> {});
    assertThatThrownBy(() -> Training.start(source, quick("images=32"), images))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a folder of the images");
  }

  /** The run would hide the class from later trainings. */
  @Test
  void resultsAreNotLaidInAFolderOfAClass() throws IOException {
    Path data = folder.resolve("data");
    for (String name : List.of("a", "b")) {
      Files.copy(SAMPLE, Files.createDirectories(data.resolve(name)).resolve("nuclei.tif"));
    }
    ImageSource source = ImageSources.open(data, line -> {});
    assertThatThrownBy(() -> Training.start(source, quick("images=32"), data.resolve("a")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a folder of the images");
  }

  /** Between the two, the first has come further. */
  @Test
  void aResumeThatIsTooLateDoesNotGoBack() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=64"), run);
    Training late = Training.resume(run, null, null, 128L);
    Training.resume(run, null, null, 256L).run();
    assertThatThrownBy(late::run)
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has been trained further meanwhile");
    assertThat(GanModel.read(run).images()).isEqualTo(256);
  }

  /** Beside the folder of images a run's samples look like one more class. */
  @Test
  void aRunBesideItsImagesIsNoClass() throws IOException {
    Path images = Files.createDirectories(folder.resolve("data/images"));
    Files.copy(SAMPLE, images.resolve("nuclei.tif"));
    Path data = images.getParent();
    Training.start(ImageSources.open(data, line -> {}), quick("images=32"), data.resolve("run"))
        .run();
    assertThat(Training.resume(data.resolve("run"), null, null, 64L).run().images()).isEqualTo(64);
  }

  @Test
  void aLongerTrainingKeepsTheResultsOfTheFirst() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=320"), run);
    byte[] model = Files.readAllBytes(run.resolve("model.zip"));
    byte[] checkpoint = Files.readAllBytes(run.resolve("checkpoint.zip"));
    Training training = Training.resume(run, null, null, 640L);
    training.control().cancel();
    training.run();
    assertThat(run.resolve("model-320.zip")).hasBinaryContent(model);
    assertThat(run.resolve("checkpoint-320.zip")).hasBinaryContent(checkpoint);
    assertThat(Training.resume(run, null, null, null).run().images()).isEqualTo(640);
    train(quick("images=640"), folder.resolve("whole"));
    assertThat(state(run)).isEqualTo(state(folder.resolve("whole")));
  }

  /** As where somebody has the table open in a program that locks it. */
  @Test
  void aTableThatCannotBeWrittenDoesNotEndTheTraining() throws IOException {
    Path run = folder.resolve("run");
    Training training = Training.start(sample(), quick("images=160"), run);
    training.addListener(
        new TrainingListener() {
          @Override
          public void started(TrainingRun started) {
            assertThat(run.resolve("history.csv").resolve("in the way").toFile().mkdirs()).isTrue();
          }
        });
    assertThat(training.run().outcome()).isEqualTo(TrainingResult.Outcome.FINISHED);
    assertThat(Files.readString(run.resolve("log.txt")))
        .containsOnlyOnce("history.csv cannot be written now")
        .containsOnlyOnce("history.csv could not be written to the end of this training");
  }

  @Test
  void linesOfTheLogThatCouldNotBeWrittenAreWrittenLater() throws IOException {
    Path run = folder.resolve("run");
    Training training = Training.start(sample(), quick("images=64"), run);
    Path way = run.resolve("log.txt").resolve("in the way");
    training.addListener(
        new TrainingListener() {
          @Override
          public void started(TrainingRun started) {
            assertThat(way.toFile().mkdirs()).isTrue();
          }

          @Override
          public void progressed(Progress progress) {
            if (progress.images() < 64) return;
            assertThat(way.toFile().delete() && way.getParent().toFile().delete()).isTrue();
          }
        });
    training.run();
    assertThat(Files.readString(run.resolve("log.txt")))
        .contains("Device: ")
        .contains("log.txt cannot be written now")
        .contains("Finished after 64 images")
        .doesNotContain("could not be written to the end");
  }

  /** Trains 4,000 images, with a folder where the model is to be from 1,000 on. */
  private Training withModelInTheWay(Path run, Runnable judged) {
    Training training = Training.start(sample(), quick("images=4000"), run);
    training.judgeBy(new Contented());
    training.addListener(
        new TrainingListener() {
          @Override
          public void progressed(Progress progress) {
            if (progress.images() != 1008) return;
            assertThat(run.resolve("model.zip").toFile().delete()).isTrue();
            assertThat(run.resolve("model.zip/in the way").toFile().mkdirs()).isTrue();
          }

          @Override
          public void judged(Quality quality, long images) {
            judged.run();
          }
        });
    return training;
  }

  /** As where another program reads it, on Windows, or the disk is full for a while. */
  @Test
  void aModelThatCannotBeWrittenIsWrittenLater() throws IOException {
    Path run = folder.resolve("run");
    Path model = run.resolve("model.zip");
    Training training =
        withModelInTheWay(
            run,
            () -> {
              if (model.resolve("in the way").toFile().delete()) model.toFile().delete();
            });
    assertThat(training.run().outcome()).isEqualTo(TrainingResult.Outcome.FINISHED);
    assertThat(Files.readString(run.resolve("log.txt"))).contains("The model cannot be written");
    assertThat(GanModel.read(run).images()).isEqualTo(4000);
  }

  @Test
  void aModelThatCannotBeWrittenAtTheEndIsSaidAndCanBeHadLater() throws IOException {
    Path run = folder.resolve("run");
    assertThatThrownBy(() -> withModelInTheWay(run, () -> {}).run())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model.zip could not be written");
    Files.delete(run.resolve("model.zip/in the way"));
    Files.delete(run.resolve("model.zip"));
    Training more = Training.resume(run, null, null, 4032L);
    more.judgeBy(new Contented());
    assertThat(more.run().images()).isEqualTo(4032);
    assertThat(GanModel.read(run).images()).isEqualTo(4032);
  }

  /** Finds all images good. */
  private static final class Contented implements QualityJudge {
    @Override
    public void begin(float[] heldOut, float[] training, int channels, int size) {}

    @Override
    public Quality judge(float[] fakes) {
      return new Quality(0.01, 0.003, 0.05, 1, 1, 1, 0.5, 0, new double[1]);
    }

    @Override
    public int count() {
      return 16;
    }

    @Override
    public void close() {}
  }

  @Test
  void samplesThatSomebodyChangedAreKeptAside() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=32"), run);
    ImagePlus samples = new Opener().openImage(run.resolve("samples.tif").toString());
    samples.getStack().setSliceLabel("images of Monday", 1);
    ImageFiles.saveTiff(samples, run.resolve("samples.tif"));
    Training.resume(run, null, null, 64L).run();
    Path aside = run.resolve("samples-32.tif");
    assertThat(Files.readString(run.resolve("log.txt"))).contains("kept as samples-32.tif");
    ImagePlus kept = new Opener().openImage(aside.toString());
    assertThat(kept.getStack().getSliceLabel(1)).isEqualTo("images of Monday");
    ImagePlus anew = new Opener().openImage(run.resolve("samples.tif").toString());
    assertThat(anew.getStack().getSliceLabel(1)).isEqualTo("images 32");
  }

  /** Of before the setting was there. */
  @Test
  void aRunWithoutRangeWeightGoesOn() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=32"), run);
    rewrite(run, "\\s*\"range_weight\":[^,]*,", "");
    assertThat(Training.resume(run, null, null, 64L).run().images()).isEqualTo(64);
  }

  /** Of before the setting was there: rates fall from where they were to fall. */
  @Test
  void aRunWithoutAnnealImagesKeepsItsSchedule() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=32"), run);
    rewrite(run, "\\s*\"anneal_images\":[^,]*,", "");
    Training.resume(run, null, null, 64L).run();
    assertThat(Files.readString(run.resolve("settings.json"))).contains("\"anneal_images\": 1.0E9");
  }

  /** Of before the setting was there: D compared to the end, and networks moved in turns. */
  @ParameterizedTest
  @CsvSource({
    "minibatch_until=annealing, minibatch_until, annealing, end",
    "minibatch=none, updates, simultaneous, alternating"
  })
  void aRunOfBeforeASettingGoesOnAsItWas(String typed, String key, String now, String before)
      throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=32 " + typed), run);
    Path settings = run.resolve("settings.json");
    assertThat(Files.readString(settings)).contains(String.format("\"%s\": \"%s\"", key, now));
    rewrite(run, "\\s*\"" + key + "\":[^,]*,", "");
    Training.resume(run, null, null, 64L).run();
    assertThat(Files.readString(settings)).contains(String.format("\"%s\": \"%s\"", key, before));
  }

  /** Of before the setting was there: nothing was rounded. */
  @Test
  void aRunWithoutPrecisionGoesOnInFloats() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=32"), run);
    rewrite(run, ",\\s*\"precision\":\\s*\"auto\"", "");
    Training.resume(run, null, null, 64L).run();
    assertThat(Files.readString(run.resolve("settings.json")))
        .contains("\"precision\": \"float32\"");
  }

  /** Images seen when rates began to fall. */
  private static long atFullRate(Path run) {
    try (Archive.Reader reader = Checkpoint.open(run.resolve("checkpoint.zip"))) {
      return Checkpoint.describe(reader).fullRate.images;
    }
  }

  /** How many that are of the whole follows from the pace. */
  @ParameterizedTest
  @ValueSource(strings = {"anneal_from=0.5", "anneal_from=0"})
  void ratesOfATrainingByTheClockFallOverTheLastImages(String more) throws IOException {
    Path run = folder.resolve("run");
    TrainingResult result = train(quick("minutes=0.2 anneal_images=50 " + more), run);
    assertThat(atFullRate(run)).isBetween(result.images() * 6 / 10, result.images());
  }

  @Test
  void ratesOfATrainingByImagesFallOverTheLast() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=640 anneal_images=160"), run);
    assertThat(atFullRate(run)).isBetween(480L, 512L);
  }

  @Test
  void aRunOfAGpuGoesOnWithoutOne() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=32"), run);
    rewrite(run, "\"device\": \"auto\"", "\"device\": \"cuda\"");
    assertThat(Training.resume(run, null, null, 64L).run().images()).isEqualTo(64);
    assertThat(Files.readString(run.resolve("log.txt"))).contains("Goes on with device=auto.");
  }

  /** Changes what a checkpoint says in words. */
  private static void rewrite(Path run, String pattern, String by) throws IOException {
    Path file = run.resolve("checkpoint.zip");
    try (FileSystem zip = FileSystems.newFileSystem(file, (ClassLoader) null)) {
      Path description = zip.getPath("lookalike.json");
      String text = Files.readString(description);
      String changed = text.replaceAll(pattern, by);
      assertThat(changed).isNotEqualTo(text);
      Files.writeString(description, changed);
    }
  }

  @Test
  void aFinishedRunSaysWhatToDo() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=32"), run);
    assertThatThrownBy(() -> Training.resume(run, null, null, null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("finished");
  }

  @Test
  void otherImagesAreNotResumedOn() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=32"), run);
    ImagePlus other = new Opener().openImage(SAMPLE.toString());
    other.getStack().deleteLastSlice();
    assertThatThrownBy(() -> Training.resume(run, ImageSources.of(other), null, 64L))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not those");
  }

  @Test
  void imagesThatHaveMovedAreResumedOn() throws IOException {
    Path run = folder.resolve("run");
    Path before = Files.copy(SAMPLE, folder.resolve("before.tif"));
    Training.start(ImageSources.open(before, line -> {}), quick("images=32"), run).run();
    Path after = Files.move(before, folder.resolve("after.tif"));
    assertThat(Training.sourceName(run)).endsWith("before.tif");
    ImageSource moved = ImageSources.open(after, line -> {});
    assertThat(Training.resume(run, moved, null, 64L).run().images()).isEqualTo(64);
  }

  @Test
  void listenersAreToldOfAFailure() {
    Training training = Training.start(sample(), quick("images=32"), folder.resolve("run"));
    List<String> told = new ArrayList<>();
    training.addListener(
        new TrainingListener() {
          @Override
          public void progressed(Progress progress) {
            throw new IllegalStateException("The disk is gone.");
          }

          @Override
          public void failed(Throwable cause) {
            told.add(cause.getMessage());
          }
        });
    assertThatThrownBy(training::run).hasMessage("The disk is gone.");
    assertThat(told).containsExactly("The disk is gone.");
    assertThat(folder.resolve("run").resolve("log.txt")).content().contains("The disk is gone.");
  }

  @Test
  void tooLittleMemoryIsSaidBefore() {
    assertThatThrownBy(
            () -> train(TrainSettings.parse("size=256 batch=512 width=512"), folder.resolve("x")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("memory");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void cudaWithoutCudaIsAnError() {
    assertThatThrownBy(() -> train(quick("device=cuda"), folder.resolve("x")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("device=auto");
  }

  @Test
  void penaltiesPerImageDoNotGoWithBatchNormalisation() {
    assertThatThrownBy(() -> train(quick("architecture=dcgan r1=1"), folder.resolve("x")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("batch normalisation");
  }

  @Test
  void brokenAndNewerModelsAreRefusedInOneSentence() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=32"), run);
    byte[] model = Files.readAllBytes(run.resolve("model.zip"));
    Path truncated = folder.resolve("truncated.zip");
    Files.write(truncated, Arrays.copyOf(model, model.length / 2));
    Path text = folder.resolve("text.zip");
    Files.write(text, "no model".getBytes());
    for (Path bad : new Path[] {truncated, text}) {
      assertThatThrownBy(() -> GanModel.read(bad))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("not a Lookalike model");
    }
    Path newer = folder.resolve("newer.zip");
    Archive.write(newer, writer -> writer.text("lookalike.json", "{\"format\": 99}"));
    assertThatThrownBy(() -> GanModel.read(newer))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("newer");
  }

  @Test
  void aNewerOrBrokenCheckpointIsRefusedInOneSentence() throws IOException {
    Path run = folder.resolve("run");
    train(quick("images=32"), run);
    Path checkpoint = run.resolve("checkpoint.zip");
    byte[] good = Files.readAllBytes(checkpoint);
    Files.write(checkpoint, Arrays.copyOf(good, good.length / 2));
    assertThatThrownBy(() -> Training.resume(run, null, null, 64L))
        .isInstanceOf(InputException.class);
    Archive.write(checkpoint, writer -> writer.text("lookalike.json", "{\"format\": 99}"));
    assertThatThrownBy(() -> Training.resume(run, null, null, 64L))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("newer");
  }
}
