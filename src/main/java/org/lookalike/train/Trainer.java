package org.lookalike.train;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.lookalike.gan.Archive;
import org.lookalike.gan.Gan;
import org.lookalike.gan.GanModel;
import org.lookalike.gan.Latents;
import org.lookalike.gan.Quality;
import org.lookalike.gan.QualityJudge;
import org.lookalike.image.Dataset;
import org.lookalike.nn.Pass;
import org.lookalike.train.TrainingResult.Outcome;
import org.nd4j.linalg.factory.Nd4j;

/** Plays the game until its time is up, and keeps what comes of it. */
final class Trainer {
  /** Samples shown and saved; a multiple of the batch they are made in. */
  private static final int SAMPLES = 32;

  private static final int SAMPLE_BATCH = 16;
  private static final long SAMPLE_STREAM = 4;
  private static final double HISTORY_SECONDS = 2;
  private static final double SAMPLE_SECONDS = 5;
  private static final double SAMPLE_SHARE = 0.02;
  private static final double CHECKPOINT_SECONDS = 30;
  private static final long JUDGEMENT_STREAM = 5;
  private static final int PIXEL_PAIRS = 256;

  /** A checkpoint waits this many times its own cost, so it takes at most 2 % of the time. */
  private static final double CHECKPOINT_REST = 50;

  private final Game game;
  private final Dataset dataset;
  private final TrainSettings settings;
  private final RunFolder folder;
  private final List<TrainingListener> listeners;
  private final TrainingControl control;
  private final HealthMonitor monitor;
  private final Judging judging;
  private final Pace pace;
  private final Speed speed = new Speed();

  private long images;
  private double secondsBefore;
  private long sessionStart;
  private TrainerState fullRate;
  private double nextHistory;
  private double nextSample;
  private double nextCheckpoint;
  private Quality unwritten;
  private Quality lastQuality;

  /** Why the model judged last, which should have been kept, was not; {@code null} if it was. */
  private IOException notKept;

  private Verdict verdict;
  private float[] realsShown;
  private final Referee referee = new Referee();

  /** For the referee. */
  private final LastHealthy<TrainerState> lastHealthy = new LastHealthy<>();

  /** Whether the game is to go back to it. */
  private boolean returns;

  /** The end of a training that is finished early; {@code null} before it. */
  private Finale finale;

  Trainer(
      Game game,
      Dataset dataset,
      TrainSettings settings,
      RunFolder folder,
      List<TrainingListener> listeners,
      TrainingControl control,
      QualityJudge judge) {
    this.game = game;
    this.dataset = dataset;
    this.settings = settings;
    this.folder = folder;
    this.listeners = listeners;
    this.control = control;
    judging = new Judging(judge, dataset, settings);
    pace = new Pace(60 * settings.get(TrainSettings.MINUTES));
    monitor = new HealthMonitor(game.loss(), game.leastDiscriminatorLoss());
  }

  /** Continues from {@code state}. */
  void restore(TrainerState state, TrainerState stateAtFullRate) {
    state.restore(game);
    referee.restore(state.counters.referee);
    images = state.counters.images;
    secondsBefore = state.counters.seconds;
    fullRate = stateAtFullRate;
  }

  /** Takes over what earlier sessions measured. */
  void recall(List<HistoryRow> rows) {
    monitor.changed(referee.memory().actedAt);
    for (HistoryRow row : rows) monitor.recall(row);
  }

  /** Takes over which model an earlier session kept. */
  void restoreBest(TrainerState.Counters latest) {
    if (latest.bestKidAsSaved == null) return;
    judging.best().restore(latest.bestKidAsSaved, latest.bestKidAsSavedError, latest.bestImages);
  }

  private double seconds() {
    return secondsBefore + (System.nanoTime() - sessionStart) / 1e9;
  }

  /** Share of the training that lies behind, as its schedule sees it. */
  private double fraction() {
    return finale == null ? planned() : finale.fraction(seconds());
  }

  private double planned() {
    return fraction(settings, images, seconds());
  }

  /** Share of the training that lies behind; at least 1 when it is over. */
  static double fraction(TrainSettings settings, long images, double seconds) {
    Long limit = settings.get(TrainSettings.IMAGES);
    return limit != null
        ? (double) images / limit
        : seconds / (60 * settings.get(TrainSettings.MINUTES));
  }

