package org.lookalike.train;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lookalike.gan.Architecture;
import org.lookalike.gan.Architectures;
import org.lookalike.gan.Archive;
import org.lookalike.gan.Gan;
import org.lookalike.gan.MemoryNeed;
import org.lookalike.gan.NetworkShape;
import org.lookalike.gan.QualityJudge;
import org.lookalike.image.Dataset;
import org.lookalike.image.ImageBuilder;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.image.InputException;
import org.lookalike.image.WholeFiles;
import org.lookalike.nn.ComputeDevice;

/**
 * A training, from checked settings and images to a run folder. Menus, macros and shells all use it
 * the same way:
 *
 * <pre>{@code
 * Training training = Training.start(ImageSources.open(folder, log), settings, runFolder);
 * training.addListener(windows);
 * TrainingResult result = training.run();
 * }</pre>
 */
public final class Training {
  private static final double MEGA = 1 << 20;

  /** As it was before there was a setting. */
  private static final double UNLIMITED = 1e9;

  private final Game game;
  private final Dataset dataset;
  private final TrainSettings settings;
  private final RunFolder folder;
  private final ComputeDevice device;
  private final List<String> messages;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private final TrainingControl control = new TrainingControl();
  private TrainerState state;
  private TrainerState.Counters latest;
  private QualityJudge judge;
  private TrainerState fullRate;

  /** Whether the run goes back to before its end, so that its results are to be kept aside. */
  private boolean goesBack;

  private Training(
      Game game,
      Dataset dataset,
      TrainSettings settings,
      RunFolder folder,
      ComputeDevice device,
      List<String> messages) {
    this.game = game;
    this.dataset = dataset;
    this.settings = settings;
    this.folder = folder;
    this.device = device;
    this.messages = messages;
  }

  /**
   * Checks everything and prepares a new training.
   *
   * @param asked settings; those left open are chosen
   * @param runFolder where the results go; made if need be
   * @throws InputException if anything given cannot be used
   */
  public static Training start(ImageSource source, TrainSettings asked, Path runFolder) {
    RunFolder.checkApart(runFolder, source);
    StartNetworks networks = StartNetworks.of(asked);
    TrainSettings given = networks == null ? asked : networks.adopted(asked);
    TrainSettings checked = SettingsResolver.resolve(given);
    ComputeDevice device = device(checked);
    Precision.of(checked).check();
    List<String> messages = new ArrayList<>();
    Dataset dataset = Dataset.open(source, checked.datasetOptions(), messages::add);
    int classes = dataset.info().classes().size();
    if (networks != null) {
      networks.checkFit(checked.get(TrainSettings.SIZE), dataset.channels(), classes);
    }
    TrainSettings settings = SettingsResolver.resolve(given, dataset.info(), variance(dataset));
    NetworkShape sizes =
        new NetworkShape(
            settings.get(TrainSettings.SIZE),
            dataset.channels(),
            settings.get(TrainSettings.LATENT),
            settings.get(TrainSettings.WIDTH));
    NetworkShape shape = SettingsResolver.shape(settings, sizes, classes);
    checkMemory(settings, shape);
    messages.add(SettingsResolver.describe(given, settings, dataset.info()));
    messages.add(Precision.of(settings).describe());
    StartNetworks fitting = networks != null ? networks : StartNetworks.fitting(settings, shape);
    boolean used = networks != null || fitting != null && fitting.suit(dataset.info());
    Game game = newGame(settings, shape);
    checkFrozen(settings, used ? fitting.giveTo(game.gan()) : 0);
    if (used) {
      messages.add(fitting.describe(networks != null ? asked : settings, shape));
    } else {
      messages.add(fitting == null ? "Starts with new networks." : fitting.describeUnused());
    }
    RunFolder folder = RunFolder.create(runFolder);
    writeSettings(folder, settings);
    return new Training(game, dataset, settings, folder, device, messages);
  }

  /**
   * @param known layers of D, from the image on, that are not new
   */
  private static void checkFrozen(TrainSettings settings, int known) {
    int frozen = settings.get(TrainSettings.FREEZE_D);
    if (frozen <= known) return;
    throw new InputException(
        String.format(
            "freeze_d=%d keeps what a discriminator knows, and of this one %s new; use %s.",
            frozen,
            known == 0 ? "all layers are" : "only the first " + known + " layers are not",
            known == 0
                ? "freeze_d=0, or start_from with networks that fit"
                : "freeze_d=" + known + " or less"));
  }

