package org.lookalike.train;

import java.util.Arrays;
import org.lookalike.gan.Gan;
import org.lookalike.gan.Latents;
import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One step of the discriminator and one of the generator. Draws of latents are functions of the
 * seed and of how many were drawn before, so the state is the networks, the optimisers and the
 * counters.
 */
final class Game {
  private static final long TRAINING_STREAM = 1;
  private static final long MIXING_STREAM = 3;

  private final Gan gan;
  private final AdversarialLoss loss;
  private final TrainSettings settings;
  private final long seed;
  private final int batch;
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

  /**
   * @param settings resolved: nothing is auto
   */
  Game(Gan gan, TrainSettings settings) {
    this.gan = gan;
    this.settings = settings;
    loss = AdversarialLosses.named(settings.get(TrainSettings.LOSS));
    seed = settings.get(TrainSettings.SEED);
    batch = settings.get(TrainSettings.BATCH);
    r1 = settings.get(TrainSettings.R1);
    r2 = settings.get(TrainSettings.R2);
    penaltyEvery = settings.get(TrainSettings.PENALTY_EVERY);
    gpWeight = settings.get(TrainSettings.GP_WEIGHT);
    penalty = new GradientPenalty(gan.discriminator());
    double beta1 = settings.get(TrainSettings.BETA1);
    double beta2 = settings.get(TrainSettings.BETA2);
    adamG = new Adam(gan.generator(), beta1, beta2);
    adamD = new Adam(gan.discriminator(), beta1, beta2);
    int c = gan.shape().channels();
    int side = gan.shape().size();
    both = Nd4j.create(DataType.FLOAT, 2L * batch, c, side, side);
    reals = both.get(NDArrayIndex.interval(0, batch));
    fakesInBoth = both.get(NDArrayIndex.interval(batch, 2 * batch));
    mixed = Nd4j.create(DataType.FLOAT, batch, c, side, side);
    mixture = new float[batch * c * side * side];
    zValues = new float[batch * gan.shape().latent()];
    z = Nd4j.create(DataType.FLOAT, batch, gan.shape().latent());
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
    d.setSegments(2);
    double[] logits = values(d.forward(both, Pass.TRAIN));
    double[] a = Arrays.copyOfRange(logits, 0, batch);
    double[] b = Arrays.copyOfRange(logits, batch, 2 * batch);
    double[] da = new double[batch];
    double[] db = new double[batch];
    double value = loss.discriminator(a, b, da, db);
    d.backward(column(da, db), Pass.TRAIN, false, true);
    INDArray gradients = d.gradients();
    boolean lazy = (r1 > 0 || r2 > 0) && dSteps % penaltyEvery == 0;
    boolean interpolate = loss.hasInterpolatePenalty() && gpWeight > 0;
    if (lazy || interpolate) {
      penaltySum.assign(gradients);
      if (lazy) addZeroCentred();
      if (interpolate) addInterpolated(pixels, fakes);
      gradients.assign(penaltySum);
    }
    double norm = gradients.norm2Number().doubleValue();
    record.addDiscriminator(loss, value, a, b, norm);
    if (!Double.isFinite(value) || !Double.isFinite(norm)) return false;
    adamD.step(rate);
    dSteps++;
    return true;
  }

  /** R1 on reals and R2 on fakes (Mescheder 2018), lazily (Karras 2020). */
  private void addZeroCentred() {
    double[] weights = new double[2 * batch];
    double common = 0.5 * penaltyEvery / batch;
    Arrays.fill(weights, 0, batch, r1 * common);
    Arrays.fill(weights, batch, 2 * batch, r2 * common);
    penalty.addGradient(weights, 0, penaltySum);
  }

  /** WGAN-GP's penalty at random points between reals and fakes. */
  private void addInterpolated(float[] pixels, INDArray fakes) {
    float[] share = new float[batch];
    Latents.fillUniform(seed, MIXING_STREAM, dSteps * batch, batch, share);
    int each = pixels.length / batch;
    HostCopy.read(fakes, mixture);
    for (int i = 0; i < pixels.length; i++) {
      mixture[i] = pixels[i] + share[i / each] * (mixture[i] - pixels[i]);
    }
    HostCopy.write(mixture, mixed);
    gan.discriminator().setSegments(1);
    gan.discriminator().forward(mixed, Pass.TRAIN);
    double[] weights = new double[batch];
    Arrays.fill(weights, gpWeight / batch);
    penalty.addGradient(weights, 1, penaltySum);
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
    double[] a = loss.generatorSeesReals() ? values(d.forward(reals, Pass.TRAIN)) : null;
    INDArray fakes = drawFakes();
    double[] b = values(d.forward(fakes, Pass.TRAIN));
    double[] db = new double[batch];
    double value = loss.generator(a, b, db);
    INDArray error = d.backward(column(db), Pass.TRAIN, true, false);
    g.backward(error, Pass.TRAIN, false, true);
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
