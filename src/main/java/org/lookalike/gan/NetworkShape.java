package org.lookalike.gan;

/** The sizes of a GAN's networks. Serialised by name. */
public final class NetworkShape {
  private final int size;
  private final int channels;
  private final int latent;
  private final int width;

  /**
   * @param size side of the images in pixels, a power of two from 32 to 256
   * @param channels colour or fluorescence channels of the images
   * @param latent length of the latent vector
   * @param width feature channels at full resolution
   */
  public NetworkShape(int size, int channels, int latent, int width) {
    this.size = size;
    this.channels = channels;
    this.latent = latent;
    this.width = width;
  }

  public int size() {
    return size;
  }

  public int channels() {
    return channels;
  }

  public int latent() {
    return latent;
  }

  public int width() {
    return width;
  }

  /** How often 4 doubles to reach the size. */
  int doublings() {
    return Integer.numberOfTrailingZeros(size) - 2;
  }
}
