package org.lookalike.image;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileInfo;
import ij.io.FileSaver;
import ij.io.TiffEncoder;
import ij.process.ImageProcessor;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.imageio.ImageIO;

/** Saves images so that a file is there whole or not at all. */
public final class ImageFiles {
  private ImageFiles() {}

  /** A TIFF with calibration and colours. */
  public static void saveTiff(ImagePlus imp, Path file) throws IOException {
    FileInfo info = description(imp);
    WholeFiles.write(
        file,
        part -> {
          try (DataOutputStream out =
              new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            new TiffEncoder(info).write(out);
          }
        });
  }

  /** What FileSaver writes too, which tells of a full disk by a dialog that somebody must close. */
  private static FileInfo description(ImagePlus imp) {
    FileSaver saver = new FileSaver(imp);
    FileInfo info = imp.getFileInfo();
    info.nImages = imp.getStackSize();
    info.description = saver.getDescriptionString();
    info.info = imp.getInfoProperty();
    info.sliceLabels = imp.getStack().getSliceLabels();
    info.properties = imp.getPropertiesAsArray();
    if (imp.isComposite()) saver.saveDisplayRangesAndLuts(imp, info);
    return info;
  }

  /** A picture as the bytes of a PNG file. */
  public static byte[] png(ImageProcessor picture) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (!ImageIO.write(picture.getBufferedImage(), "png", bytes)) {
      throw new IOException("No PNG can be written here");
    }
    return bytes.toByteArray();
  }

  /** A picture as a PNG file. */
  public static void savePng(ImageProcessor picture, Path file) throws IOException {
    WholeFiles.write(file, part -> Files.write(part, png(picture)));
  }

  /**
   * One TIFF an image, {@code prefix-0001.tif} and on; channels stay together.
   *
   * @param before numbers that are taken
   */
  public static void saveFolder(ImagePlus stack, Path folder, String prefix, int before)
      throws IOException {
    Files.createDirectories(folder);
    int channels = stack.getNChannels();
    int count = stack.getStackSize() / channels;
    for (int i = 0; i < count; i++) {
      String name = String.format(Locale.ROOT, "%s-%04d.tif", prefix, before + i + 1);
      saveTiff(part(stack, i, channels), folder.resolve(name));
    }
  }

  /** The i-th picture of a stack, with its channels. */
  private static ImagePlus part(ImagePlus stack, int i, int channels) {
    ImageStack slices = new ImageStack(stack.getWidth(), stack.getHeight());
    for (int c = 1; c <= channels; c++) {
      slices.addSlice(stack.getStack().getProcessor(i * channels + c));
    }
    ImagePlus one = new ImagePlus(stack.getTitle(), slices);
    one.setDimensions(channels, 1, 1);
    one.setProperty("Info", stack.getInfoProperty());
    if (channels > 1) {
      int mode = ((CompositeImage) stack).getMode();
      CompositeImage composite = new CompositeImage(one, mode);
      composite.setLuts(stack.getLuts());
      one = composite;
    } else {
      one.setDisplayRange(stack.getDisplayRangeMin(), stack.getDisplayRangeMax());
    }
    one.setCalibration(stack.getCalibration());
    return one;
  }
}
