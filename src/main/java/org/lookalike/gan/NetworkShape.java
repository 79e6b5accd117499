package org.lookalike.gan;

import java.util.stream.IntStream;

/** The sizes of a GAN's networks, and what was chosen about them. Serialised by name. */
public final class NetworkShape {
  private final int size;
  private final int channels;
  private final int latent;
  private final int width;
  private final NetworkOptions options;

  /**
   * @param size side of the images in pixels, a power of two from 32 to 256; 1 for points
   * @param channels colour or fluorescence channels of the images
   * @param latent length of the latent vector
   * @param width feature channels at full resolution
   */
  public NetworkShape(int size, int channels, int latent, int width) {
    this(size, channels, latent, width, new NetworkOptions());
  }

  private NetworkShape(int size, int channels, int latent, int width, NetworkOptions options) {
    this.size = size;
    this.channels = channels;
    this.latent = latent;
    this.width = width;
    this.options = options;
  }

  public NetworkShape with(NetworkOptions newOptions) {
    return new NetworkShape(size, channels, latent, width, newOptions);
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

  /** Those of the default where a file of an older version has none. */
  public NetworkOptions options() {
    return options == null ? new NetworkOptions() : options;
  }

  /** Channels of what the discriminator sees at once: a pack of images. */
  int seenChannels() {
    return channels * options().pack();
  }

  public int generators() {
    return options().generators();
  }

  /** Whether several generators share the work whatever the class (MGAN). */
  public boolean isMixture() {
    return generators() > 1 && !hasClasses();
  }

  /** Whether both networks are told each image's class. */
  public boolean hasClasses() {
    return options().classes() > 0;
  }

  /**
   * Which class or generator images are of where nothing else is asked for: each in its turn.
   *
   * @param first number of the first image
   * @return one for each of n images; empty where networks know neither
   */
  public int[] conditions(long first, int n) {
    int kinds = Math.max(options().classes(), generators());
    if (kinds < 2) return new int[0];
    return IntStream.range(0, n).map(i -> (int) ((first + i) % kinds)).toArray();
  }

  /** Values the discriminator gives: the logit, and one for each generator of a mixture. */
  public int discriminatorOutputs() {
    return isMixture() ? 1 + generators() : 1;
  }

  /** How often 4 doubles to reach the size. */
  int doublings() {
    return Integer.numberOfTrailingZeros(size) - 2;
  }
}
