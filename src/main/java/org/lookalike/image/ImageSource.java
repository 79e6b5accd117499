package org.lookalike.image;

import java.io.IOException;

/** Pictures of the same kind (channels, bit depth), of any sizes. Safe to read from any thread. */
public interface ImageSource {
  /** The path, or the title of an open image. */
  String name();

  /** Number of pictures. */
  int count();

  /** What to call picture {@code i} in messages. */
  String nameOf(int i);

  ChannelImage read(int i) throws IOException;

  /** How the pictures look in ImageJ; that of the first. */
  PixelFormat format();
}
