package org.lookalike.metrics;

import java.util.List;
import org.lookalike.image.ImageBuilder;

/** What a report has to show beside figures. Pictures are in [-1, 1]. */
public final class Gallery {
  /** A synthetic image beside the real one nearest to it. */
  public static final class Pair {
    private final float[] synthetic;
    private final float[] real;
    private final String name;
    private final double distance;
    private final double ordinary;

    Pair(float[] synthetic, float[] real, String name, double distance, double ordinary) {
      this.synthetic = synthetic;
      this.real = real;
      this.name = name;
      this.distance = distance;
      this.ordinary = ordinary;
    }

    /** {@code [channels, size, size]}. */
    public float[] synthetic() {
      return synthetic;
    }

    /** {@code [channels, size, size]}. */
    public float[] real() {
      return real;
    }

    /** File or slice of the real image. */
    public String name() {
      return name;
    }

    /** Between the features of the two. */
    public double distance() {
      return distance;
    }

    /** Of the real image to the nearest other real image. */
    public double ordinary() {
      return ordinary;
    }
  }

  private final int channels;
  private final int size;
  private final float[] reals;
  private final float[] synthetics;
  private final List<Pair> pairs;
  private final FeatureMap map;
  private final ImageBuilder images;

  Gallery(
      int channels,
      int size,
      float[] reals,
      float[] synthetics,
      List<Pair> pairs,
      FeatureMap map,
      ImageBuilder images) {
    this.channels = channels;
    this.size = size;
    this.reals = reals;
    this.synthetics = synthetics;
    this.pairs = pairs;
    this.map = map;
    this.images = images;
  }

  public int channels() {
    return channels;
  }

  /** Side of all pictures in pixels. */
  public int size() {
    return size;
  }

  /** Chosen at random, {@code [n, channels, size, size]}. */
  public float[] reals() {
    return reals;
  }

  /** Chosen at random, {@code [n, channels, size, size]}. */
  public float[] synthetics() {
    return synthetics;
  }

  /** The nearest ones first. */
  public List<Pair> pairs() {
    return pairs;
  }

  public FeatureMap map() {
    return map;
  }

  /** Turns the pictures into ImageJ images in the intensities of the real ones. */
  public ImageBuilder images() {
    return images;
  }
}
