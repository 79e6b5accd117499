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

/**
 * The gradient penalties of a discriminator step: R1 and R2 where reals and fakes are, and those
 * that hold the norm at 1. Gradients are those with respect to what D sees, after augmentation.
 */
final class Penalties {
  private static final long MIXING_STREAM = 3;

  /**
   * DRAGAN's noise in units of the reals' standard deviation: as in the authors' code, but to both
   * sides, where that has it above the reals alone.
   */
  private static final double SURROUNDINGS = 0.5;

  private final Network discriminator;
  private final GradientPenalty penalty;
  private final NormPenalty normPenalty;
  private final double normWeight;
  private final double r1;
  private final double r2;
  private final int every;
  private double factor = 1;
  private final long seed;
  private final int batch;
  private final int judged;
  private final INDArray mixed;
  private final float[] mixture;
  private final INDArray sum;

  /**
   * @param outputs values D gives for an image, of which the first is the logit
   */
  Penalties(Gan gan, AdversarialLoss loss, TrainSettings settings, int outputs) {
    discriminator = gan.discriminator();
    penalty = new GradientPenalty(discriminator, outputs);
    normPenalty = loss.normPenalty();
    normWeight = settings.get(TrainSettings.GP_WEIGHT);
    r1 = settings.get(TrainSettings.R1);
    r2 = settings.get(TrainSettings.R2);
    every = settings.get(TrainSettings.PENALTY_EVERY);
    seed = settings.get(TrainSettings.SEED);
    batch = settings.get(TrainSettings.BATCH);
    judged = batch / settings.get(TrainSettings.PACK);
    int c = gan.shape().channels();
    int side = gan.shape().size();
    mixed = Nd4j.create(DataType.FLOAT, batch, c, side, side);
    mixture = new float[batch * c * side * side];
    sum = Nd4j.create(DataType.FLOAT, discriminator.parameters().length());
  }

  /**
   * @param newFactor on R1 and R2 from now on
   */
  void setFactor(double newFactor) {
    factor = newFactor;
  }

  /**
   * Adds the penalties' gradients to the discriminator's, after its backward pass on reals and
   * fakes.
   *
   * @param fakes the generator's, as they came from it
   */
  void add(float[] reals, INDArray fakes, long step, DiscriminatorView view) {
    boolean lazy = (r1 > 0 || r2 > 0) && step % every == 0;
    boolean held = normPenalty != NormPenalty.NONE && normWeight > 0;
    if (!lazy && !held) return;
    INDArray gradients = discriminator.gradients();
    sum.assign(gradients);
    if (lazy) addZeroCentred();
    if (held) addNormPenalty(reals, fakes, step, view);
    gradients.assign(sum);
  }

  /** R1 on reals and R2 on fakes (Mescheder 2018), lazily (Karras 2020). */
  private void addZeroCentred() {
    double[] weights = new double[2 * judged];
    double common = 0.5 * factor * every / judged;
    Arrays.fill(weights, 0, judged, r1 * common);
    Arrays.fill(weights, judged, 2 * judged, r2 * common);
    penalty.addGradient(weights, 0, sum);
  }

  /** Holds the gradient's norm at 1 between reals and fakes (WGAN-GP) or around reals (DRAGAN). */
  private void addNormPenalty(float[] reals, INDArray fakes, long step, DiscriminatorView view) {
    if (normPenalty == NormPenalty.BETWEEN) {
      // One share a pack, which is what D judges.
      float[] share = new float[judged];
      Latents.fillUniform(seed, MIXING_STREAM, step * judged, judged, share);
      int each = reals.length / judged;
      HostCopy.read(fakes, mixture);
      for (int i = 0; i < reals.length; i++) {
        mixture[i] = reals[i] + share[i / each] * (mixture[i] - reals[i]);
      }
    } else {
      double reach = SURROUNDINGS * deviation(reals);
      SplittableRandom random = new SplittableRandom(~(seed * 0x9E3779B97F4A7C15L + step)).split();
      for (int i = 0; i < reals.length; i++) {
        mixture[i] = reals[i] + (float) (reach * (2 * random.nextDouble() - 1));
      }
    }
    HostCopy.write(mixture, mixed);
    view.forward(mixed, 1, Pass.TRAIN);
    double[] weights = new double[judged];
    Arrays.fill(weights, normWeight / judged);
    penalty.addGradient(weights, 1, sum);
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
}
