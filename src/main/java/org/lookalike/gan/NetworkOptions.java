package org.lookalike.gan;

import java.util.Locale;

/**
 * What can be chosen about a pair of networks beside their sizes. Immutable; serialised by name,
 * and what a file does not name has its default.
 */
public final class NetworkOptions implements Cloneable {
  /** How generators double the resolution. */
  public enum Upsampling {
    /** Transposed 4x4 convolutions of stride 2. */
    TRANSPOSED,
    /** The same with kernels that let flat areas stay flat (Sugawara et al. 2018). */
    BALANCED,
    /** A convolution to four times the channels, which become 2x2 pixels (Shi et al. 2016). */
    PIXEL_SHUFFLE,
    /** Pixels repeated, then a convolution (Odena et al. 2016: no checkerboards). */
    NEAREST;

    /** As typed in settings. */
    public String label() {
      return NetworkOptions.label(this);
    }
  }

  /** How discriminators halve the resolution. */
  public enum Downsampling {
    /** 4x4 convolutions of stride 2. */
    STRIDED,
    /** A 3x3 convolution, then the mean of 2x2 pixels (Karras et al. 2018). */
    AVERAGE;

    /** As typed in settings. */
    public String label() {
      return NetworkOptions.label(this);
    }
  }

  /**
   * After which stages generators look again: a residual 3x3 convolution that starts as nothing.
   */
  public enum Refinement {
    NONE,
    /** At the full resolution alone. */
    LAST,
    ALL;

    /** As typed in settings. */
    public String label() {
      return NetworkOptions.label(this);
    }
  }

  /** What bounds a generator's pixels to [-1, 1]. */
  public enum Output {
    /** The hyperbolic tangent: cannot reach the darkest and brightest values quite. */
    TANH,
    /** Nothing in training; pixels beyond are clipped when images are made (Karras et al. 2018). */
    LINEAR;

    /** As typed in settings. */
    public String label() {
      return NetworkOptions.label(this);
    }
  }

  /** What keeps activations at one scale. */
  public enum Normalisation {
    NONE,
    /** Ioffe and Szegedy 2015. */
    BATCH,
    /** Ulyanov et al. 2016. */
    INSTANCE;

    /** As typed in settings. */
    public String label() {
      return NetworkOptions.label(this);
    }
  }

  /** How a discriminator compares the images of a batch. */
  public enum Minibatch {
    NONE,
    /** Minibatch standard deviation (Karras et al. 2018). */
    DEVIATION,
    /** Minibatch discrimination (Salimans et al. 2016). */
    DISCRIMINATION;

    /** As typed in settings. */
    public String label() {
      return NetworkOptions.label(this);
    }
  }

  /** Which networks have spectral normalisation (Miyato et al. 2018). */
  public enum Spectral {
    NONE,
    DISCRIMINATOR,
    BOTH;

    /** As typed in settings. */
    public String label() {
      return NetworkOptions.label(this);
    }
  }

  /** How a discriminator is told an image's class; the generator has an embedding of it. */
  public enum Conditional {
    NONE,
    /** Projection (Miyato and Koyama 2018). */
    PROJECTION,
    /** Planes beside the image's channels (Mirza and Osindero 2014). */
    CONCATENATION;

    /** As typed in settings. */
    public String label() {
      return NetworkOptions.label(this);
    }
  }

