package org.lookalike.train;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.Opener;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.lookalike.image.ImageFiles;
import org.lookalike.image.TextFiles;

/** Writes {@code history.csv}, {@code samples.tif} and {@code log.txt} of a run folder. */
final class RunRecorder implements TrainingListener {
  private static final int COLUMNS = 8;
  private static final String LABEL = "images ";

  private final RunFolder folder;
  private final Consumer<String> warn;
  private final List<HistoryRow> history = new ArrayList<>();
  private final StringBuilder csv = new StringBuilder();
  private final Set<Path> unwritable = new HashSet<>();
  private TrainingRun run;
  private ImageStack slices;

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
    if (Files.exists(folder.samples())) recallSamples(images, log);
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

  private void recallSamples(long images, Consumer<String> log) {
    ImagePlus old = new Opener().openImage(folder.samples().toString());
    if (old == null) return;
    for (int i = 1; i <= old.getStackSize(); i++) {
      String label = old.getStack().getSliceLabel(i);
      if (label == null || !label.startsWith(LABEL)) continue;
      try {
        long seen = Long.parseLong(label.substring(LABEL.length()).trim());
        if (seen <= images) addSlice(label, old.getStack().getProcessor(i));
      } catch (NumberFormatException e) {
        log.accept("Left out a slice of samples.tif whose label is not ours, " + label + ".");
      }
    }
  }

  private void addSlice(String label, ImageProcessor slice) {
    boolean fits =
        slices != null
            && slices.getWidth() == slice.getWidth()
            && slices.getHeight() == slice.getHeight()
            && slices.getBitDepth() == slice.getBitDepth();
    // Slices that somebody has scaled or converted cannot stand beside new ones.
    if (!fits) slices = new ImageStack(slice.getWidth(), slice.getHeight());
    slices.addSlice(label, slice);
  }

  @Override
  public void started(TrainingRun started) {
    run = started;
  }

  @Override
  public void message(String line) {
    write(
        folder.log(),
        file ->
            Files.write(
                file,
                (line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND));
  }

  @Override
  public void failed(Throwable cause) {
    message("The training failed: " + cause);
  }

  @Override
  public void measured(HistoryRow row) {
    add(row);
    write(folder.history(), file -> TextFiles.replace(file, csv.toString()));
  }

  /** What writes a file. */
  private interface Writing {
    void to(Path file) throws IOException;
  }

  /** A file that somebody holds open, or a full disk, is no reason to lose a training. */
  private void write(Path file, Writing writing) {
    try {
      writing.to(file);
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
    int channels = picture.getStackSize();
    for (int c = 1; c <= channels; c++) {
      addSlice(LABEL + grid.images(), picture.getStack().getProcessor(c));
    }
    ImagePlus all = new ImagePlus("samples", slices);
    all.setCalibration(picture.getCalibration());
    if (channels > 1) {
      all.setDimensions(channels, 1, slices.size() / channels);
      CompositeImage composite = new CompositeImage(all, CompositeImage.COMPOSITE);
      if (picture instanceof CompositeImage) composite.copyLuts(picture);
      all = composite;
    }
    ImagePlus saved = all;
    write(folder.samples(), file -> ImageFiles.saveTiff(saved, file));
  }
}
