package org.lookalike.image;

import ij.ImagePlus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The pictures of a folder's files and its subfolders' files, opened one file at a time. */
final class FolderSource implements ImageSource {
  private final Path folder;
  private final List<Path> fileOf = new ArrayList<>();
  private final List<Integer> indexInFile = new ArrayList<>();
  private final Map<Path, Double> pixelWidthOf = new HashMap<>();
  private final Map<Path, Double> shiftOf = new HashMap<>();
  private PixelFormat format;
  private Path firstFile;
  private Path openFile;
  private ImageSource open;
  private List<String> classes;
  private int[] classOf;

  FolderSource(Path folder) {
    this.folder = absolute(folder);
  }

  /**
   * Takes a file's pictures in.
   *
   * @throws InputException if they are of another kind than those before
   */
  void add(Path file, ImagePlus imp) {
    ImageSource source = new ImagePlusSource(imp, file.getFileName().toString());
    PixelFormat other = source.format();
    if (format == null) {
      format = other;
      firstFile = file;
    }
    if (other.channels() != format.channels()) {
      throw differing(file, other.channels() + " channels", format.channels());
    }
    if (other.bitDepth() != format.bitDepth()) {
      throw differing(file, other.bitDepth() + " bits", format.bitDepth());
    }
    if (!other.valuesShiftTo(format)) {
      throw PixelFormat.unlikeNumbers(file.getFileName(), firstFile.getFileName());
    }
    boolean sameUnit = String.valueOf(other.unit()).equals(String.valueOf(format.unit()));
    pixelWidthOf.put(file, sameUnit ? other.pixelWidth() : format.pixelWidth());
    shiftOf.put(file, other.shiftTo(format));
    classes = null;
    for (int i = 0; i < source.count(); i++) {
      fileOf.add(file);
      indexInFile.add(i);
    }
  }

  private InputException differing(Path file, String what, int first) {
    return new InputException(
        String.format(
            "%s has %s but %s has %d; convert the images so that all are of one kind.",
            file.getFileName(), what, firstFile.getFileName(), first));
  }

  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public boolean liesIn(Path other) {
    return other.equals(folder)
        || fileOf.stream().anyMatch(file -> other.equals(absolute(file).getParent()));
  }

  private static Path absolute(Path file) {
    return file.toAbsolutePath().normalize();
  }

  @Override
  public int count() {
    return fileOf.size();
  }

  @Override
  public String nameOf(int i) {
    Path path = folder.relativize(absolute(fileOf.get(i)));
    String file = path.toString().replace('\\', '/');
    return indexInFile.get(i) == 0 ? file : file + " (" + (indexInFile.get(i) + 1) + ")";
  }

  /** The subfolders that hold the files, if there are several; each is a class. */
  @Override
  public synchronized List<String> classes() {
    if (classes == null) {
      List<String> folders = fileOf.stream().map(this::subfolder).collect(Collectors.toList());
      List<String> names = folders.stream().distinct().sorted().collect(Collectors.toList());
      classOf = folders.stream().mapToInt(names::indexOf).toArray();
      classes = names.size() > 1 ? names : List.of();
    }
    return classes;
  }

  @Override
  public synchronized int classOf(int i) {
    return classes().isEmpty() ? -1 : classOf[i];
  }

  private String subfolder(Path file) {
    return folder.relativize(absolute(file).getParent()).toString();
  }

  @Override
  public synchronized ChannelImage read(int i) throws IOException {
    Path file = fileOf.get(i);
    if (!file.equals(openFile)) {
      ImagePlus imp = ImageSources.openQuietly(file);
      if (imp == null) throw new IOException(file + " can no longer be read as an image");
      open = new ImagePlusSource(imp, file.getFileName().toString());
      openFile = file;
    }
    ChannelImage image = open.read(indexInFile.get(i));
    format.shift(image.values(), shiftOf.get(file));
    return image;
  }

  @Override
  public double pixelWidth(int i) {
    return pixelWidthOf.get(fileOf.get(i));
  }

  @Override
  public PixelFormat format() {
    return format;
  }
}
