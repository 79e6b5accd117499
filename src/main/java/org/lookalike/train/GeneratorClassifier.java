package org.lookalike.train;

/**
 * What a mixture of generators adds to the game (MGAN, Hoang et al. 2018): a classifier that shares
 * all of the discriminator but its last layer tells which generator made a fake; it and the
 * generators minimise its cross entropy, so that the generators keep apart.
 */
final class GeneratorClassifier {
  private final int generators;
  private final double weight;

  /**
   * @param weight of the cross entropy (beta in the paper)
   */
  GeneratorClassifier(int generators, double weight) {
    this.generators = generators;
    this.weight = weight;
  }

  /**
   * Adds the cross entropy's gradient.
   *
   * @param outputs of the discriminator, {@code [images, 1 + generators]}
   * @param first the first fake's row
   * @param generator that made each fake
   * @param errors of {@code outputs}, added to
   * @return the weighted cross entropy
   */
  double add(float[] outputs, int first, int[] generator, float[] errors) {
    int n = generator.length;
    int columns = 1 + generators;
    double loss = 0;
    for (int i = 0; i < n; i++) {
      int at = (first + i) * columns + 1;
      double largest = Double.NEGATIVE_INFINITY;
      for (int k = 0; k < generators; k++) largest = Math.max(largest, outputs[at + k]);
      double sum = 0;
      for (int k = 0; k < generators; k++) sum += Math.exp(outputs[at + k] - largest);
      for (int k = 0; k < generators; k++) {
        double p = Math.exp(outputs[at + k] - largest) / sum;
        boolean is = k == generator[i];
        if (is) loss -= (outputs[at + k] - largest - Math.log(sum)) / n;
        errors[at + k] += (float) (weight * (p - (is ? 1 : 0)) / n);
      }
    }
    return weight * loss;
  }
}
