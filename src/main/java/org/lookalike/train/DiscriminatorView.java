package org.lookalike.train;

import java.util.Arrays;
import java.util.SplittableRandom;
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
 * How the discriminator sees images: augmented, with noise, in packs, with the class of each; and
 * how gradients come back from it. The same for reals and fakes, in its own steps and in the
 * generator's.
 */
final class DiscriminatorView {
  private static final long NOISE_STREAM = 6;

  /**
   * Errors that move no weight. Those of a discriminator that is quite sure would be denormal
   * numbers, with which a pass takes up to a hundred times as long.
   */
  private static final float VANISHED = 1e-16f;

  /** What a referee augments by: shifts change no intensities. */
  private static final String REFEREES = "translation";

  private final Network discriminator;
  private final Augmentation augmentation;
  private final long seed;
  private final int pack;
  private final int outputs;
  private double noise;
  private double probability;
  private int[] classes = {};
  private long draws;
  private float[] values = new float[0];
  private float[] normal = new float[0];
  private INDArray changed;

  /** Zeros, then the gradient of what comes second. */
  private INDArray ofSecondHalf;

  private boolean augmented;
  private int segments;
  private long[] shape;

  DiscriminatorView(Gan gan, TrainSettings settings, int outputs) {
    discriminator = gan.discriminator();
    augmentation = new Augmentation(policy(settings), gan.shape().channels(), gan.shape().size());
    seed = settings.get(TrainSettings.SEED);
    pack = settings.get(TrainSettings.PACK);
    this.outputs = outputs;
  }

  /** A referee may come to augment where the settings do not. */
  private static String policy(TrainSettings settings) {
    String policy = settings.get(TrainSettings.AUGMENT);
    return policy.equals(Augmentation.NONE) && settings.get(TrainSettings.REFEREE)
        ? REFEREES
        : policy;
  }

  /**
   * @param deviation of the noise on images from now on
   */
  void setNoise(double deviation) {
    noise = deviation;
  }

  /**
   * @param newProbability of each augmentation from now on
   */
  void setProbability(double newProbability) {
    probability = newProbability;
  }

  /**
   * @param ofImages the class of each image of a batch; empty if there are none
   */
  void setClasses(int[] ofImages) {
    classes = ofImages;
  }

  /**
   * From here on noise and augmentation are those of that draw; the same for the same number.
   *
   * @param draw at least 0
   */
  void startDraws(long draw) {
    draws = draw;
  }

  /**
   * Runs the discriminator.
   *
   * @param images {@code [segments * batch, channels, size, size]}, not changed
   * @param segments parts with batch statistics of their own
   * @return {@code [packs, outputs]}, of which the first column are the logits
   */
  float[] forward(INDArray images, int segments, Pass pass) {
    shape = images.shape();
    this.segments = segments;
    discriminator.setSegments(segments);
    int n = (int) images.size(0) / pack;
    if (classes.length > 0) discriminator.setConditions(repeated(segments));
    long draw = draws++;
    discriminator.setDraw(seed, draw);
    INDArray seen = noise == 0 && probability == 0 ? images : changed(images, draw);
    if (pack > 1) seen = seen.reshape('c', n, pack * shape[1], shape[2], shape[3]);
    float[] result = new float[n * outputs];
    HostCopy.read(discriminator.forward(seen, pass), result);
    return result;
  }

  /** One class a pack, the same in each segment. */
  private int[] repeated(int segments) {
    int packs = classes.length / pack;
    int[] all = new int[segments * packs];
    for (int i = 0; i < all.length; i++) all[i] = classes[i % packs * pack];
    return all;
  }

  private INDArray changed(INDArray images, long draw) {
    int n = (int) images.length();
    if (values.length < n) values = new float[n];
    if (changed == null || !Arrays.equals(changed.shape(), shape)) {
      changed = Nd4j.create(DataType.FLOAT, shape);
    }
    HostCopy.read(images, values);
    augmented = probability > 0 && !augmentation.isNone();
    if (augmented) {
      SplittableRandom random = new SplittableRandom((seed + 77) * 0x9E3779B97F4A7C15L + draw);
      augmentation.apply(values, (int) shape[0], probability, random.split());
    }
    if (noise > 0) {
      if (normal.length < n) normal = new float[n];
      Latents.fill(seed, NOISE_STREAM, draw, 1, n, normal);
      for (int i = 0; i < n; i++) values[i] += (float) (noise * normal[i]);
    }
    HostCopy.write(values, changed);
    return changed;
  }