  private static double variance(Dataset dataset) {
    try {
      return dataset.variance();
    } catch (IOException e) {
      throw new InputException("The images cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * Prepares to continue a training, to a new total of minutes or images if one is given.
   *
   * @param source the images; {@code null} to open those of the run again
   * @param minutes {@code null} to leave as it is
   * @param images {@code null} to leave as it is
   * @throws InputException if there is nothing to resume
   */
  public static Training resume(Path runFolder, ImageSource source, Double minutes, Long images) {
    RunFolder folder = RunFolder.open(runFolder);
    try (Archive.Reader reader = Checkpoint.open(folder.checkpoint())) {
      Checkpoint.Description saved = Checkpoint.describe(reader);
      // Settings that are younger than the run are what its networks are.
      TrainSettings before = TrainSettings.fromJson(saved.settings);
      before = SettingsResolver.designed(before, design(before), saved.network.options());
      if (before.get(TrainSettings.RANGE_WEIGHT) == null) {
        before = before.with(TrainSettings.RANGE_WEIGHT, 0.0);
      }
      if (!saved.settings.has(TrainSettings.UPDATES.key())) {
        before = before.with(TrainSettings.UPDATES, TrainSettings.ALTERNATING);
      }
      if (!saved.settings.has(TrainSettings.MINIBATCH_UNTIL.key())) {
        before = before.with(TrainSettings.MINIBATCH_UNTIL, TrainSettings.END);
      }
      if (!saved.settings.has(TrainSettings.ANNEAL_IMAGES.key())) {
        before = before.with(TrainSettings.ANNEAL_IMAGES, UNLIMITED);
      }
      if (!saved.settings.has(TrainSettings.PRECISION.key())) {
        before = before.with(TrainSettings.PRECISION, Precision.FLOAT32);
      }
      List<String> messages = new ArrayList<>();
      TrainSettings planned = withLimits(before, minutes, images);
      TrainSettings settings = onThisMachine(planned, messages);
      messages.add(Precision.of(settings).describe());
      ImageSource reals = source != null ? source : reopen(saved.dataset.sourceName(), messages);
      Dataset dataset =
          Dataset.reopen(reals, saved.dataset, settings.datasetOptions(), messages::add);
      ComputeDevice device = device(settings);
      checkMemory(settings, saved.network);
      Game game = newGame(settings, saved.network);
      Training training = new Training(game, dataset, settings, folder, device, messages);
      training.state = Checkpoint.latest(reader, saved, game);
      training.latest = saved.latest;
      training.fullRate = Checkpoint.fullRate(reader, saved, game);
      training.chooseStart(!planned.equals(before));
      return training;
    }
  }

  /**
   * Path of the images a training began with, or the title they had open in ImageJ.
   *
   * @throws InputException if there is no training in that folder
   */
  public static String sourceName(Path runFolder) {
    try (Archive.Reader reader = Checkpoint.open(RunFolder.open(runFolder).checkpoint())) {
      return Checkpoint.describe(reader).dataset.sourceName();
    }
  }

  private static TrainSettings withLimits(TrainSettings settings, Double minutes, Long images) {
    if (images != null) return settings.with(TrainSettings.IMAGES, images);
    if (minutes == null) return settings;
    return settings.with(TrainSettings.IMAGES, null).with(TrainSettings.MINUTES, minutes);
  }

  /** A run may go on where there is no such device, though it began on one. */
  private static TrainSettings onThisMachine(TrainSettings settings, List<String> messages) {
    String requested = settings.get(TrainSettings.DEVICE);
    ComputeDevice device = ComputeDevice.describe(requested);
    TrainSettings here = Precision.of(settings).adapted(settings, messages);
    if (device.isWhatWasRequested(requested)) return here;
    messages.add(
        String.format(
            "device=%s cannot be had here: %s Goes on with device=auto.",
            requested, device.reason()));
    return here.with(TrainSettings.DEVICE, TrainSettings.DEVICE.defaultValue());
  }

  private static ImageSource reopen(String name, List<String> messages) {
    try {
      Path path = Paths.get(name);
      if (Files.exists(path)) return ImageSources.open(path, messages::add);
    } catch (InvalidPathException e) {
      throw new InputException(
          "The training's images (" + name + ") must be open in ImageJ to resume it.", e);
    }
    throw new InputException(
        "The training's images (" + name + ") are gone; put them back or give them as input.");
  }

  /** More time means going on from where the learning rates were still full. */
  private void chooseStart(boolean extended) {
    TrainerState.Counters latest = state.counters;
    boolean over = Trainer.fraction(settings, latest.images, latest.seconds) >= 1;
    if (over) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "This training is finished (%d images, %.1f minutes); give a larger number of"
                  + " images or minutes to go on.",
              latest.images,
              latest.seconds / 60));
    }
    if (fullRate == null || !extended && !wasFinishedEarly()) return;
    messages.add(
        String.format(
            Locale.ROOT,
            "The learning rates had fallen for the end, so training goes on from %d images, the last"
                + " point at full rates, as if the longer time had been planned.",
            fullRate.counters.images));
    state = fullRate;
    fullRate = null;
    goesBack = true;
  }

