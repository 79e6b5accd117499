package org.lookalike.benchmark;

import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.function.Supplier;
import org.lookalike.image.ImageFiles;
import org.lookalike.image.ImageSources;
import org.lookalike.image.simulation.BrightfieldSimulator;
import org.lookalike.image.simulation.FluorescenceSimulator;
import org.lookalike.train.SimulatedNetworks;
import org.lookalike.train.TrainSettings;
import org.lookalike.train.Training;
import org.lookalike.train.TrainingListener;

/**
 * Makes the networks in the jar that trainings start from: the defaults, trained on simulated
 * fluorescence or brightfield images.
 *
 * <pre>
 * mvn -q -Pbenchmark compile exec:java \
 *   -Dmain-class=org.lookalike.benchmark.SimulatedStart -Dexec.args="simulated simulated 8 240000"
 * </pre>
 *
 * The words are which to make ({@code simulated}, {@code simulated-nearest}, {@code
 * simulated-brightfield} or {@code simulated-grey}), what to start from ({@code none}, or one of
 * these to train it further), the seed of the fields and the images to train on.
 */
public final class SimulatedStart {
  private static final Path FOLDER = Paths.get("target", "simulated-start");
  private static final int FIELDS = 6000;
  private static final int SIDE = 128;

  private SimulatedStart() {}

  public static void main(String[] args) throws IOException {
    SimulatedNetworks networks =
        SimulatedNetworks.named(args[0])
            .orElseThrow(() -> new IllegalArgumentException("No networks are called " + args[0]));
    Path folder = FOLDER.resolve(networks.word());
    Files.createDirectories(folder);
    Path run = folder.resolve("run");
    TrainSettings settings =
        TrainSettings.parse(made(networks) + " sampling=patches")
            .with(TrainSettings.START_FROM, args[1])
            .with(TrainSettings.IMAGES, Long.parseLong(args[3]));
    Path fields = folder.resolve("fields.tif");
    draw(networks, Long.parseLong(args[2]), fields);
    Training training = Training.start(ImageSources.open(fields, line -> {}), settings, run);
    training.addListener(
        new TrainingListener() {
          @Override
          public void message(String line) {
            System.err.println(line);
          }
        });
    training.run();
    networks.keep(run, Paths.get("src", "main", "resources"));
    System.exit(0);
  }

  /** What these networks are beside the default; the trainings they are for begin by comparing. */
  private static String made(SimulatedNetworks networks) {
    String nearest =
        networks == SimulatedNetworks.FLUORESCENCE_NEAREST ? " upsampling=nearest" : "";
    return "minibatch_until=end" + nearest;
  }

  private static Supplier<ImageProcessor> simulator(SimulatedNetworks networks, long seed) {
    switch (networks) {
      case BRIGHTFIELD:
        return new BrightfieldSimulator(SIDE, seed)::next;
      case BRIGHTFIELD_IN_GREY:
        BrightfieldSimulator coloured = new BrightfieldSimulator(SIDE, seed);
        return () -> coloured.next().convertToByteProcessor();
      default:
        return new FluorescenceSimulator(SIDE, seed)::next;
    }
  }

  /** A stack of simulated fields. */
  private static void draw(SimulatedNetworks networks, long seed, Path file) throws IOException {
    Supplier<ImageProcessor> simulator = simulator(networks, seed);
    ImageStack stack = new ImageStack(SIDE, SIDE);
    for (int i = 0; i < FIELDS; i++) stack.addSlice(simulator.get());
    ImageFiles.saveTiff(new ImagePlus("fields", stack), file);
  }
}