  TrainingResult run() throws IOException {
    sessionStart = System.nanoTime();
    measurePace();
    realsShown = new float[SAMPLES * dataset.channels() * dataset.size() * dataset.size()];
    dataset.preview(SAMPLES, realsShown);
    showSamples();
    // A resumed training may begin before what the folder holds.
    checkpoint();
    nextCheckpoint = seconds() + CHECKPOINT_SECONDS;
    judging.begin(seconds());
    if (game.wantsPixelPairs()) game.setPixelPairs(pixelPairs());
    boolean finite = true;
    do {
      if (returns) goBack();
      finite = play();
    } while (returns);
    return finite ? end() : diverged();
  }

  /** Plays until the end, or until the game is to go back; whether all was finite. */
  private boolean play() throws IOException {
    boolean finite = true;
    try (BatchFeeder feeder = new BatchFeeder(dataset, game.batch(), images)) {
      while (finite && !returns && fraction() < 1 && goesOn()) {
        finite = round(feeder);
        if (finite) finite = keepRecords();
      }
    }
    if (!finite) ask(HealthMonitor.diverged(images));
    return finite;
  }

  /** Whether nobody has stopped the training; begins its end where it is to be finished. */
  private boolean goesOn() {
    TrainingControl.Request request = control.request();
    if (request == TrainingControl.Request.FINISH && finale == null) beginFinale();
    return request == TrainingControl.Request.NONE || request == TrainingControl.Request.FINISH;
  }

  private void beginFinale() {
    double now = seconds();
    // While the pace is not known they would not begin to fall.
    if (game.schedule().start() >= 1) game.schedule().beginAt(0);
    finale = new Finale(now, left(now), planned(), game.schedule().start());
    String line =
        String.format(
            Locale.ROOT,
            "Finishing early: the learning rates fall for %.0f seconds more.",
            finale.left(now));
    if (finale.left(now) >= 1) {
      for (TrainingListener listener : listeners) listener.message(line);
    }
  }

  /** Seconds left until the end; infinite while that is not known. */
  private double left(double now) {
    if (finale != null) return finale.left(now);
    Long limit = settings.get(TrainSettings.IMAGES);
    if (limit != null) return speed.secondsTo(limit);
    return Math.max(0, 60 * settings.get(TrainSettings.MINUTES) - now);
  }

  /** Lets the referee act on a verdict, if there is one. */
  private void ask(Verdict now) {
    if (!settings.get(TrainSettings.REFEREE)) return;
    double augmentation = game.augmentationProbability();
    Referee.Act act = referee.consider(now, images, lastHealthy.isKnown(), augmentation);
    if (act == Referee.Act.NONE) return;
    returns = act == Referee.Act.RETURN;
    monitor.changed(images);
    for (TrainingListener listener : listeners) listener.message(referee.reason());
  }

  private void goBack() {
    returns = false;
    TrainerState healthy = lastHealthy.goBack();
    // What was kept after that state is of a game that is given up.
    if (fullRate != null && fullRate.counters.images > healthy.counters.images) fullRate = null;
    healthy.restore(game);
    images = game.imagesSeen();
    measurePace();
    speed.forget();
    game.takeRow(seconds());
    monitor.forget();
  }

  /** The first real images of the training, which are the same when it is resumed. */
  private float[] pixelPairs() throws IOException {
    int pairs = Math.max(game.batch(), PIXEL_PAIRS);
    float[] images = new float[pairs * dataset.channels() * dataset.size() * dataset.size()];
    dataset.read(0, pairs, images);
    return images;
  }

  /**
   * Tells the schedule how long the training will be. Where that follows from the pace, it is fixed
   * when rates begin to fall: they must not rise again because the computer has become faster.
   */
  private void plan() {
    Long limit = settings.get(TrainSettings.IMAGES);
    if (limit != null) {
      game.schedule().plan(limit);
      return;
    }
    double total = pace.total(images, seconds());
    boolean fixed = fullRate != null || finale != null;
    if (!fixed && !Double.isNaN(total)) game.schedule().plan(total);
  }

  /** From now on; until it is known rates do not begin to fall, but in a finale they fall on. */
  private void measurePace() {
    if (settings.get(TrainSettings.IMAGES) != null || finale != null) return;
    pace.measure(images, seconds());
    TrainerState.Counters fell = fullRate == null ? null : fullRate.counters;
    game.schedule().beginAt(fell == null ? 1 : fraction(settings, fell.images, fell.seconds));
  }

