package org.lookalike.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there whole or not at all: written beside their place, then moved over it. */
public final class WholeFiles {
  private WholeFiles() {}

  /** Writes a file. */
  public interface Content {
    void writeTo(Path part) throws IOException;
  }

  /**
   * Writes {@code file}, or leaves what was there.
   *
   * @throws IOException if it cannot be written or replaced; nothing is left beside it then
   */
  public static void write(Path file, Content content) throws IOException {
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    try {
      content.writeTo(part);
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** The same for a text, in UTF-8. */
  public static void write(Path file, String text) throws IOException {
    write(file, part -> Files.writeString(part, text));
  }
}
