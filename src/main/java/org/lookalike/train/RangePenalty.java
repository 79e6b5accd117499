package org.lookalike.train;

import org.lookalike.nn.HostCopy;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Draws a generator whose output nothing bounds back to the images' range, -1 to 1. A pixel that is
 * beyond it by e costs e², from e = 1 on 2e - 1 (Huber 1964), so that one image that has run away
 * does not outweigh the others.
 */
final class RangePenalty {
  private final double weight;
  private final float[] pixels;
  private final float[] errors;

  /**
   * @param weight of the sum over an image's pixels, above 0
   * @param values of a batch
   */
  RangePenalty(double weight, int values) {
    this.weight = weight;
    pixels = new float[values];
    errors = new float[values];
  }

  /**
   * Adds the penalty's gradient by the images to another's.
   *
   * @param images {@code [batch, channels, size, size]}
   * @param gradient of the same shape; where no pixel is out of range it is not touched
   * @return the penalty, the mean over the images
   */
  double add(INDArray images, INDArray gradient) {
    HostCopy.read(images, pixels);
    HostCopy.read(gradient, errors);
    double scale = weight / images.size(0);
    double sum = 0;
    for (int i = 0; i < pixels.length; i++) {
      double beyond = Math.abs(pixels[i]) - 1;
      // Not a number is told by the discriminator's loss.
      if (!(beyond > 0)) continue;
      sum += beyond < 1 ? beyond * beyond : 2 * beyond - 1;
      errors[i] += (float) (2 * scale * Math.copySign(Math.min(1, beyond), pixels[i]));
    }
    if (sum > 0) HostCopy.write(errors, gradient);
    return scale * sum;
  }
}