  private Upsampling upsampling = Upsampling.TRANSPOSED;
  private Downsampling downsampling = Downsampling.STRIDED;
  private Normalisation normalisationG;
  private Normalisation normalisationD;
  private Minibatch minibatch;
  private Spectral spectral = Spectral.NONE;
  private Conditional conditional = Conditional.NONE;
  private boolean residual;
  private boolean attention;
  private boolean noise;
  private boolean latentSkips;
  private Refinement refinement = Refinement.NONE;
  private Output output = Output.TANH;
  private double dropout;
  private int generators = 1;
  private int classes;
  private int pack = 1;

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private NetworkOptions copy() {
    try {
      return (NetworkOptions) clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  public Upsampling upsampling() {
    return upsampling;
  }

  public NetworkOptions withUpsampling(Upsampling value) {
    NetworkOptions copy = copy();
    copy.upsampling = value;
    return copy;
  }

  public Downsampling downsampling() {
    return downsampling;
  }

  public NetworkOptions withDownsampling(Downsampling value) {
    NetworkOptions copy = copy();
    copy.downsampling = value;
    return copy;
  }

  /** Of the generator; {@code otherwise} where none was chosen. */
  public Normalisation normalisationG(Normalisation otherwise) {
    return normalisationG == null ? otherwise : normalisationG;
  }

  /**
   * @param value {@code null} for the architecture's own
   */
  public NetworkOptions withNormalisationG(Normalisation value) {
    NetworkOptions copy = copy();
    copy.normalisationG = value;
    return copy;
  }

  /** Of the discriminator; {@code otherwise} where none was chosen. */
  public Normalisation normalisationD(Normalisation otherwise) {
    return normalisationD == null ? otherwise : normalisationD;
  }

  /**
   * @param value {@code null} for the architecture's own
   */
  public NetworkOptions withNormalisationD(Normalisation value) {
    NetworkOptions copy = copy();
    copy.normalisationD = value;
    return copy;
  }

  /** How the discriminator compares images; {@code otherwise} where nothing was chosen. */
  public Minibatch minibatch(Minibatch otherwise) {
    return minibatch == null ? otherwise : minibatch;
  }

  /**
   * @param value {@code null} for the architecture's own
   */
  public NetworkOptions withMinibatch(Minibatch value) {
    NetworkOptions copy = copy();
    copy.minibatch = value;
    return copy;
  }

  public Spectral spectral() {
    return spectral;
  }

  public NetworkOptions withSpectral(Spectral value) {
    NetworkOptions copy = copy();
    copy.spectral = value;
    return copy;
  }

  public Conditional conditional() {
    return conditional;
  }

  /**
   * @param number of classes; 0 where {@code value} is none
   */
  public NetworkOptions withConditional(Conditional value, int number) {
    NetworkOptions copy = copy();
    copy.conditional = value;
    copy.classes = number;
    return copy;
  }

  /** Classes the networks know; 0 where they are told none. */
  public int classes() {
    return classes;
  }

  /** Whether stages are residual blocks (He et al. 2016). */
  public boolean isResidual() {
    return residual;
  }

  public NetworkOptions withResidual(boolean value) {
    NetworkOptions copy = copy();
    copy.residual = value;
    return copy;
  }

  /** Whether both networks attend to distant places at 16 px (SAGAN, Zhang et al. 2019). */
  public boolean hasAttention() {
    return attention;
  }

  public NetworkOptions withAttention(boolean value) {
    NetworkOptions copy = copy();
    copy.attention = value;
    return copy;
  }

  /** Whether generators get noise at each resolution (StyleGAN, Karras et al. 2019). */
  public boolean hasNoise() {
    return noise;
  }

  public NetworkOptions withNoise(boolean value) {
    NetworkOptions copy = copy();
    copy.noise = value;
    return copy;
  }

  /** Whether the latent vector shifts the channels of each stage (skip-z, Brock et al. 2019). */
  public boolean hasLatentSkips() {
    return latentSkips;
  }

  public NetworkOptions withLatentSkips(boolean value) {
    NetworkOptions copy = copy();
    copy.latentSkips = value;
    return copy;
  }

  /** After which stages generators look again. */
  public Refinement refinement() {
    return refinement;
  }

  public NetworkOptions withRefinement(Refinement value) {
    NetworkOptions copy = copy();
    copy.refinement = value;
    return copy;
  }

  /** What bounds a generator's pixels. */
  public Output output() {
    return output;
  }

  public NetworkOptions withOutput(Output value) {
    NetworkOptions copy = copy();
    copy.output = value;
    return copy;
  }

  /** Share of the discriminator's activations left out at random. */
  public double dropout() {
    return dropout;
  }

  public NetworkOptions withDropout(double value) {
    NetworkOptions copy = copy();
    copy.dropout = value;
    return copy;
  }

  /** Generators that share all but their first layer; at least 1. */
  public int generators() {
    return generators;
  }

  public NetworkOptions withGenerators(int value) {
    NetworkOptions copy = copy();
    copy.generators = value;
    return copy;
  }

  /** Images the discriminator judges together, stacked along channels (PacGAN); at least 1. */
  public int pack() {
    return pack;
  }

  public NetworkOptions withPack(int value) {
    NetworkOptions copy = copy();
    copy.pack = value;
    return copy;
  }
}