  /** Whether rates fell before their time, because somebody pressed Finish. */
  private boolean wasFinishedEarly() {
    if (state.counters.finishing) return true;
    TrainerState.Counters then = fullRate.counters;
    return Trainer.fraction(settings, then.images, then.seconds)
        <= settings.get(TrainSettings.ANNEAL_FROM);
  }

  private static Architecture design(TrainSettings settings) {
    return Architectures.named(settings.get(TrainSettings.ARCHITECTURE));
  }

  private static Game newGame(TrainSettings settings, NetworkShape shape) {
    Gan gan = new Gan(design(settings), shape, settings.get(TrainSettings.SEED));
    return new Game(gan, settings);
  }

  private static ComputeDevice device(TrainSettings settings) {
    String requested = settings.get(TrainSettings.DEVICE);
    ComputeDevice device = ComputeDevice.describe(requested);
    if (!device.isWhatWasRequested(requested)) {
      throw new InputException(
          String.format(
              "device=%s is not possible: %s Or choose device=auto.", requested, device.reason()));
    }
    return device;
  }

  private static void checkMemory(TrainSettings settings, NetworkShape shape) {
    long need = MemoryNeed.training(design(settings), shape, settings.get(TrainSettings.BATCH));
    long free = ComputeDevice.freeOffHeapBytes();
    if (need > free) free = ComputeDevice.collectOffHeapBytes();
    if (need <= free) return;
    throw new InputException(
        String.format(
            Locale.ROOT,
            "This training needs about %.0f MB of memory but only %.0f MB are free; give Java more"
                + " (-Xmx; in ImageJ Edit > Options > Memory) or choose a smaller size, batch or"
                + " width.",
            need / MEGA,
            free / MEGA));
  }

  private static void writeSettings(RunFolder folder, TrainSettings settings) {
    try {
      WholeFiles.write(folder.settings(), settings.toJson() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is played; for tests of what goes wrong. */
  Game game() {
    return game;
  }

  /** Adds a listener; before {@link #run()}. */
  public void addListener(TrainingListener listener) {
    listeners.add(listener);
  }

  /** Has the samples judged while the training runs; before {@link #run()}. */
  public void judgeBy(QualityJudge newJudge) {
    judge = newJudge;
  }

  /** Stops the training from any thread. */
  public TrainingControl control() {
    return control;
  }

  /**
   * Trains until the time is up, or a stop is asked for. Blocks.
   *
   * @throws IOException if images cannot be read or results not written
   * @throws InputException if another program trains in that folder
   */
  public TrainingResult run() throws IOException {
    try (Closeable unlocked = folder.lock()) {
      return runAlone();
    }
  }

  private TrainingResult runAlone() throws IOException {
    try (Dataset closed = dataset;
        QualityJudge closedToo = judge) {
      TrainingResult result = trainer().run();
      tell(result.message());
      if (result.outcome() == TrainingResult.Outcome.FINISHED && result.verdict() != null) {
        tell(result.verdict().toString());
      }
      for (TrainingListener listener : listeners) listener.ended(result);
      return result;
    } catch (IOException | RuntimeException | Error e) {
      for (TrainingListener listener : listeners) listener.failed(e);
      throw e;
    } finally {
      game.gan().releaseBuffers();
    }
  }

  /** All is ready in the run folder, and the listeners know. */
  private Trainer trainer() throws IOException {
    if (state != null) {
      checkIsLatest();
      writeSettings(folder, settings);
    }
    long images = state == null ? 0 : state.counters.images;
    RunRecorder recorder = new RunRecorder(folder, images, messages::add, this::tell);
    listeners.add(0, recorder);
    if (goesBack) messages.add(folder.keepAside(latest.images));
    Trainer trainer = new Trainer(game, dataset, settings, folder, listeners, control, judge);
    if (state != null) trainer.restore(state, fullRate);
    if (latest != null) trainer.restoreBest(latest);
    trainer.recall(recorder.history());
    ImageBuilder builder = new ImageBuilder(dataset.info().format(), dataset.info().scaling());
    TrainingRun run =
        new TrainingRun(settings, folder.path(), builder, device.report(), recorder.history());
    for (TrainingListener listener : listeners) listener.started(run);
    for (String line : device.report().split("\\R")) tell(line);
    for (String line : messages) tell(line);
    return trainer;
  }

  /** Before the folder was this training's own, another may have gone on in it. */
  private void checkIsLatest() {
    try (Archive.Reader reader = Checkpoint.open(folder.checkpoint())) {
      TrainerState.Counters now = Checkpoint.describe(reader).latest;
      if (now.images == latest.images && now.seconds == latest.seconds) return;
    }
    throw new InputException(
        folder.path() + " has been trained further meanwhile; resume it again.");
  }

  private void tell(String line) {
    for (TrainingListener listener : listeners) listener.message(line);
  }
}
