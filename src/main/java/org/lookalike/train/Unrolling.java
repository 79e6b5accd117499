package org.lookalike.train;

import java.util.ArrayList;
import java.util.List;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Unrolled GAN (Metz et al. 2017): the generator is trained against the discriminator as it will be
 * after K more steps of gradient descent, {@code θ_{k+1} = θ_k - η ∇L_D(θ_k)}, on the same images.
 *
 * <p>With the second-order term its gradient also goes through those steps: with {@code λ_K =
 * ∂L_G/∂θ_K} and {@code λ_k = λ_{k+1} - η H(θ_k) λ_{k+1}}, each step adds {@code -η ∂²L_D/∂x∂θ
 * λ_{k+1}} to the gradient of the fakes x. Products with the Hessian H are exact where layers are
 * piecewise linear ({@link Network#hasCurvature()}).
 */
final class Unrolling {
  /** Of the central difference of a loss's slopes, whose arguments are a few logits. */
  private static final double STEP = 1e-4;

  private final Network discriminator;
  private final DiscriminatorView view;
  private final AdversarialLoss loss;
  private final int steps;
  private final double rate;
  private final boolean secondOrder;
  private final int judged;
  private final INDArray kept;

  /**
   * @param steps K
   * @param rate η
   * @param judged logits a batch
   */
  Unrolling(
      Network discriminator,
      DiscriminatorView view,
      AdversarialLoss loss,
      int steps,
      double rate,
      boolean secondOrder,
      int judged) {
    this.discriminator = discriminator;
    this.view = view;
    this.loss = loss;
    this.steps = steps;
    this.rate = rate;
    this.secondOrder = secondOrder;
    this.judged = judged;
    kept = discriminator.parameters().dup();
  }

  /** The generator's loss, and its gradient with respect to the fakes. */
  static final class Result {
    final double loss;
    final INDArray error;

    private Result(double loss, INDArray error) {
      this.loss = loss;
      this.error = error;
    }
  }

  /**
   * Looks ahead; the discriminator is afterwards as before.
   *
   * @param both reals, then as many fakes
   * @param draw of noise and augmentation, the same in all steps
   */
  Result play(INDArray both, long draw) {
    kept.assign(discriminator.parameters());
    List<INDArray> path = new ArrayList<>();
    double[] a = new double[judged];
    double[] b = new double[judged];
    double[] da = new double[judged];
    double[] db = new double[judged];
    for (int k = 0; k < steps; k++) {
      if (secondOrder) path.add(discriminator.parameters().dup());
      see(both, draw, a, b);
      loss.discriminator(a, b, da, db);
      view.backward(column(da, db), null, false, true);
      move(discriminator.parameters().sub(discriminator.gradients().muli(rate)));
    }
    see(both, draw, a, b);
    double value = loss.generator(a, b, db);
    double[] ofReals = loss.generatorSlopeOfReals(db);
    INDArray error = view.backward(column(ofReals, db), null, true, secondOrder).dup();
    if (secondOrder) {
      INDArray lambda = discriminator.gradients().dup();
      for (int k = steps - 1; k >= 0; k--) {
        move(path.get(k));
        error.subi(curvature(both, draw, lambda).muli(rate));
        lambda.subi(discriminator.gradients().mul(rate));
      }
    }
    move(kept);
    long n = both.size(0) / 2;
    return new Result(value, error.get(NDArrayIndex.interval(n, 2 * n)).dup('c'));
  }

  /** Writes H λ to the discriminator's gradients and returns the mixed derivative at the images. */
  private INDArray curvature(INDArray both, long draw, INDArray lambda) {
    double[] a = new double[judged];
    double[] b = new double[judged];
    see(both, draw, a, b);
    float[] along = view.forwardAlong(lambda);
    double[][] above = slopes(a, b, along, STEP);
    double[][] below = slopes(a, b, along, -STEP);
    double[][] at = slopes(a, b, along, 0);
    float[] bend = new float[2 * judged];
    for (int i = 0; i < judged; i++) {
      bend[i] = (float) ((above[0][i] - below[0][i]) / (2 * STEP));
      bend[judged + i] = (float) ((above[1][i] - below[1][i]) / (2 * STEP));
    }
    return view.backwardAlong(column(at[0], at[1]), bend);
  }

  /** The slopes of D's loss where logits have moved by {@code step} along a direction. */
  private double[][] slopes(double[] a, double[] b, float[] along, double step) {
    double[] movedA = a.clone();
    double[] movedB = b.clone();
    for (int i = 0; i < judged; i++) {
      movedA[i] += step * along[i];
      movedB[i] += step * along[judged + i];
    }
    double[][] slopes = new double[2][judged];
    loss.discriminator(movedA, movedB, slopes[0], slopes[1]);
    return slopes;
  }

  private void see(INDArray both, long draw, double[] a, double[] b) {
    view.startDraws(draw);
    float[] logits = view.forward(both, 2, Pass.TRAIN);
    for (int i = 0; i < judged; i++) {
      a[i] = logits[i];
      b[i] = logits[judged + i];
    }
  }

  private void move(INDArray parameters) {
    discriminator.parameters().assign(parameters);
    discriminator.parametersChanged();
  }

  private static float[] column(double[] a, double[] b) {
    float[] all = new float[a.length + b.length];
    for (int i = 0; i < a.length; i++) all[i] = (float) a[i];
    for (int i = 0; i < b.length; i++) all[a.length + i] = (float) b[i];
    return all;
  }
}
