package org.lookalike.image;

/** One picture: values in the file's own units, laid out {@code [channel][y][x]}. */
public final class ChannelImage {
  private final int channels;
  private final int height;
  private final int width;
  private final float[] values;

  /**
   * @param values {@code channels * height * width} of them; kept, not copied
   */
  public ChannelImage(int channels, int height, int width, float[] values) {
    if (values.length != channels * height * width) {
      throw new IllegalArgumentException(
          "values do not fit " + channels + "x" + height + "x" + width);
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.values = values;
  }

  public int channels() {
    return channels;
  }

  public int height() {
    return height;
  }

  public int width() {
    return width;
  }

  public float[] values() {
    return values;
  }
}
