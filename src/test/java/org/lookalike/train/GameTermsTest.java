package org.lookalike.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lookalike.gan.NetworkShape;
import org.lookalike.gan.PointNets;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** What techniques add to the game, against hand-computed values and finite differences. */
class GameTermsTest {
  private static final double STEP = 1e-3;

  @ParameterizedTest
  @ValueSource(strings = {"translation", "color", "color-translation-cutout"})
  void augmentationsGradientIsItsTranspose(String policy) {
    Augmentation augmentation = new Augmentation(policy, 2, 16);
    Random random = new Random(3);
    int n = 4 * 2 * 256;
    float[] x = gaussians(random, n);
    float[] e = gaussians(random, n);
    float[] seen = x.clone();
    augmentation.apply(seen, 4, 1, new SplittableRandom(5));
    float[] black = new float[n];
    augmentation.apply(black, 4, 1, new SplittableRandom(5));
    float[] back = e.clone();
    augmentation.transpose(back, 4);
    double forward = 0;
    double transposed = 0;
    double changed = 0;
    for (int i = 0; i < n; i++) {
      forward += (seen[i] - black[i]) * e[i];
      transposed += x[i] * back[i];
      changed += Math.abs(seen[i] - x[i]);
    }
    assertThat(transposed).isCloseTo(forward, within(1e-3 * Math.abs(forward)));
    assertThat(changed / n).isGreaterThan(0.1);
  }

  private static float[] gaussians(Random random, int n) {
    float[] values = new float[n];
    for (int i = 0; i < n; i++) values[i] = (float) random.nextGaussian();
    return values;
  }

  @Test
  void adaRaisesTheProbabilityWhileDiscriminatorsAreSure() {
    AdversarialLoss loss = AdversarialLosses.named("non-saturating");
    AugmentationControl control =
        new AugmentationControl(TrainSettings.parse("augment=translation ada_images=640"));
    for (int i = 0; i < 8; i++) {
      control.observe(loss, new double[] {3, 1, 2}, new double[] {-1, -1, -1}, 16);
    }
    assertThat(control.probability).isCloseTo(2 * 4 * 16 / 640.0, within(1e-12));
    for (int i = 0; i < 40; i++) {
      control.observe(loss, new double[] {3, -1, -2}, new double[] {-1, -1, -1}, 16);
    }
    assertThat(control.probability).isZero();
  }

  @Test
  void theClassifiersCrossEntropyAndItsGradient() {
    GeneratorClassifier classifier = new GeneratorClassifier(3, 0.5);
    float[] outputs = {9, 1, 2, 3, 9, 0, 0, 0};
    float[] errors = new float[8];
    double loss = classifier.add(outputs, 0, new int[] {2, 0}, errors);
    double first = Math.log(Math.exp(-2) + Math.exp(-1) + 1);
    assertThat(loss).isCloseTo(0.5 * (first + Math.log(3)) / 2, within(1e-7));
    assertThat(errors[0]).isZero();
    for (int i = 1; i < 8; i++) {
      if (i == 4) continue;
      float[] moved = outputs.clone();
      moved[i] += (float) STEP;
      double above = classifier.add(moved, 0, new int[] {2, 0}, new float[8]);
      moved[i] = outputs[i] - (float) STEP;
      double below = classifier.add(moved, 0, new int[] {2, 0}, new float[8]);
      assertThat((above - below) / (2 * STEP)).isCloseTo(errors[i], within(1e-3));
    }
  }

  @Test
  void featureMatchingIsTheSquaredDistanceOfMeans() {
    Game game = game("feature_matching=1");
    FeatureMatching matching = new FeatureMatching(game.gan().discriminator());
    INDArray reals = Nd4j.randn(8, 2, 1, 1);
    INDArray fakes = Nd4j.randn(8, 2, 1, 1);
    game.gan().discriminator().forward(reals, Pass.TRAIN);
    matching.seeReals();
    INDArray f = game.gan().discriminator().features().dup();
    game.gan().discriminator().forward(fakes, Pass.TRAIN);
    INDArray g = game.gan().discriminator().features().dup();
    INDArray difference = g.mean(0).sub(f.mean(0));
    double wanted = difference.mul(difference).sumNumber().doubleValue();
    FeatureMatching.Result result = matching.ofFakes(2);
    assertThat(result.loss).isCloseTo(2 * wanted, within(1e-5 * wanted));
    INDArray slope = difference.mul(2 * 2 / 8.0);
    assertThat(result.error.getRow(3).sub(slope).norm2Number().doubleValue())
        .isLessThan(1e-5 * slope.norm2Number().doubleValue());
  }

