package org.lookalike.image;

import java.util.List;

/**
 * What opening a data set decided; with it the same training views can be made again. Gson writes
 * and reads its fields by name.
 */
public final class DatasetInfo {
  String sourceName;
  long fingerprint;
  int imageCount;
  int size;
  int channels;
  boolean patches;
  boolean layout;
  boolean flips;
  boolean turns;
  boolean rotations;
  int[] heldOut = {};
  List<String> classes = List.of();
  IntensityScaling scaling;
  PixelFormat format;

  DatasetInfo() {}

  /** Path of the images, or title of the open one. */
  public String sourceName() {
    return sourceName;
  }

  public int imageCount() {
    return imageCount;
  }

  /** Side of a training view in pixels. */
  public int size() {
    return size;
  }

  public int channels() {
    return channels;
  }

  /** Whether views are patches, not whole images. */
  public boolean patches() {
    return patches;
  }

  /** Whether views are whole images that share a layout, as X-rays of one region do. */
  public boolean sharesLayout() {
    return layout;
  }

  public boolean flips() {
    return flips;
  }

  public boolean turns() {
    return turns;
  }

  /** Whether views for training are turned by any angle. */
  public boolean rotations() {
    return rotations;
  }

  /** Numbers of the images that are never trained on. */
  public int[] heldOut() {
    return heldOut.clone();
  }

  /** Names of the images' classes; empty where they have none. */
  public List<String> classes() {
    return classes == null ? List.of() : List.copyOf(classes);
  }

  /**
   * Whether the images have a dark background with few bright pixels, as fluorescence has: whether
   * a channel is scaled by its square root.
   */
  public boolean isDark() {
    for (int c = 0; c < channels; c++) if (scaling.squareRoot(c)) return true;
    return false;
  }

  public IntensityScaling scaling() {
    return scaling;
  }

  /** What synthetic images look like in ImageJ; its pixel size is that of the training views. */
  public PixelFormat format() {
    return format;
  }
}
