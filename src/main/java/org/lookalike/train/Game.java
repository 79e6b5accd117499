package org.lookalike.train;

import com.google.gson.Gson;
import java.io.IOException;
import java.util.Arrays;
import org.lookalike.gan.Architecture;
import org.lookalike.gan.Archive;
import org.lookalike.gan.Gan;
import org.lookalike.gan.Latents;
import org.lookalike.gan.NetworkShape;
import org.lookalike.image.InputException;
import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Generator and discriminator at play: one round is some steps of the discriminator and one of the
 * generator, each with every technique that the settings ask for. Whatever is drawn at random is a
 * function of the seed and of counters, so the state is the networks, the optimisers and those.
 *
 * <p>The mode collapse lab plays the same game with points as images play.
 */
public final class Game {
  private static final long TRAINING_STREAM = 1;
  private static final long NOISE_OF_WEIGHTS = 20;

  /** Between the streams of latents before and after a return. */
  private static final long SHIFT = 1000;

  private static final String COUNTERS = "game.json";
  private static final String ARRAYS = "game/";
  private static final long LARGEST_JSON = 1 << 16;

  private final Gan gan;
  private final AdversarialLoss loss;
  private final TrainSettings settings;
  private final Schedule schedule;
  private final long seed;
  private final int batch;

  /** Logits a batch: one a pack of images. */
  private final int judged;

  /** Values D gives for an image: its logit, and one for each of several generators. */
  private final int outputs;

  private final int generators;
  private final DiscriminatorView view;
  private final Penalties penalties;
  private final Labels labels;
  private final GeneratorClassifier classifier;
  private final FeatureMatching featureMatching;
  private final double featureShare;
  private final Unrolling unrolling;
  private final WeightNoise noiseD;
  private final WeightNoise noiseG;
  private final WeightPenalty weightPenalty;

  /** {@code null} if pixels may be anything. */
  private final RangePenalty rangePenalty;

  private final double clip;

  /** {@code null} if D only sees new fakes. */
  final ExperienceReplay replay;

  final AugmentationControl augmentation;
  final Adam adamG;
  final Adam adamD;

  /** Steps of the discriminator so far. */
  long dSteps;

  /** Latents drawn so far. */
  long latentsDrawn;

  /** How often the referee had other latents drawn. */
  private int latentShift;

  /** The least probability of augmentations; 0 without a referee. */
  private double refereeAugmentation;

  private PixelPairs pixelPairs;
  private double pixelWeight;
  private int[] classes = {};
  private int[] generatorOf = {};
  private StepRecord record = new StepRecord();

  private final boolean comparesUntilRatesFall;
  private final boolean atOnceWhenRatesFall;

  /** Whether both networks move at once. */
  private boolean atOnce;

  /** Where both networks move at once: kept from the discriminator's step for the generator's. */
  private double generatorLoss;

  private final INDArray both;
  private final INDArray reals;
  private final INDArray fakesInBoth;
  private final INDArray z;
  private final float[] zValues;
  private final float[] fakePixels;
  private final float[] seen;
  private final INDArray gradientSum;

