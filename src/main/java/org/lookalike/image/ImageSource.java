package org.lookalike.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Pictures of the same kind (channels, bit depth), of any sizes. Safe to read from any thread. */
public interface ImageSource {
  /** The path, or the title of an open image. */
  String name();

  /**
   * Whether the source is that folder, or some of its files are in it.
   *
   * @param folder absolute and normalised
   */
  default boolean liesIn(Path folder) {
    return folder.toString().equals(name());
  }

  /** Number of pictures. */
  int count();

  /** What to call picture {@code i} in messages. */
  String nameOf(int i);

  /** Names of the pictures' classes; empty where they have none. */
  default List<String> classes() {
    return List.of();
  }

  /** The number of picture {@code i}'s class among {@link #classes()}. */
  default int classOf(int i) {
    throw new UnsupportedOperationException("pictures without classes");
  }

  ChannelImage read(int i) throws IOException;

  /** Width of picture {@code i}'s pixels in the unit of {@link #format()}. */
  default double pixelWidth(int i) {
    return format().pixelWidth();
  }

  /** How the pictures look in ImageJ; that of the first. */
  PixelFormat format();
}
