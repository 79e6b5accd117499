package org.lookalike.train;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.lookalike.gan.GanModel;
import org.lookalike.image.ImageSource;
import org.lookalike.image.InputException;
import org.lookalike.image.WholeFiles;

/** The files of one training. */
final class RunFolder {
  /** Folders that this program trains in. */
  private static final Set<Path> TRAINED_HERE = ConcurrentHashMap.newKeySet();

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
    if (Files.exists(folder.checkpoint())) {
      throw new InputException(
          String.format(
              "%s holds another training, which is not overwritten; choose another folder, or"
                  + " continue it with resume.",
              path));
    }
    for (Path file : folder.files()) {
      if (!Files.exists(file)) continue;
      throw new InputException(
          String.format(
              "%s holds a file %s, which is not overwritten; choose another folder.",
              path, file.getFileName()));
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
   * @throws InputException if results would be laid among the images
   */
  static void checkApart(Path path, ImageSource images) {
    if (!images.liesIn(new RunFolder(path).path)) return;
    throw new InputException(
        path + " is a folder of the images; choose another folder for the training's results.");
  }

  /**
   * Copies the results of a finished training, before a longer one replaces them.
   *
   * @param images seen in it
   * @return what was done, for the log
   */
  String keepAside(long images) throws IOException {
    StringBuilder names = new StringBuilder();
    for (Path file : List.of(model(), checkpoint())) {
      if (!Files.exists(file)) continue;
      String name = file.getFileName().toString().replace(".zip", "-" + images + ".zip");
      WholeFiles.write(
          path.resolve(name), part -> Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING));
      names.append(names.length() == 0 ? "" : " and ").append(name);
    }
    return String.format("The results so far are kept as %s.", names);
  }

  /**
   * Keeps other programs and windows from training in the folder.
   *
   * @return to be closed when it is free again; does nothing where the disk knows no locks
   * @throws InputException if somebody else trains there
   */
  Closeable lock() throws IOException {
    Path real = path.toRealPath();
    // A second channel on the file would free the first one's lock when it is closed.
    if (!TRAINED_HERE.add(real)) throw trainedElsewhere();
    try {
      Closeable lock = lockFile();
      return () -> {
        try {
          lock.close();
        } finally {
          TRAINED_HERE.remove(real);
        }
      };
    } catch (IOException | RuntimeException e) {
      TRAINED_HERE.remove(real);
      throw e;
    }
  }

  /** The file stays when it is free again: who waits for it may have it open. */
  private Closeable lockFile() throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException byAnotherCopyOfThisPlugin) {
      lock = null;
    } catch (IOException noLocksHere) {
      return channel;
    }
    if (lock == null) {
      channel.close();
      throw trainedElsewhere();
    }
    return channel;
  }

  private InputException trainedElsewhere() {
    return new InputException(
        path + " is being trained in another window or program; end that training first.");
  }

  private List<Path> files() {
    return List.of(settings(), checkpoint(), model(), history(), samples(), log());
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
