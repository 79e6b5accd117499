package org.lookalike.image;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.TiffDecoder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;

/** Where new images go: a TIFF file for a stack, or a folder for one file an image. */
public final class ImageOutput {
  private static final String PREFIX = "synthetic";

  /** Where ImageJ keeps what Image &gt; Show Info tells. */
  private static final String INFO = "Info";

  private static final String MARK = "Synthetic, made by Lookalike: ";

  private final Path path;

  private ImageOutput(Path path) {
    this.path = path;
  }

  /**
   * Checks that images can go there, before they are made, and makes the folders that are missing.
   *
   * @param path a file ending in .tif or .tiff, or a folder
   * @param real name of the real images' source, among which nothing is written
   * @throws InputException if nothing can be written there, the folder holds such images already,
   *     or the file is not one of {@linkplain #mark ours}
   */
  public static ImageOutput at(Path path, String real) {
    ImageOutput output = new ImageOutput(path);
    Path absolute = path.toAbsolutePath().normalize();
    Path folder = output.isStack() ? absolute.getParent() : absolute;
    if (absolute.toString().equals(real) || ImageSources.readsFrom(real, folder)) {
      throw new InputException(
          path
              + " is where the real images are that the model was trained on; give another output.");
    }
    if (output.isStack() && Files.isDirectory(path)) {
      throw new InputException(
          path + " is a folder; give the name of a file, or of a folder without .tif.");
    }
    if (output.isStack() && Files.exists(path) && !isMarked(path)) {
      throw new InputException(
          path
              + " does not say that Lookalike made it, so it is not overwritten; give another"
              + " output.");
    }
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "lookalike", ".part"));
      if (!output.isStack() && holdsImages(folder)) {
        throw new InputException(
            folder + " holds synthetic images already; give another folder, or empty it.");
      }
    } catch (IOException e) {
      throw new InputException(
          "Nothing can be written to " + folder + "; give a folder where you may write.", e);
    }
    return output;
  }

  /**
   * Writes into an image's info that it is synthetic; TIFF files keep it.
   *
   * @param origin what it was made by
   */
  public static void mark(ImagePlus made, String origin) {
    made.setProperty(INFO, MARK + origin);
  }

  private static boolean isMarked(Path file) {
    TiffDecoder decoder =
        new TiffDecoder(
            file.toAbsolutePath().getParent() + File.separator, file.getFileName().toString());
    try {
      FileInfo[] info = decoder.getTiffInfo();
      return info != null && info[0].info != null && info[0].info.startsWith(MARK);
    } catch (IOException noTiff) {
      return false;
    }
  }

  private static boolean holdsImages(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.anyMatch(file -> file.getFileName().toString().matches(PREFIX + "-\\d+\\.tif"));
    }
  }

  /** Whether all images go into one file. */
  public boolean isStack() {
    String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
    return name.endsWith(".tif") || name.endsWith(".tiff");
  }

  /**
   * Writes images; into a folder as {@code synthetic-0001.tif} and on.
   *
   * @param before images that were written there before these
   */
  public void save(ImagePlus images, int before) throws IOException {
    if (isStack()) ImageFiles.saveTiff(images, path);
    else ImageFiles.saveFolder(images, path, PREFIX, before);
  }
}
