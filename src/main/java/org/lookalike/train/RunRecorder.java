package org.lookalike.train;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.Opener;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.lookalike.image.ImageFiles;
import org.lookalike.image.WholeFiles;

/** Writes {@code history.csv}, {@code samples.tif} and {@code log.txt} of a run folder. */
final class RunRecorder implements TrainingListener {
  private static final int COLUMNS = 8;
  private static final String LABEL = "images ";
  private static final Pattern LABELS = Pattern.compile(LABEL + "(\\d{1,18})");

  private final RunFolder folder;
  private final Consumer<String> warn;
  private final List<HistoryRow> history = new ArrayList<>();
  private final StringBuilder csv = new StringBuilder();
  private final Set<Path> unwritable = new HashSet<>();
  private TrainingRun run;
  private ImageStack slices;
  private ImagePlus samples;

  /** Lines that are not in the file yet. */
  private final StringBuilder unwrittenLines = new StringBuilder();

  /** Whether the slices that the folder holds are not as they were written. */
  private boolean foreign;

  /**
   * @param images how far the run has come; what an earlier session recorded beyond is dropped
   * @param log is told of what cannot be read
   * @param warn is told, later, of what cannot be written
   */
  RunRecorder(RunFolder folder, long images, Consumer<String> log, Consumer<String> warn)
      throws IOException {
    this.folder = folder;
    this.warn = warn;
    csv.append(String.join(",", HistoryRow.COLUMNS)).append('\n');
    if (Files.exists(folder.history())) recallHistory(images, log);
    if (Files.exists(folder.samples())) recallSamples(images);
  }

  private void recallHistory(long images, Consumer<String> log) throws IOException {
    List<String> lines = Files.readAllLines(folder.history());
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      try {
        HistoryRow row = HistoryRow.parse(line);
        if (row.images <= images) add(row);
      } catch (IllegalArgumentException e) {
        log.accept("Left out a line of history.csv that is no row (" + e.getMessage() + ").");
      }
    }
  }

  private void add(HistoryRow row) {
    history.add(row);
    csv.append(row.toCsv()).append('\n');
  }

  /** The rows of earlier sessions. */
  List<HistoryRow> history() {
    return List.copyOf(history);
  }

  private void recallSamples(long images) {
    Opener opener = new Opener();
    opener.setSilentMode(true);
    ImagePlus old = opener.openImage(folder.samples().toString());
    if (old == null) {
      foreign = true;
      return;
    }
    for (int i = 1; i <= old.getStackSize(); i++) {
      Matcher label = LABELS.matcher(String.valueOf(old.getStack().getSliceLabel(i)));
      foreign |= !label.matches();
      if (foreign) return;
      if (Long.parseLong(label.group(1)) <= images) {
        addSlice(label.group(), old.getStack().getProcessor(i));
      }
    }
  }

  private void addSlice(String label, ImageProcessor slice) {
    if (slices == null) slices = new ImageStack(slice.getWidth(), slice.getHeight());
    slices.addSlice(label, slice);
  }

  /** Slices that somebody has scaled, converted or named anew cannot stand beside new ones. */
  private void makeRoom(ImagePlus next, long images) throws IOException {
    foreign |=
        slices != null
            && (slices.getWidth() != next.getWidth()
                || slices.getHeight() != next.getHeight()
                || slices.getBitDepth() != next.getBitDepth()
                || slices.size() % next.getStackSize() != 0);
    if (!foreign) return;
    Path aside = folder.path().resolve("samples-" + images + ".tif");
    WholeFiles.write(
        aside, part -> Files.copy(folder.samples(), part, StandardCopyOption.REPLACE_EXISTING));
    foreign = false;
    slices = null;
    warn.accept(
        "samples.tif was changed by another program; it is kept as " + aside.getFileName() + ".");
  }

  @Override
  public void started(TrainingRun started) {
    run = started;
  }

  @Override
  public void message(String line) {
    unwrittenLines.append(line).append(System.lineSeparator());
    write(folder.log(), this::appendLines);
  }

  private void appendLines(Path file) throws IOException {
    String text = unwrittenLines.toString();
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    unwrittenLines.delete(0, text.length());
  }

  @Override
  public void ended(TrainingResult result) {
    writeWhatIsOwed();
  }

  @Override
  public void failed(Throwable cause) {
    message("The training failed: " + cause);
    writeWhatIsOwed();
  }

  /** Tries once more, and says what is not as it should be. */
  private void writeWhatIsOwed() {
    if (unwritable.contains(folder.history())) writeHistory();
    if (unwritable.contains(folder.samples()) && samples != null) {
      write(folder.samples(), file -> ImageFiles.saveTiff(samples, file));
    }
    for (Path file : List.copyOf(unwritable)) {
      warn.accept(file.getFileName() + " could not be written to the end of this training.");
    }
  }

  @Override
  public void measured(HistoryRow row) {
    add(row);
    writeHistory();
  }

  private void writeHistory() {
    write(folder.history(), file -> WholeFiles.write(file, csv.toString()));
  }

  /** A file that somebody holds open, or a full disk, is no reason to lose a training. */
  private void write(Path file, WholeFiles.Content content) {
    try {
      content.writeTo(file);
      unwritable.remove(file);
    } catch (IOException e) {
      if (!unwritable.add(file)) return;
      warn.accept(
          String.format(
              "%s cannot be written now (%s); the training goes on and tries again.",
              file.getFileName(), e));
    }
  }

  @Override
  public void sampled(SampleGrid grid) {
    ImagePlus picture =
        run.images().grid("samples", grid.fakes(), grid.count(), COLUMNS, grid.size(), 1);
    write(
        folder.samples(),
        file -> {
          makeRoom(picture, grid.images());
          add(picture, LABEL + grid.images());
          ImageFiles.saveTiff(samples, file);
        });
  }

  private void add(ImagePlus picture, String label) {
    int channels = picture.getStackSize();
    for (int c = 1; c <= channels; c++) addSlice(label, picture.getStack().getProcessor(c));
    samples = new ImagePlus("samples", slices);
    samples.setCalibration(picture.getCalibration());
    if (channels > 1) {
      samples.setDimensions(channels, 1, slices.size() / channels);
      CompositeImage composite = new CompositeImage(samples, CompositeImage.COMPOSITE);
      if (picture instanceof CompositeImage) composite.copyLuts(picture);
      samples = composite;
    }
  }
}
