package org.lookalike.image;

import ij.ImagePlus;
import ij.io.FileSaver;
import ij.plugin.Duplicator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Saves images so that a file is there whole or not at all. */
public final class ImageFiles {
  private ImageFiles() {}

  /** A TIFF with calibration and colours. */
  public static void saveTiff(ImagePlus imp, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Path part = target.resolveSibling(target.getFileName() + ".part");
    FileSaver saver = new FileSaver(imp);
    boolean saved =
        imp.getStackSize() > 1
            ? saver.saveAsTiffStack(part.toString())
            : saver.saveAsTiff(part.toString());
    if (!saved) throw new IOException(file + " could not be written");
    Files.move(part, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  /** One TIFF an image, {@code prefix-0001.tif} and on; channels stay together. */
  public static void saveFolder(ImagePlus stack, Path folder, String prefix) throws IOException {
    Files.createDirectories(folder);
    int channels = stack.getNChannels();
    int count = stack.getStackSize() / channels;
    for (int i = 1; i <= count; i++) {
      ImagePlus one = new Duplicator().run(stack, 1, channels, i, i, 1, 1);
      saveTiff(one, folder.resolve(String.format("%s-%04d.tif", prefix, i)));
    }
  }
}
