package org.lookalike.imagej;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Plot;
import java.io.File;
import java.util.function.Consumer;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.image.InputException;

/** Finds the images a user means: an open image, a file or a folder. */
final class InputImages {
  /** Marks windows that show a training, which nobody wants to train on. */
  static final String LIVE = "lookalike.live";

  /** Marks images that a model made. */
  private static final String SYNTHETIC = "lookalike.synthetic";

  private InputImages() {}

  /**
   * The source of real images.
   *
   * @param image goes first if it is not {@code null}
   * @param input a folder, a file or the title of an open image; blank for the active image
   * @param log told what was skipped and why
   * @throws InputException if there is no such image
   */
  static ImageSource open(ImagePlus image, File input, Consumer<String> log) {
    if (image != null) return ImageSources.of(image);
    if (LookalikeCommand.isBlank(input)) return ImageSources.of(activeImage());
    ImagePlus titled = titled(input.getPath());
    return titled == null ? ImageSources.open(input.toPath(), log) : ImageSources.of(titled);
  }

  /**
   * The open image of that title; {@code null} if there is none, or a file of that name, unless
   * that file only happens to lie where ImageJ was started.
   */
  static ImagePlus titled(String name) {
    File file = new File(name);
    return file.isAbsolute() && file.exists() ? null : WindowManager.getImage(name);
  }

  /**
   * Those to train on: without input the active image, unless it was made by a model.
   *
   * @throws InputException if there is no such image
   */
  static ImageSource toTrainOn(ImagePlus image, File input, Consumer<String> log) {
    boolean active = image == null && LookalikeCommand.isBlank(input);
    if (active) {
      ImagePlus chosen = activeImage();
      if (chosen.getProperty(SYNTHETIC) != null) {
        throw new InputException(
            "The active image is synthetic: click on the real images to train on, or give a folder"
                + " or a file (input=…).");
      }
      log.accept("Training on the active image, " + chosen.getTitle() + ".");
    }
    return open(image, input, log);
  }

  /** Marks images as made by a model. */
  static ImagePlus synthetic(ImagePlus made) {
    made.setProperty(SYNTHETIC, true);
    return made;
  }

  private static ImagePlus activeImage() {
    ImagePlus active = WindowManager.getCurrentImage();
    if (active == null) {
      throw new InputException("There are no images: open a stack, or give a folder or a file.");
    }
    if (active.getProperty(LIVE) != null || active.getProperty(Plot.PROPERTY_KEY) != null) {
      throw new InputException(
          "The active window only shows a training or a plot: click on the images you mean,"
              + " or give a folder or a file.");
    }
    return active;
  }
}