  /**
   * @param settings resolved: nothing is auto but what follows the training
   */
  Game(Gan gan, TrainSettings settings) {
    this.gan = gan;
    this.settings = settings;
    Precision.of(settings).giveTo(gan);
    freeze(gan.discriminator(), settings.get(TrainSettings.FREEZE_D));
    loss = AdversarialLosses.named(settings.get(TrainSettings.LOSS));
    schedule = new Schedule(settings);
    seed = settings.get(TrainSettings.SEED);
    batch = settings.get(TrainSettings.BATCH);
    judged = batch / settings.get(TrainSettings.PACK);
    generators = gan.shape().generators();
    outputs = gan.shape().discriminatorOutputs();
    atOnce = settings.get(TrainSettings.UPDATES).equals(TrainSettings.SIMULTANEOUS);
    atOnceWhenRatesFall = settings.get(TrainSettings.UPDATES).equals(TrainSettings.ANNEALING);
    comparesUntilRatesFall =
        settings.get(TrainSettings.MINIBATCH_UNTIL).equals(TrainSettings.ANNEALING);
    view = new DiscriminatorView(gan, settings, outputs);
    penalties = new Penalties(gan, loss, settings, outputs);
    labels = new Labels(settings);
    classifier =
        outputs == 1
            ? null
            : new GeneratorClassifier(generators, settings.get(TrainSettings.GENERATOR_SPREAD));
    featureShare = settings.get(TrainSettings.FEATURE_MATCHING);
    featureMatching = featureShare > 0 ? new FeatureMatching(gan.discriminator()) : null;
    unrolling = unrolling();
    double weightNoise = settings.get(TrainSettings.WEIGHT_NOISE);
    noiseD = new WeightNoise(gan.discriminator(), weightNoise, seed, NOISE_OF_WEIGHTS);
    noiseG = new WeightNoise(gan.generator(), weightNoise, seed, NOISE_OF_WEIGHTS + 1);
    weightPenalty =
        new WeightPenalty(settings.get(TrainSettings.L1), settings.get(TrainSettings.L2));
    clip = loss.clipsWeights() ? settings.get(TrainSettings.CLIP) : 0;
    augmentation = new AugmentationControl(settings);
    double beta1 = settings.get(TrainSettings.BETA1);
    double beta2 = settings.get(TrainSettings.BETA2);
    double decay = settings.get(TrainSettings.WEIGHT_DECAY);
    adamG = new Adam(gan.generator(), beta1, beta2, decay);
    adamD = new Adam(gan.discriminator(), beta1, beta2, decay);
    int c = gan.shape().channels();
    int side = gan.shape().size();
    both = Nd4j.create(DataType.FLOAT, 2L * batch, c, side, side);
    reals = both.get(NDArrayIndex.interval(0, batch));
    fakesInBoth = both.get(NDArrayIndex.interval(batch, 2 * batch));
    zValues = new float[batch * gan.shape().latent()];
    fakePixels = new float[batch * c * side * side];
    seen = new float[2 * fakePixels.length];
    double rangeWeight = settings.get(TrainSettings.RANGE_WEIGHT);
    rangePenalty = rangeWeight > 0 ? new RangePenalty(rangeWeight, fakePixels.length) : null;
    z = Nd4j.create(DataType.FLOAT, batch, gan.shape().latent());
    gradientSum = Nd4j.create(DataType.FLOAT, gan.generator().parameters().length());
    int stored = settings.get(TrainSettings.REPLAY_SIZE);
    replay =
        stored == 0
            ? null
            : new ExperienceReplay(
                stored,
                settings.get(TrainSettings.REPLAY_PROBABILITY),
                seed,
                (long) c * side * side);
  }

  private static void freeze(Network d, int layers) {
    int most = d.layersWithWeights() - 1;
    if (layers > most) {
      throw new InputException(
          String.format(
              "freeze_d=%d leaves no layer of this discriminator to learn; give at most %d.",
              layers, most));
    }
    d.freeze(layers);
  }

  /**
   * A new game.
   *
   * @param design of the networks; the setting {@code architecture} is not looked at
   * @param shape sizes of the networks; the rest is taken from the settings
   * @param classes of the images; 0 where they have none
   * @throws InputException if settings exclude each other
   */
  public static Game begin(
      Architecture design, NetworkShape shape, int classes, TrainSettings settings) {
    TrainSettings resolved = SettingsResolver.resolve(settings, design);
    NetworkShape full = SettingsResolver.shape(resolved, shape, classes);
    return new Game(new Gan(design, full, resolved.get(TrainSettings.SEED)), resolved);
  }

  /**
   * The same networks, optimisers and counters under other settings; the networks' own options must
   * be the same.
   */
  public Game continued(TrainSettings newSettings) {
    Game next = new Game(gan, SettingsResolver.resolve(newSettings, gan.design()));
    next.adamG.takeOver(adamG);
    next.adamD.takeOver(adamD);
    next.dSteps = dSteps;
    next.latentsDrawn = latentsDrawn;
    next.classes = classes;
    return next;
  }

  /** Adds all that changes in a game to an archive: networks, optimisers and counters. */
  public void save(Archive.Writer writer) throws IOException {
    TrainerState state = TrainerState.capture(this, imagesSeen(), 0);
    writer.text(COUNTERS, new Gson().toJson(state.counters));
    state.write(writer, ARRAYS);
  }

