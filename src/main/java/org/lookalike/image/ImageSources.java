package org.lookalike.image;

import ij.ImagePlus;
import ij.io.FileInfo;
import ij.io.Opener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens image sources. */
public final class ImageSources {
  private static final Set<String> SIDE_FILES =
      Set.of("csv", "txt", "json", "xml", "md", "db", "html", "log", "ini", "zip", "roi");

  /** A run folder has it, whose samples are no images of a laboratory. */
  private static final String CHECKPOINT = "checkpoint.zip";

  /** Whether Fiji's plugin for further file kinds is there. */
  private static final boolean OPENS_MORE =
      ImageSources.class.getClassLoader().getResource("HandleExtraFileTypes.class") != null;

  private ImageSources() {}

  /** The pictures of an open image, which is not changed. */
  public static ImageSource of(ImagePlus imp) {
    return new ImagePlusSource(imp, imp.getTitle());
  }

  /**
   * A folder of images of whatever kind ImageJ opens, a folder of such folders, or one file with a
   * stack. Subfolders count only where the folder itself holds no images, and never those of
   * trainings.
   *
   * @param log is told of files that were skipped
   * @throws InputException if there are no images there, or one cannot be read whole
   */
  public static ImageSource open(Path path, Consumer<String> log) {
    if (!Files.exists(path)) {
      throw new InputException("There is no " + path + "; give a folder of images or a stack.");
    }
    if (!Files.isReadable(path)) {
      throw new InputException(path + " may not be read; ask for permission or copy it.");
    }
    return Files.isDirectory(path) ? openFolder(path, log) : openFile(path);
  }

  private static ImageSource openFile(Path file) {
    ImagePlus imp = openQuietly(file);
    if (imp == null) {
      throw new InputException(
          file + " is not an image that ImageJ can open; give a TIFF stack or a folder.");
    }
    return new ImagePlusSource(imp, file.toAbsolutePath().normalize().toString());
  }

  private static ImageSource openFolder(Path folder, Consumer<String> log) {
    List<Path> inside = candidates(folder);
    List<Path> folders = subfolders(folder, log);
    boolean own = anyOpens(inside);
    List<Path> below = new ArrayList<>();
    if (!own) for (Path inner : folders) below.addAll(candidates(inner));
    List<Path> files = below.isEmpty() ? inside : below;
    if (files.isEmpty()) {
      throw new InputException("The folder " + folder + " holds no images; give another one.");
    }
    if (own && !folders.isEmpty()) {
      log.accept("The subfolders of " + folder + " are left out, since it holds images itself.");
    }
    FolderSource source = new FolderSource(folder);
    int bad = 0;
    String example = "";
    for (Path file : files) {
      ImagePlus imp = openQuietly(file);
      if (imp == null) {
        bad++;
        example = file.getFileName().toString();
        log.accept("Skipped " + example + ": not an image ImageJ can open.");
      } else {
        source.add(file, imp);
      }
    }
    if (2 * bad > files.size()) {
      throw new InputException(
          String.format(
              "%d of the %d files in %s are no images (%s, for one); give a folder of images.",
              bad, files.size(), folder, example));
    }
    if (bad > 0) {
      String were = bad == 1 ? "was" : "were";
      log.accept(String.format("%d of %d files %s skipped.", bad, files.size(), were));
    }
    return source;
  }

  private static List<Path> candidates(Path folder) {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(Files::isRegularFile)
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .filter(f -> !SIDE_FILES.contains(extension(f)))
          .sorted()
          .collect(Collectors.toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> subfolders(Path folder, Consumer<String> log) {
    List<Path> folders = new ArrayList<>();
    try (Stream<Path> all = Files.list(folder)) {
      all.filter(Files::isDirectory)
          .filter(f -> !f.getFileName().toString().startsWith("."))
          .sorted()
          .forEach(folders::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<Path> runs = new ArrayList<>(folders);
    runs.removeIf(f -> !Files.exists(f.resolve(CHECKPOINT)));
    for (Path run : runs) log.accept(run + " holds a training's results and is left out.");
    folders.removeAll(runs);
    return folders;
  }

  /**
   * Whether a file in {@code folder} would be read as one of the images of {@code images}.
   *
   * @param images path or title of a source
   * @param folder absolute and normalised
   */
  static boolean readsFrom(String images, Path folder) {
    Path read;
    try {
      read = Paths.get(images);
    } catch (InvalidPathException title) {
      return false;
    }
    if (!read.isAbsolute() || !Files.isDirectory(read)) return false;
    return folder.equals(read)
        || read.equals(folder.getParent()) && mayBeClass(folder) && !anyOpens(candidates(read));
  }

  private static boolean mayBeClass(Path folder) {
    return !folder.getFileName().toString().startsWith(".")
        && !Files.exists(folder.resolve(CHECKPOINT));
  }

  private static boolean anyOpens(List<Path> files) {
    return files.stream().anyMatch(file -> openQuietly(file) != null);
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** {@code null} for what is no image, without a dialog. */
  static ImagePlus openQuietly(Path file) {
    Opener opener = new Opener();
    opener.setSilentMode(true);
    // Asked first, since the opener reports unknown kinds to ImageJ's log; Fiji knows more kinds.
    if (opener.getFileType(file.toAbsolutePath().toString()) == Opener.UNKNOWN && !OPENS_MORE) {
      return null;
    }
    ImagePlus imp;
    try {
      imp = opener.openImage(file.toAbsolutePath().toString());
    } catch (RuntimeException damaged) {
      return null;
    }
    if (imp == null || imp.getProcessor() == null) return null;
    requireWhole(imp, file);
    return imp;
  }

  /** ImageJ opens what it can of a stack that is cut off or larger than memory. */
  private static void requireWhole(ImagePlus imp, Path file) {
    FileInfo info = imp.getOriginalFileInfo();
    if (info == null || imp.getStackSize() >= info.nImages) return;
    throw new InputException(
        String.format(
            "Of %s only %d of %d slices could be read; give Java more memory (-Xmx), or copy the"
                + " file again if it is cut off.",
            file, imp.getStackSize(), info.nImages));
  }
}
