package org.lookalike.train;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.lookalike.gan.Gan;
import org.lookalike.gan.Latents;
import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.lookalike.train.AdversarialLoss.NormPenalty;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * One step of the discriminator and one of the generator. Draws of latents are functions of the
 * seed and of how many were drawn before, so the state is the networks, the optimisers and the
 * counters.
 */
final class Game {
  private static final long TRAINING_STREAM = 1;
  private static final long MIXING_STREAM = 3;
  private static final long NOISE_STREAM = 6;

  /** DRAGAN's noise in units of the reals' standard deviation. */
  private static final double SURROUNDINGS = 0.5;

  private final Gan gan;
  private final AdversarialLoss loss;
  private final TrainSettings settings;
  private final long seed;
  private final int batch;

  /** Logits a batch: one a pack of images. */
  private final int judged;

  private final Labels labels;

  /** {@code null} if D only sees new fakes. */
  final ExperienceReplay replay;

  private final double clip;
  private double instanceNoise;
  private final double r1;
  private final double r2;
  private final int penaltyEvery;
  private final double gpWeight;
  private final GradientPenalty penalty;
  final Adam adamG;
  final Adam adamD;

  /** Steps of the discriminator so far. */
  long dSteps;

  /** Latents drawn so far. */
  long latentsDrawn;

  private final INDArray both;
  private final INDArray reals;
  private final INDArray fakesInBoth;
  private final INDArray mixed;
  private final float[] mixture;
  private final INDArray z;
  private final float[] zValues;
  private final INDArray penaltySum;
  private float[] noise = new float[0];

  /**
   * @param settings resolved: nothing is auto
   */
  Game(Gan gan, TrainSettings settings) {
    this.gan = gan;
    this.settings = settings;
    loss = AdversarialLosses.named(settings.get(TrainSettings.LOSS));
    seed = settings.get(TrainSettings.SEED);
    batch = settings.get(TrainSettings.BATCH);
    judged = batch / settings.get(TrainSettings.PACK);
    labels = new Labels(settings);
    clip = loss.clipsWeights() ? settings.get(TrainSettings.CLIP) : 0;
    r1 = settings.get(TrainSettings.R1);
    r2 = settings.get(TrainSettings.R2);
    penaltyEvery = settings.get(TrainSettings.PENALTY_EVERY);
    gpWeight = settings.get(TrainSettings.GP_WEIGHT);
    penalty = new GradientPenalty(gan.discriminator());
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
    mixed = Nd4j.create(DataType.FLOAT, batch, c, side, side);
    mixture = new float[batch * c * side * side];
    zValues = new float[batch * gan.shape().latent()];
    z = Nd4j.create(DataType.FLOAT, batch, gan.shape().latent());
    int stored = settings.get(TrainSettings.REPLAY_SIZE);
    replay =
        stored == 0
            ? null
            : new ExperienceReplay(
                stored,
                settings.get(TrainSettings.REPLAY_PROBABILITY),
                seed,
                (long) c * side * side);
    penaltySum = Nd4j.create(DataType.FLOAT, gan.discriminator().parameters().length());
  }

  AdversarialLoss loss() {
    return loss;
  }

  Gan gan() {
    return gan;
  }

  int batch() {
    return batch;
  }

  /**
   * @param deviation of the noise on all images D sees from now on
   */
  void setInstanceNoise(double deviation) {
    instanceNoise = deviation;
  }

  int discriminatorSteps() {
    return settings.get(TrainSettings.D_STEPS);
  }

  private INDArray drawFakes() {
    Latents.fill(seed, TRAINING_STREAM, latentsDrawn, batch, gan.shape().latent(), zValues);
    latentsDrawn += batch;
    z.data().setData(zValues);
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
    reals.assign(Nd4j.createFromArray(pixels).reshape(reals.shape()));
    INDArray fakes = drawFakes();
    fakesInBoth.assign(fakes);
    if (replay != null) replay.mix(fakesInBoth, dSteps);
    addNoise(both, 2 * dSteps * 2 * batch);
    d.setSegments(2);
    double[] logits = values(d.forward(packed(both), Pass.TRAIN));
    double[] a = Arrays.copyOfRange(logits, 0, judged);
    double[] b = Arrays.copyOfRange(logits, judged, 2 * judged);
    double[] da = new double[judged];
    double[] db = new double[judged];
    double value = discriminatorLoss(a, b, da, db);
    d.backward(column(da, db), Pass.TRAIN, false, true);
    INDArray gradients = d.gradients();
    boolean lazy = (r1 > 0 || r2 > 0) && dSteps % penaltyEvery == 0;
    boolean held = loss.normPenalty() != NormPenalty.NONE && gpWeight > 0;
    if (lazy || held) {
      penaltySum.assign(gradients);
      if (lazy) addZeroCentred();
      if (held) addNormPenalty(pixels, fakes);
      gradients.assign(penaltySum);
    }
    double norm = gradients.norm2Number().doubleValue();
    record.addDiscriminator(loss, value, a, b, norm);
    if (!Double.isFinite(value) || !Double.isFinite(norm)) return false;
    adamD.step(rate);
    if (clip > 0) clipWeights();
    dSteps++;
    return true;
  }