  /**
   * Goes to where a game of the same networks and settings was saved; what follows is bit for bit
   * what followed there.
   *
   * @throws InputException if the archive holds no such game
   */
  public void restore(Archive.Reader reader) {
    TrainerState.Counters counters =
        reader.json(COUNTERS, LARGEST_JSON, TrainerState.Counters.class);
    TrainerState.read(reader, ARRAYS, counters, this).restore(this);
  }

  private Unrolling unrolling() {
    int steps = settings.get(TrainSettings.UNROLL);
    if (steps == 0) return null;
    return new Unrolling(
        gan.discriminator(),
        view,
        loss,
        steps,
        settings.get(TrainSettings.UNROLL_RATE),
        settings.get(TrainSettings.UNROLL_SECOND_ORDER),
        judged);
  }

  AdversarialLoss loss() {
    return loss;
  }

  public Gan gan() {
    return gan;
  }

  /** Images a step. */
  public int batch() {
    return batch;
  }

  /** Real images the discriminator has seen. */
  public long imagesSeen() {
    return dSteps * batch;
  }

  /** Discriminator steps a round. */
  public int discriminatorSteps() {
    return settings.get(TrainSettings.D_STEPS);
  }

  /** What is played by; nothing is auto but what follows the training. */
  public TrainSettings settings() {
    return settings;
  }

  Schedule schedule() {
    return schedule;
  }

  /**
   * @param deviation of the noise on all images D sees from now on
   */
  void setInstanceNoise(double deviation) {
    view.setNoise(deviation);
  }

  /**
   * @param ofReals the class of each image of the next batch of reals; fakes are made of the same
   */
  void setClasses(int[] ofReals) {
    classes = ofReals.clone();
    view.setClasses(gan.shape().hasClasses() ? classes : new int[0]);
  }

  /** Whether the generator is to be drawn towards pairs of latents and images. */
  public boolean wantsPixelPairs() {
    return settings.get(TrainSettings.PIXEL_LOSS) > 0;
  }

  /**
   * Ties latents to images; to be called before the first round if they are wanted.
   *
   * @param images real ones, at least a batch, as {@link RealImages#take()} gives them
   */
  public void setPixelPairs(float[] images) {
    boolean squares = settings.get(TrainSettings.PIXEL_LOSS_KIND).equals("l2");
    pixelPairs = new PixelPairs(gan, images, batch, squares, seed);
  }

  /**
   * Plays one round.
   *
   * @param source of real images
   * @param fraction of the training that lies behind, from 0 to 1
   * @return whether losses and gradients are finite; if not, the networks are as before
   */
  public boolean round(RealImages source, double fraction) throws IOException {
    return round(source, fraction, 1, 1);
  }

  /** As above, as the referee has it. */
  boolean round(RealImages source, double fraction, Referee.Memory referee) throws IOException {
    latentShift = referee.returns;
    refereeAugmentation = referee.augmentation;
    return round(source, fraction, referee.discriminatorRate, referee.generatorRate);
  }

  private boolean round(RealImages source, double fraction, double factorD, double factorG)
      throws IOException {
    double factor = schedule.rate(fraction);
    boolean ratesFall = schedule.anneals(fraction);
    gan.discriminator().setComparing(!(ratesFall && comparesUntilRatesFall));
    if (atOnceWhenRatesFall) atOnce = ratesFall;
    setInstanceNoise(settings.get(TrainSettings.INSTANCE_NOISE) * schedule.noise(fraction));
    penalties.setFactor(schedule.penalty(fraction));
    augmentation.follow(fraction);
    pixelWeight = settings.get(TrainSettings.PIXEL_LOSS) * schedule.pixelLoss(fraction);
    double rateD = factor * factorD * settings.get(TrainSettings.LEARNING_RATE_D);
    double rateG = factor * factorG * settings.get(TrainSettings.LEARNING_RATE_G);
    for (int i = 0; i < discriminatorSteps(); i++) {
      float[] pixels = source.take();
      if (gan.shape().hasClasses()) setClasses(source.classes());
      if (!discriminatorStep(pixels, rateD, record)) return false;
    }
    int aRound = batch * discriminatorSteps();
    return generatorStep(rateG, schedule.averageDecay(imagesSeen(), aRound), record);
  }