  /** The discriminator's steps and one of the generator. */
  private boolean round(BatchFeeder feeder) throws IOException {
    plan();
    double fraction = fraction();
    if (fullRate == null && game.schedule().anneals(fraction)) {
      fullRate = TrainerState.capture(game, images, seconds());
      fullRate.counters.referee = referee.memory();
    }
    boolean finite = game.round(feeder, fraction, referee.memory());
    images = game.imagesSeen();
    return finite;
  }

  /** Tells listeners and writes files when their time has come. */
  private boolean keepRecords() throws IOException {
    double now = seconds();
    speed.add(images, now);
    double fraction = Math.min(1, fraction());
    Progress progress = new Progress(images, now, fraction, speed.imagesPerSecond(), left(now));
    for (TrainingListener listener : listeners) listener.progressed(progress);
    if (judging.isDue(images, imagesARound(), now)) {
      if (!judge()) return false;
      ask(monitor.verdict());
    }
    if (now >= nextHistory) writeHistory();
    if (now >= nextSample) showSamples();
    return now < nextCheckpoint || checkpointIfPossible();
  }

  private void writeHistory() {
    HistoryRow row = game.takeRow(seconds());
    if (row == null) return;
    monitor.add(row);
    diagnose(monitor.verdict());
    row = new HistoryRow(row, unwritten, verdict.kind().label());
    unwritten = null;
    for (TrainingListener listener : listeners) listener.measured(row);
    nextHistory = seconds() + HISTORY_SECONDS;
  }

  private void showSamples() {
    Gan gan = game.gan();
    float[] fakes = samples(SAMPLES, SAMPLE_STREAM);
    SampleGrid grid =
        new SampleGrid(
            images, SAMPLES, gan.shape().channels(), gan.shape().size(), fakes, realsShown);
    for (TrainingListener listener : listeners) listener.sampled(grid);
    double now = seconds();
    double total = fraction() > 0 ? now / fraction() : 0;
    nextSample = now + Math.max(SAMPLE_SECONDS, SAMPLE_SHARE * total);
  }

  /**
   * Images of fixed latents from the running average.
   *
   * @param count a multiple of the batch they are made in
   */
  private float[] samples(int count, long stream) {
    Gan gan = game.gan();
    int each = dataset.channels() * dataset.size() * dataset.size();
    int latent = gan.shape().latent();
    float[] fakes = new float[count * each];
    float[] z = new float[SAMPLE_BATCH * latent];
    // To be judged, samples are of classes as frequent as the reals'.
    int[] classes = stream == JUDGEMENT_STREAM ? dataset.classes(0, count) : new int[0];
    boolean asFrequent = classes.length > 0 && gan.shape().hasClasses();
    for (int first = 0; first < count; first += SAMPLE_BATCH) {
      Latents.fill(settings.get(TrainSettings.SEED), stream, first, SAMPLE_BATCH, latent, z);
      gan.average()
          .setConditions(
              asFrequent
                  ? Arrays.copyOfRange(classes, first, first + SAMPLE_BATCH)
                  : gan.shape().conditions(first, SAMPLE_BATCH));
      float[] out =
          gan.average()
              .forward(Nd4j.createFromArray(z).reshape(SAMPLE_BATCH, latent), Pass.INFER)
              .data()
              .asFloat();
      System.arraycopy(out, 0, fakes, first * each, SAMPLE_BATCH * each);
    }
    // As images are made: a generator without tanh may go beyond.
    for (int i = 0; i < fakes.length; i++) fakes[i] = Math.max(-1, Math.min(1, fakes[i]));
    return fakes;
  }

  /** Has the samples judged, and keeps the model if it is the best; whether they are finite. */
  private boolean judge() throws IOException {
    double start = seconds();
    float[] samples = samples(judging.count(), JUDGEMENT_STREAM);
    for (float value : samples) if (!Float.isFinite(value)) return false;
    Quality quality = judging.judge(samples, images);
    unwritten = quality;
    lastQuality = quality;
    monitor.add(quality, images);
    keep(quality);
    if (settings.get(TrainSettings.REFEREE)) {
      boolean sound = HealthMonitor.isVaried(quality) && !monitor.verdict().isTrouble();
      lastHealthy.judged(sound, () -> TrainerState.capture(game, images, seconds()));
    }
    for (TrainingListener listener : listeners) listener.judged(quality, images);
    writeHistory();
    judging.rest(start, seconds());
    return true;
  }

  /** Keeps the model if it is the best; one that cannot be written is not the one kept. */
  private void keep(Quality quality) {
    notKept = null;
    if (judging.best().wants(quality) && writeModel()) judging.best().kept(quality, images);
  }

