package org.lookalike.train;

import java.io.IOException;

/** Real images to play against, batch after batch. */
@FunctionalInterface
public interface RealImages {
  /**
   * The next batch, {@code [batch, channels, size, size]} in C order, scaled as the generator's
   * output is; valid until the next call.
   */
  float[] take() throws IOException;

  /** The class of each image of the last batch; empty where images have none. */
  default int[] classes() {
    return new int[0];
  }
}
