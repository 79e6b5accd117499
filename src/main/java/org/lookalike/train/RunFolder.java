package org.lookalike.train;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lookalike.gan.GanModel;
import org.lookalike.image.InputException;

/** The files of one training. */
final class RunFolder {
  private final Path path;

  RunFolder(Path path) {
    this.path = path.toAbsolutePath().normalize();
  }

  /**
   * Makes the folder for a new run.
   *
   * @throws InputException if it holds a run already or cannot be written
   */
  static RunFolder create(Path path) {
    RunFolder folder = new RunFolder(path);
    if (Files.exists(folder.settings()) || Files.exists(folder.checkpoint())) {
      throw new InputException(
          String.format(
              "%s holds another training, which is not overwritten; choose another folder, or"
                  + " continue it with resume.",
              path));
    }
    try {
      Files.createDirectories(folder.path);
      Files.delete(Files.createTempFile(folder.path, "lookalike", ".part"));
    } catch (FileAlreadyExistsException e) {
      throw new InputException(path + " is a file; give a folder for the training's results.", e);
    } catch (IOException e) {
      throw new InputException(
          path + " cannot be written; choose a folder where you may write.", e);
    }
    return folder;
  }

  /**
   * Opens the folder of a run.
   *
   * @throws InputException if there is none to resume
   */
  static RunFolder open(Path path) {
    RunFolder folder = new RunFolder(path);
    if (!Files.isDirectory(folder.path)) {
      throw new InputException("There is no folder " + path + "; give a training's run folder.");
    }
    if (!Files.exists(folder.checkpoint())) {
      throw new InputException(
          path + " holds no checkpoint.zip, so there is no training in it to go on from.");
    }
    return folder;
  }

  Path path() {
    return path;
  }

  Path settings() {
    return path.resolve("settings.json");
  }

  Path checkpoint() {
    return path.resolve("checkpoint.zip");
  }

  Path model() {
    return path.resolve(GanModel.FILE_NAME);
  }

  Path history() {
    return path.resolve("history.csv");
  }

  Path samples() {
    return path.resolve("samples.tif");
  }

  Path log() {
    return path.resolve("log.txt");
  }
}