  /** Means since the last call; {@code null} if nothing was played since. */
  public HistoryRow takeRow(double seconds) {
    if (record.isEmpty()) return null;
    HistoryRow row = record.toRow(loss, imagesSeen(), seconds, adaProbability());
    record = new StepRecord();
    return row;
  }

  private double adaProbability() {
    boolean augments = !settings.get(TrainSettings.AUGMENT).equals(Augmentation.NONE);
    return augments || refereeAugmentation > 0 ? augmentationProbability() : Double.NaN;
  }

  /** Probability of the augmentations that D sees. */
  double augmentationProbability() {
    return Math.max(augmentation.probability, refereeAugmentation);
  }

  /** D's loss where it is right about everything; above 0 for labels that are not sure. */
  double leastDiscriminatorLoss() {
    return labels.areAltered() ? labels.leastLoss((LabelledLoss) loss) : 0;
  }

  private INDArray drawFakes() {
    long stream = TRAINING_STREAM + SHIFT * latentShift;
    Latents.fill(seed, stream, latentsDrawn, batch, gan.shape().latent(), zValues);
    if (gan.shape().isMixture()) {
      generatorOf = gan.shape().conditions(latentsDrawn, batch);
      gan.generator().setConditions(generatorOf);
    } else if (gan.shape().hasClasses()) {
      gan.generator().setConditions(classes);
    }
    latentsDrawn += batch;
    HostCopy.write(zValues, z);
    gan.generator().setDraw(seed, latentsDrawn);
    return gan.generator().forward(z, Pass.TRAIN);
  }

  /**
   * Trains the discriminator on one batch of reals.
   *
   * @param pixels {@code [batch, channels, size, size]} in [-1, 1]
   * @return whether loss and gradients are finite
   */
  boolean discriminatorStep(float[] pixels, double rate, StepRecord record) {
    Network d = gan.discriminator();
    System.arraycopy(pixels, 0, seen, 0, pixels.length);
    if (atOnce) noiseG.add(dSteps);
    INDArray fakes = drawFakes();
    HostCopy.read(fakes, fakePixels);
    System.arraycopy(fakePixels, 0, seen, pixels.length, pixels.length);
    HostCopy.write(seen, both);
    if (replay != null) replay.mix(fakesInBoth, dSteps);
    view.setProbability(augmentationProbability());
    view.startDraws(4 * dSteps);
    noiseD.add(dSteps);
    float[] out = view.forward(both, 2, Pass.TRAIN);
    double[] a = logits(out, 0);
    double[] b = logits(out, judged);
    double[] da = new double[judged];
    double[] db = new double[judged];
    double value = discriminatorLoss(a, b, da, db);
    float[] errors = errors(da, db);
    double told = classifier == null ? 0 : classifier.add(out, judged, generatorOf, errors);
    if (atOnce) {
      generatorLoss = gradientsOfSamePass(a, b, out, errors, fakes);
      noiseG.remove();
    } else {
      view.backward(errors, null, false, true);
    }
    penalties.add(pixels, fakes, dSteps, view);
    noiseD.remove();
    weightPenalty.add(d);
    double norm = d.gradientNorm();
    record.addDiscriminator(loss, value, a, b, norm);
    if (!Double.isFinite(value + told) || !Double.isFinite(norm)) return false;
    adamD.step(rate);
    if (clip > 0) d.clip(clip);
    augmentation.observe(loss, a, b, batch);
    dSteps++;
    return true;
  }

  private double discriminatorLoss(double[] a, double[] b, double[] da, double[] db) {
    if (!labels.areAltered()) return loss.discriminator(a, b, da, db);
    double[] real = new double[judged];
    double[] fake = new double[judged];
    labels.draw(dSteps, real, fake);
    return ((LabelledLoss) loss).discriminator(a, b, real, fake, da, db);
  }

