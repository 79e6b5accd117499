package org.lookalike.benchmark;

import ij.ImagePlus;
import ij.ImageStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.lookalike.image.ImageFiles;
import org.lookalike.image.ImageSources;
import org.lookalike.image.simulation.FluorescenceSimulator;
import org.lookalike.train.SimulatedNetworks;
import org.lookalike.train.TrainSettings;
import org.lookalike.train.Training;
import org.lookalike.train.TrainingListener;

/**
 * Makes the networks in the jar that trainings start from: the default, trained on simulated
 * fluorescence images.
 *
 * <pre>
 * mvn -q -Pbenchmark compile exec:java \
 *   -Dmain-class=org.lookalike.benchmark.SimulatedStart -Dexec.args="simulated 8 240000"
 * </pre>
 *
 * The words are what to start from ({@code none}, or {@code simulated} for the networks in the jar,
 * to train them further), the seed of the fields and the images to train on.
 */
public final class SimulatedStart {
  private static final Path FOLDER = Paths.get("target", "simulated-start");
  private static final int FIELDS = 6000;
  private static final int SIDE = 128;

  private SimulatedStart() {}

  public static void main(String[] args) throws IOException {
    Files.createDirectories(FOLDER);
    Path run = FOLDER.resolve("run");
    TrainSettings settings =
        TrainSettings.parse("sampling=patches")
            .with(TrainSettings.START_FROM, args[0])
            .with(TrainSettings.IMAGES, Long.parseLong(args[2]));
    Path fields = fields(Long.parseLong(args[1]));
    Training training = Training.start(ImageSources.open(fields, line -> {}), settings, run);
    training.addListener(
        new TrainingListener() {
          @Override
          public void message(String line) {
            System.err.println(line);
          }
        });
    training.run();
    SimulatedNetworks.keep(run, Paths.get("src", "main", "resources"));
    System.exit(0);
  }

  /** A stack of simulated fields. */
  private static Path fields(long seed) throws IOException {
    FluorescenceSimulator simulator = new FluorescenceSimulator(SIDE, seed);
    ImageStack stack = new ImageStack(SIDE, SIDE);
    for (int i = 0; i < FIELDS; i++) stack.addSlice(simulator.next());
    Path file = FOLDER.resolve("fields.tif");
    ImageFiles.saveTiff(new ImagePlus("fields", stack), file);
    return file;
  }
}