  private int imagesARound() {
    return game.batch() * game.discriminatorSteps();
  }

  /** Tells what the curves say, and the log when that changes. */
  private void diagnose(Verdict now) {
    boolean changed = verdict == null ? now.isTrouble() : verdict.kind() != now.kind();
    verdict = now;
    for (TrainingListener listener : listeners) {
      if (changed) listener.message(now.toString());
      listener.diagnosed(now);
    }
  }

  /** A full disk, or a file that somebody reads, is no reason to lose a training. */
  private boolean writeModel() {
    try {
      GanModel.write(folder.model(), game.gan(), dataset.info(), settings.toJsonTree(), images);
      notKept = null;
    } catch (IOException e) {
      notKept = e;
      String line = "The model cannot be written now (" + e + "); a later one will be.";
      for (TrainingListener listener : listeners) listener.message(line);
    }
    return notKept == null;
  }

  /** A full disk is tried again later; {@code false} if the weights are not finite. */
  private boolean checkpointIfPossible() {
    try {
      return checkpoint();
    } catch (IOException e) {
      String line = "The checkpoint cannot be written now (" + e + "); it is tried again.";
      for (TrainingListener listener : listeners) listener.message(line);
      nextCheckpoint = seconds() + CHECKPOINT_SECONDS;
      return true;
    }
  }

  /**
   * Writes checkpoint and, until one was judged, model; {@code false} if the weights are not
   * finite.
   */
  private boolean checkpoint() throws IOException {
    double start = seconds();
    TrainerState latest = TrainerState.capture(game, images, start);
    if (!latest.isFinite()) return false;
    latest.counters.referee = referee.memory();
    latest.counters.finishing = finale != null;
    BestModel best = judging.best();
    if (!Double.isNaN(best.kid())) {
      latest.counters.bestKidAsSaved = best.kid();
      latest.counters.bestKidAsSavedError = best.error();
      latest.counters.bestImages = best.images();
    }
    Checkpoint.write(
        folder.checkpoint(), game.gan().shape(), dataset.info(), settings, latest, fullRate);
    if (Double.isNaN(best.kid())) writeModel();
    double cost = seconds() - start;
    nextCheckpoint = seconds() + Math.max(CHECKPOINT_SECONDS, CHECKPOINT_REST * cost);
    return true;
  }

  private TrainingResult end() throws IOException {
    if (control.request() == TrainingControl.Request.CANCEL) {
      return result(
          Outcome.CANCELLED,
          images,
          "Cancelled after %,d images; the last checkpoint is kept and can be resumed.");
    }
    if (judging.isOwed(images) && !judge()) return diverged();
    writeHistory();
    showSamples();
    if (!checkpoint()) return diverged();
    if (notKept != null) keepAtLast();
    BestModel best = judging.best();
    if (Double.isNaN(best.kid()) || best.images() == images) {
      return result(Outcome.FINISHED, images, "Finished after %,d images.");
    }
    return result(
        Outcome.FINISHED,
        best.images(),
        "Finished after "
            + String.format(Locale.ROOT, "%,d", images)
            + " images; the model kept is that of %,d, which was closer to the real images.");
  }

  /** Tries once more to write the model that was judged last. */
  private void keepAtLast() throws IOException {
    if (!writeModel()) {
      throw new IOException(
          "The training is over and in checkpoint.zip, but model.zip could not be written ("
              + notKept
              + "); make room on the disk, or close the program that reads the file, and resume with"
              + " more images or minutes.",
          notKept);
    }
    if (lastQuality != null) {
      judging.best().kept(lastQuality, images);
      checkpoint();
    }
  }

  private TrainingResult diverged() {
    diagnose(HealthMonitor.diverged(images));
    try (Archive.Reader reader = Checkpoint.open(folder.checkpoint())) {
      Checkpoint.Description description = Checkpoint.describe(reader);
      restore(
          Checkpoint.latest(reader, description, game),
          Checkpoint.fullRate(reader, description, game));
    }
    sessionStart = System.nanoTime();
    return result(
        Outcome.DIVERGED,
        images,
        "The training diverged (a loss or gradient was not finite) and went back to its last good"
            + " checkpoint at %,d images; lower learning_rate_g and learning_rate_d or raise r1"
            + " and start anew.");
  }

  private TrainingResult result(Outcome outcome, long atImages, String message) {
    return new TrainingResult(
        outcome,
        folder.model(),
        atImages,
        seconds(),
        String.format(Locale.ROOT, message, atImages),
        verdict);
  }
}