  private static Game game(String typed) {
    TrainSettings settings = TrainSettings.parse("loss=non-saturating r1=0 batch=8 " + typed);
    return Game.begin(PointNets.plain(), new NetworkShape(1, 2, 2, 16), 0, settings);
  }

  /**
   * The gradient of G's loss one and two steps ahead with respect to fakes, by the adjoint
   * recursion, against differences of that loss. With two steps some of the rectifiers' kinks lie
   * between the two points of a difference; without the second-order term it is another gradient.
   */
  @ParameterizedTest
  @CsvSource({
    "non-saturating, 1, 0.005",
    "relativistic, 1, 0.005",
    "least-squares, 1, 0.005",
    "wasserstein, 1, 0.005",
    "non-saturating, 2, 0.05",
    "relativistic, 2, 0.05",
    "least-squares, 2, 0.05"
  })
  void unrollingIsExactToTheSecondOrder(String loss, int steps, double tolerance) {
    Game game = game("loss=" + loss);
    Nd4j.getRandom().setSeed(3);
    INDArray both = Nd4j.randn(16, 2, 1, 1);
    INDArray along = Nd4j.randn(8, 2, 1, 1);
    double exact = slope(unrolling(game, steps, true), both, along);
    double firstForm = slope(unrolling(game, steps, false), both, along);
    ToDoubleFunction<Double> value =
        step -> {
          INDArray moved = both.dup();
          moved.get(NDArrayIndex.interval(8, 16)).addi(along.mul(step));
          return unrolling(game, steps, false).play(moved, 0).loss;
        };
    double step = 3e-4;
    double difference = (value.applyAsDouble(step) - value.applyAsDouble(-step)) / (2 * step);
    assertThat(exact).isCloseTo(difference, within(tolerance * Math.abs(difference)));
    assertThat(Math.abs(firstForm - difference)).isGreaterThan(2 * Math.abs(exact - difference));
  }

  private static Unrolling unrolling(Game game, int steps, boolean secondOrder) {
    DiscriminatorView view = new DiscriminatorView(game.gan(), game.settings(), 1);
    return new Unrolling(
        game.gan().discriminator(), view, game.loss(), steps, 0.05, secondOrder, game.batch());
  }

  private static double slope(Unrolling unrolling, INDArray both, INDArray along) {
    return unrolling.play(both, 0).error.mul(along).sumNumber().doubleValue();
  }

  @Test
  void vanishedErrorsCountAsNone() {
    Game game = game("");
    DiscriminatorView view = new DiscriminatorView(game.gan(), game.settings(), 1);
    INDArray images = Nd4j.randn(8, 2, 1, 1);
    float[] errors = new float[8];
    for (float error : new float[] {1e-38f, -1e-17f, -1e-9f}) {
      Arrays.fill(errors, error);
      view.forward(images, 1, Pass.TRAIN);
      INDArray back = view.backward(errors, null, true, true);
      assertThat(game.gan().discriminator().gradientNorm() == 0).isEqualTo(error != -1e-9f);
      assertThat(back.norm2Number().doubleValue() == 0).isEqualTo(error != -1e-9f);
    }
    assertThat(errors).containsOnly(-1e-9f);
  }

  @Test
  void lookingAheadLeavesTheDiscriminatorAsItWas() {
    Game game = game("");
    float[] before = game.gan().discriminator().parameters().toFloatVector();
    unrolling(game, 3, true).play(Nd4j.randn(16, 2, 1, 1), 0);
    assertThat(game.gan().discriminator().parameters().toFloatVector()).isEqualTo(before);
  }

  @Test
  void theGeneratorsSlopeOfRealsIsThatOfItsLoss() {
    for (String name : AdversarialLosses.names()) {
      AdversarialLoss loss = AdversarialLosses.named(name);
      double[] a = {0.3, -1.2, 2};
      double[] b = {-0.4, 0.9, 1.1};
      double[] db = new double[3];
      loss.generator(a, b, db);
      double[] da = loss.generatorSlopeOfReals(db);
      for (int i = 0; i < 3; i++) {
        double[] above = a.clone();
        above[i] += 1e-6;
        double[] below = a.clone();
        below[i] -= 1e-6;
        double[] unused = new double[3];
        double slope = loss.generator(above, b, unused) - loss.generator(below, b, unused);
        assertThat(slope / 2e-6).as(name).isCloseTo(da[i], within(1e-8));
      }
    }
  }
}