  /**
   * Trains the generator against the discriminator as it is; reals are those of the last
   * discriminator step. Where both move at once, the gradient is the one taken in that step.
   *
   * @param averageDecay share of the old running average kept
   * @return whether loss and gradients are finite
   */
  boolean generatorStep(double rate, double averageDecay, StepRecord record) {
    Network g = gan.generator();
    double value = atOnce ? generatorLoss : gradientOfOwnPass();
    if (pixelPairs != null && pixelWeight > 0) {
      noiseG.add(dSteps);
      gradientSum.assign(g.gradients());
      value += pixelPairs.add(dSteps, pixelWeight, gradientSum);
      g.gradients().assign(gradientSum);
      noiseG.remove();
    }
    weightPenalty.add(g);
    double norm = g.gradientNorm();
    record.addGenerator(value, norm);
    if (!Double.isFinite(value) || !Double.isFinite(norm)) return false;
    adamG.step(rate);
    gan.updateAverage(averageDecay);
    return true;
  }

  /**
   * Fills the gradients of both networks before either has moved, by the same images.
   *
   * @param errors of the discriminator's outputs
   * @param fakes second half of those images
   * @return the generator's loss
   */
  private double gradientsOfSamePass(
      double[] a, double[] b, float[] out, float[] errors, INDArray fakes) {
    double[] db = new double[judged];
    double value = loss.generator(loss.generatorSeesReals() ? a : null, b, db);
    float[] errorsG = errors(new double[judged], db);
    if (classifier != null) value += classifier.add(out, judged, generatorOf, errorsG);
    INDArray images = view.backwardBoth(errors, errorsG);
    return value + backToGenerator(fakes, images.get(NDArrayIndex.interval(batch, 2 * batch)));
  }

  /** Fills the generator's gradients after the discriminator has moved, by new fakes; the loss. */
  private double gradientOfOwnPass() {
    noiseG.add(dSteps);
    double value = unrolling == null ? adversarialGradient() : unrolledGradient();
    noiseG.remove();
    return value;
  }

  private double adversarialGradient() {
    view.startDraws(4 * dSteps + 2);
    double[] a = null;
    if (loss.generatorSeesReals() || featureMatching != null) {
      a = logits(view.forward(reals, 1, Pass.TRAIN), 0);
      if (featureMatching != null) featureMatching.seeReals();
    }
    INDArray fakes = drawFakes();
    float[] out = view.forward(fakes, 1, Pass.TRAIN);
    double[] db = new double[judged];
    double value = loss.generator(a, logits(out, 0), db);
    float[] errors = errors(db);
    if (classifier != null) value += classifier.add(out, 0, generatorOf, errors);
    INDArray inner = null;
    if (featureMatching != null) {
      for (int i = 0; i < errors.length; i++) errors[i] *= (float) (1 - featureShare);
      FeatureMatching.Result match = featureMatching.ofFakes(featureShare);
      value = (1 - featureShare) * value + match.loss;
      inner = match.error;
    }
    return value + backToGenerator(fakes, view.backward(errors, inner, true, false));
  }

  private double unrolledGradient() {
    INDArray fakes = drawFakes();
    fakesInBoth.assign(fakes);
    Unrolling.Result ahead = unrolling.play(both, 4 * dSteps + 2);
    return ahead.loss + backToGenerator(fakes, ahead.error);
  }

  /**
   * Fills the generator's gradients.
   *
   * @param error of each of the fakes' pixels
   * @return what is lost by pixels out of range
   */
  private double backToGenerator(INDArray fakes, INDArray error) {
    INDArray ofFakes = error.reshape('c', fakes.shape());
    double outOfRange = rangePenalty == null ? 0 : rangePenalty.add(fakes, ofFakes);
    gan.generator().backward(ofFakes, Pass.TRAIN, false, true);
    return outOfRange;
  }

  private double[] logits(float[] out, int first) {
    double[] logits = new double[judged];
    for (int i = 0; i < judged; i++) logits[i] = out[(first + i) * outputs];
    return logits;
  }

  private float[] errors(double[]... parts) {
    int n = Arrays.stream(parts).mapToInt(p -> p.length).sum();
    float[] all = new float[n * outputs];
    int i = 0;
    for (double[] part : parts) {
      for (double v : part) {
        all[i] = (float) v;
        i += outputs;
      }
    }
    return all;
  }
}
