package org.lookalike.train;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.Opener;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.lookalike.image.ImageFiles;
import org.lookalike.image.TextFiles;

/** Writes {@code history.csv}, {@code samples.tif} and {@code log.txt} of a run folder. */
final class RunRecorder implements TrainingListener {
  private static final int COLUMNS = 8;
  private static final String LABEL = "images ";

  private final RunFolder folder;
  private final List<HistoryRow> history = new ArrayList<>();
  private TrainingRun run;
  private ImageStack slices;

  /**
   * @param images how far the run has come; what an earlier session recorded beyond is dropped
   * @param log is told of what cannot be read
   */
  RunRecorder(RunFolder folder, long images, Consumer<String> log) throws IOException {
    this.folder = folder;
    if (Files.exists(folder.history())) recallHistory(images, log);
    if (Files.exists(folder.samples())) recallSamples(images);
  }

  private void recallHistory(long images, Consumer<String> log) throws IOException {
    List<String> lines = Files.readAllLines(folder.history());
    for (String line : lines.subList(Math.min(1, lines.size()), lines.size())) {
      try {
        HistoryRow row = HistoryRow.parse(line);
        if (row.images <= images) history.add(row);
      } catch (IllegalArgumentException e) {
        log.accept("Left out a line of history.csv that is no row (" + e.getMessage() + ").");
      }
    }
  }

  /** The rows of earlier sessions. */
  List<HistoryRow> history() {
    return List.copyOf(history);
  }

  private void recallSamples(long images) {
    ImagePlus old = new Opener().openImage(folder.samples().toString());
    if (old == null) return;
    for (int i = 1; i <= old.getStackSize(); i++) {
      String label = old.getStack().getSliceLabel(i);
      if (label == null || !label.startsWith(LABEL)) continue;
      if (Long.parseLong(label.substring(LABEL.length()).trim()) > images) continue;
      addSlice(label, old.getStack().getProcessor(i));
    }
  }

  private void addSlice(String label, ImageProcessor slice) {
    if (slices == null) slices = new ImageStack(slice.getWidth(), slice.getHeight());
    slices.addSlice(label, slice);
  }

  @Override
  public void started(TrainingRun started) {
    run = started;
  }

  @Override
  public void message(String line) {
    try {
      Files.write(
          folder.log(),
          (line + System.lineSeparator()).getBytes(StandardCharsets.UTF_8),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In the log too, unless that is what failed. */
  @Override
  public void failed(Throwable cause) {
    try {
      message("The training failed: " + cause);
    } catch (UncheckedIOException e) {
      cause.addSuppressed(e);
    }
  }

  @Override
  public void measured(HistoryRow row) {
    history.add(row);
    StringBuilder csv = new StringBuilder(String.join(",", HistoryRow.COLUMNS)).append('\n');
    for (HistoryRow each : history) csv.append(each.toCsv()).append('\n');
    try {
      TextFiles.replace(folder.history(), csv.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
    try {
      ImageFiles.saveTiff(all, folder.samples());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
