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
}
