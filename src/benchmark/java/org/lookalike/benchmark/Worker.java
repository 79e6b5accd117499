package org.lookalike.benchmark;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.io.Opener;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Locale;
import org.lookalike.image.ImageSources;
import org.lookalike.train.EngineTask;
import org.lookalike.train.Progress;
import org.lookalike.train.TrainSettings;
import org.lookalike.train.Training;
import org.lookalike.train.TrainingListener;

/** Our process: obeys the same commands as the peer. */
public final class Worker {
  private static final Path SAMPLE = Paths.get("sample-data", "nuclei.tif");

  private EngineTask task;
  private StockTask stock;

  private Worker() {}

  public static void main(String[] args) throws IOException {
    Worker worker = new Worker();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(worker.answer(line));
      System.out.flush();
    }
    // ND4J and ImageJ leave threads behind.
    System.exit(0);
  }

  private String answer(String line) throws IOException {
    String[] words = line.split(" ", 3);
    switch (words[0]) {
      case "load":
        task = new EngineTask(words[2]);
        task.export(Paths.get(words[1]));
        return "ok";
      case "check":
        task.check(Paths.get(words[1]));
        return "ok";
      case "time":
        if (!words[1].equals("stock")) return task.time(words[1], Integer.parseInt(words[2]));
        if (stock == null) stock = new StockTask();
        return stock.time(Integer.parseInt(words[2]));
      case "measures":
        return MeasuresTask.time();
      case "pictures":
        return pictures(Paths.get(words[1]), Integer.parseInt(words[2]));
      case "train":
        return train(Paths.get(words[1]), words[2]);
      default:
        throw new IllegalArgumentException(line);
    }
  }

  /** Writes PNGs of 128 px: the sample's slices with their noise moved about. */
  private static String pictures(Path folder, int n) throws IOException {
    Files.createDirectories(folder);
    ImagePlus sample = new Opener().openImage(SAMPLE.toString());
    ImageStack slices = sample.getStack();
    for (int i = 0; i < n; i++) {
      ImagePlus one = new ImagePlus("one", slices.getProcessor(1 + i % slices.size()).duplicate());
      one.getProcessor().rotate(90.0 * (i / slices.size() % 4));
      one.getProcessor().add(i % 7);
      new FileSaver(one).saveAsPng(folder.resolve(String.format("%05d.png", i)).toString());
    }
    return "ok";
  }

  /** Trains on a folder; images a second in the second half of the training. */
  private static String train(Path folder, String typed) throws IOException {
    String[] parts = typed.split(" ", 2);
    Path run = Paths.get(parts[0]);
    TrainSettings settings = TrainSettings.parse(parts[1]);
    Training training = Training.start(ImageSources.open(folder, line -> {}), settings, run);
    long[] middle = new long[2];
    long[] end = new long[2];
    long goal = settings.get(TrainSettings.IMAGES);
    training.addListener(
        new TrainingListener() {
          @Override
          public void progressed(Progress progress) {
            long[] target = progress.images() * 2 < goal ? middle : end;
            target[0] = progress.images();
            target[1] = System.nanoTime();
          }
        });
    training.run();
    double speed = (end[0] - middle[0]) / ((end[1] - middle[1]) / 1e9);
    return String.format(Locale.ROOT, "%.1f", speed);
  }
}