  /** R1 on reals and R2 on fakes (Mescheder 2018), lazily (Karras 2020). */
  private void addZeroCentred() {
    double[] weights = new double[2 * judged];
    double common = 0.5 * penaltyEvery / judged;
    Arrays.fill(weights, 0, judged, r1 * common);
    Arrays.fill(weights, judged, 2 * judged, r2 * common);
    penalty.addGradient(weights, 0, penaltySum);
  }

  private double discriminatorLoss(double[] a, double[] b, double[] da, double[] db) {
    if (!labels.areAltered()) return loss.discriminator(a, b, da, db);
    double[] real = new double[judged];
    double[] fake = new double[judged];
    labels.draw(dSteps, real, fake);
    return ((LabelledLoss) loss).discriminator(a, b, real, fake, da, db);
  }

  /** The images as D sees them: each pack's along the channels. */
  private INDArray packed(INDArray images) {
    if (judged == batch) return images;
    long pack = batch / judged;
    return images.reshape(
        'c', images.size(0) / pack, images.size(1) * pack, images.size(2), images.size(3));
  }

  private void addNoise(INDArray images, long stream) {
    if (instanceNoise == 0) return;
    int n = (int) images.length();
    if (noise.length < n) noise = new float[n];
    Latents.fill(seed, NOISE_STREAM, stream, 1, n, noise);
    INDArray values = Nd4j.createFromArray(Arrays.copyOf(noise, n)).reshape(images.shape());
    images.addi(values.muli(instanceNoise));
  }

  /** Keeps the critic in its box (Arjovsky et al. 2017). */
  private void clipWeights() {
    Network d = gan.discriminator();
    Transforms.max(d.parameters(), -clip, false);
    Transforms.min(d.parameters(), clip, false);
    d.parametersChanged();
  }

  /** Holds the gradient's norm at 1 between reals and fakes (WGAN-GP) or around reals (DRAGAN). */
  private void addNormPenalty(float[] pixels, INDArray fakes) {
    if (loss.normPenalty() == NormPenalty.BETWEEN) {
      float[] share = new float[batch];
      Latents.fillUniform(seed, MIXING_STREAM, dSteps * batch, batch, share);
      int each = pixels.length / batch;
      HostCopy.read(fakes, mixture);
      for (int i = 0; i < pixels.length; i++) {
        mixture[i] = pixels[i] + share[i / each] * (mixture[i] - pixels[i]);
      }
    } else {
      double reach = SURROUNDINGS * deviation(pixels);
      SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + dSteps).split();
      for (int i = 0; i < pixels.length; i++) {
        mixture[i] = pixels[i] + (float) (reach * random.nextDouble());
      }
    }
    HostCopy.write(mixture, mixed);
    gan.discriminator().setSegments(1);
    gan.discriminator().forward(packed(mixed), Pass.TRAIN);
    double[] weights = new double[judged];
    Arrays.fill(weights, gpWeight / judged);
    penalty.addGradient(weights, 1, penaltySum);
  }

  private static double deviation(float[] values) {
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(Math.max(0, squares / values.length - mean * mean));
  }

  /**
   * Trains the generator against the discriminator as it is; reals are those of the last
   * discriminator step.
   *
   * @param averageDecay share of the old running average kept
   * @return whether loss and gradients are finite
   */
  boolean generatorStep(double rate, double averageDecay, StepRecord record) {
    Network d = gan.discriminator();
    Network g = gan.generator();
    d.setSegments(1);
    double[] a = loss.generatorSeesReals() ? values(d.forward(packed(reals), Pass.TRAIN)) : null;
    INDArray fakes = drawFakes();
    if (instanceNoise > 0) {
      mixed.assign(fakes);
      addNoise(mixed, (2 * dSteps + 1) * 2 * batch);
    }
    double[] b = values(d.forward(packed(instanceNoise > 0 ? mixed : fakes), Pass.TRAIN));
    double[] db = new double[judged];
    double value = loss.generator(a, b, db);
    INDArray error = d.backward(column(db), Pass.TRAIN, true, false);
    g.backward(error.reshape('c', fakes.shape()), Pass.TRAIN, false, true);
    double norm = g.gradients().norm2Number().doubleValue();
    record.addGenerator(value, norm);
    if (!Double.isFinite(value) || !Double.isFinite(norm)) return false;
    adamG.step(rate);
    gan.updateAverage(averageDecay);
    return true;
  }

  private static double[] values(INDArray logits) {
    float[] floats = logits.data().asFloat();
    double[] doubles = new double[floats.length];
    for (int i = 0; i < floats.length; i++) doubles[i] = floats[i];
    return doubles;
  }

  private static INDArray column(double[]... parts) {
    int n = Arrays.stream(parts).mapToInt(p -> p.length).sum();
    float[] all = new float[n];
    int i = 0;
    for (double[] part : parts) for (double v : part) all[i++] = (float) v;
    return Nd4j.createFromArray(all).reshape(n, 1);
  }
}
