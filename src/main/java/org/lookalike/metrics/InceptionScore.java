package org.lookalike.metrics;

import org.lookalike.image.InputException;

/**
 * Inception score (Salimans et al. 2016): exp(E KL(p(y|x) ‖ p(y))) of a classifier's predictions
 * for synthetic images, over 10 random splits, since images may come class by class or in turn.
 * Says nothing about reals; name the classifier beside it.
 */
public final class InceptionScore {
  private static final int SPLITS = 10;
  private static final long SEED = 1;
  private static final double ROUNDING = 1e-3;

  private InceptionScore() {}

  /** Over 10 splits; see {@link #of(FeatureSet, int)}. */
  public static Estimate of(FeatureSet predictions) {
    return of(predictions, SPLITS);
  }

  /**
   * Mean and population standard deviation over the splits.
   *
   * @param predictions {@code [images, classes]}: logits, or probabilities if all rows are such
   * @throws InputException if there are fewer images than splits
   */
  public static Estimate of(FeatureSet predictions, int splits) {
    Require.rows(predictions, splits, "The Inception score");
    FeatureSet mixed = predictions.random(predictions.rows(), SEED);
    FeatureSet logits = areProbabilities(mixed) ? logarithms(mixed) : mixed;
    double[] scores = new double[splits];
    for (int i = 0; i < splits; i++) {
      int from = (int) ((long) i * logits.rows() / splits);
      int to = (int) ((long) (i + 1) * logits.rows() / splits);
      scores[i] = score(logits, from, to);
    }
    return Estimate.ofPopulation(scores);
  }

  /** Logits of every row that are above 0 and sum to 1 do not happen. */
  private static boolean areProbabilities(FeatureSet rows) {
    for (int i = 0; i < rows.rows(); i++) {
      double sum = 0;
      for (int c = 0; c < rows.dimensions(); c++) {
        if (rows.value(i, c) < 0) return false;
        sum += rows.value(i, c);
      }
      if (Math.abs(sum - 1) > ROUNDING) return false;
    }
    return true;
  }

  private static FeatureSet logarithms(FeatureSet probabilities) {
    float[] values = new float[probabilities.rows() * probabilities.dimensions()];
    for (int i = 0; i < values.length; i++) {
      double p = probabilities.values()[i];
      values[i] = (float) Math.log(Math.max(Float.MIN_NORMAL, p));
    }
    return new FeatureSet(values, probabilities.rows(), probabilities.dimensions());
  }

  private static double score(FeatureSet logits, int from, int to) {
    int classes = logits.dimensions();
    double[] marginal = new double[classes];
    double negativeEntropy = 0;
    for (int i = from; i < to; i++) {
      double[] logP = logSoftmax(logits, i);
      for (int c = 0; c < classes; c++) {
        double p = Math.exp(logP[c]);
        marginal[c] += p / (to - from);
        if (p > 0) negativeEntropy += p * logP[c] / (to - from);
      }
    }
    double divergence = negativeEntropy;
    for (double p : marginal) {
      if (p > 0) divergence -= p * Math.log(p);
    }
    return Math.exp(divergence);
  }

  private static double[] logSoftmax(FeatureSet logits, int row) {
    double[] result = new double[logits.dimensions()];
    double largest = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < result.length; c++) {
      largest = Math.max(largest, logits.value(row, c));
    }
    double sum = 0;
    for (int c = 0; c < result.length; c++) sum += Math.exp(logits.value(row, c) - largest);
    double log = largest + Math.log(sum);
    for (int c = 0; c < result.length; c++) result[c] = logits.value(row, c) - log;
    return result;
  }
}
