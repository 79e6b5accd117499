package org.lookalike.train;

/** Pictures of fixed latents at one moment of a training, beside real ones. */
public final class SampleGrid {
  private final long images;
  private final int count;
  private final int channels;
  private final int size;
  private final float[] fakes;
  private final float[] reals;

  SampleGrid(long images, int count, int channels, int size, float[] fakes, float[] reals) {
    this.images = images;
    this.count = count;
    this.channels = channels;
    this.size = size;
    this.fakes = fakes;
    this.reals = reals;
  }

  /** Real images seen when the samples were made. */
  public long images() {
    return images;
  }

  /** Number of fakes, and of reals. */
  public int count() {
    return count;
  }

  public int channels() {
    return channels;
  }

  /** Side in pixels. */
  public int size() {
    return size;
  }

  /** {@code [count, channels, size, size]} in [-1, 1]; each always from the same latent. */
  public float[] fakes() {
    return fakes;
  }

  /** {@code [count, channels, size, size]} in [-1, 1]; the same each time. */
  public float[] reals() {
    return reals;
  }
}