  /**
   * Gradients of {@code sum(errors * outputs)} of the last pass.
   *
   * @param errors {@code [packs, outputs]}; those below {@value #VANISHED} count as 0
   * @param inner added to the error of D's inner features; {@code null} for none
   * @param wantImages whether the gradient with respect to the images is needed
   * @param wantWeights whether to overwrite the discriminator's gradients
   * @return the gradient with respect to the images; {@code null} where it is not wanted
   */
  INDArray backward(float[] errors, INDArray inner, boolean wantImages, boolean wantWeights) {
    INDArray back =
        discriminator.backward(felt(errors), inner, Pass.TRAIN, wantImages, wantWeights);
    return wantImages ? unaugmented(back.reshape('c', shape)) : null;
  }

  /** The gradient with respect to the images as they were before they were augmented. */
  private INDArray unaugmented(INDArray images) {
    if (probability == 0 || !augmented) return images;
    HostCopy.read(images, values);
    augmentation.transpose(values, (int) shape[0]);
    // The view's own buffer: the images it holds have been seen by now.
    HostCopy.write(values, changed);
    return changed;
  }

  /**
   * Overwrites the discriminator's gradients by those of {@code sum(errors * outputs)}; as two
   * calls of {@link #backward}, but a single pass where each output depends on its own images
   * alone: their gradients are in proportion to its error.
   *
   * @param others errors that shall not move the discriminator
   * @return the gradient of {@code sum(others * outputs)} with respect to the images
   */
  INDArray backwardBoth(float[] errors, float[] others) {
    float[] factors = new float[errors.length];
    boolean inProportion = outputs == 1 && !discriminator.mixesImages();
    for (int i = 0; i < errors.length; i++) {
      if (others[i] == 0) continue;
      inProportion &= Math.abs(errors[i]) >= VANISHED;
      factors[i] = others[i] / errors[i];
    }
    INDArray images = backward(errors, null, inProportion, true);
    return inProportion ? scaled(images, factors) : imageGradient(others);
  }

  /** As {@link #backward} has it, in less time where the first of two segments has no error. */
  private INDArray imageGradient(float[] errors) {
    int half = errors.length / outputs / 2;
    boolean second = segments == 2 && isZero(errors, half * outputs) && discriminator.hasParts();
    if (!second) return backward(errors, null, true, false);
    if (ofSecondHalf == null || !Arrays.equals(ofSecondHalf.shape(), shape)) {
      ofSecondHalf = Nd4j.create(DataType.FLOAT, shape);
    }
    float[] rest = Arrays.copyOfRange(errors, half * outputs, errors.length);
    INDArray part = discriminator.backwardOfPart(felt(rest), half);
    long first = shape[0] / 2;
    ofSecondHalf
        .get(NDArrayIndex.interval(first, shape[0]))
        .assign(part.reshape('c', shape[0] - first, shape[1], shape[2], shape[3]));
    return unaugmented(ofSecondHalf);
  }

  private static boolean isZero(float[] values, int n) {
    for (int i = 0; i < n; i++) if (values[i] != 0) return false;
    return true;
  }

  /**
   * @param factors one a pack
   */
  private INDArray scaled(INDArray images, float[] factors) {
    int n = (int) images.length();
    if (values.length < n) values = new float[n];
    HostCopy.read(images, values);
    for (int i = 0; i < n; i++) values[i] *= factors[i / (n / factors.length)];
    HostCopy.write(values, images);
    return images;
  }

  /**
   * How the outputs of the last pass change where the discriminator's weights move along a
   * direction.
   */
  float[] forwardAlong(INDArray direction) {
    INDArray along = discriminator.forwardAlong(direction);
    float[] result = new float[(int) along.length()];
    HostCopy.read(along, result);
    return result;
  }

  /**
   * After {@link #forwardAlong}: overwrites the discriminator's gradients with those of {@code
   * sum(errors * along + bend * outputs)}.
   *
   * @return its gradient with respect to the images
   */
  INDArray backwardAlong(float[] errors, float[] bend) {
    return discriminator.backwardAlong(felt(errors), felt(bend)).reshape('c', shape);
  }

  private INDArray felt(float[] errors) {
    float[] felt = errors.clone();
    for (int i = 0; i < felt.length; i++) if (Math.abs(felt[i]) < VANISHED) felt[i] = 0;
    return Nd4j.createFromArray(felt).reshape(felt.length / outputs, outputs);
  }
}
