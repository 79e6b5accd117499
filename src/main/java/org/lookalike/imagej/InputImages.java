package org.lookalike.imagej;

import ij.ImagePlus;
import ij.WindowManager;
import java.io.File;
import java.util.function.Consumer;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.image.InputException;

/** Finds the images a user means: an open image, a file or a folder. */
final class InputImages {
  /** Marks windows that show a training, which nobody wants to train on. */
  static final String LIVE = "lookalike.live";

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
    if (!input.exists()) {
      ImagePlus titled = WindowManager.getImage(input.getPath());
      if (titled != null) return ImageSources.of(titled);
    }
    return ImageSources.open(input.toPath(), log);
  }

  private static ImagePlus activeImage() {
    ImagePlus active = WindowManager.getCurrentImage();
    if (active == null) {
      throw new InputException(
          "There are no images to train on: open a stack, or give a folder or a file (input=…).");
    }
    if (active.getProperty(LIVE) != null) {
      throw new InputException(
          "The active window only shows a training: click on the images to train on,"
              + " or give a folder or a file (input=…).");
    }
    return active;
  }
}
