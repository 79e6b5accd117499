package org.lookalike.lab;

import com.google.gson.Gson;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.lookalike.gan.Architecture;
import org.lookalike.gan.Archive;
import org.lookalike.gan.Gan;
import org.lookalike.gan.Latents;
import org.lookalike.gan.NetworkShape;
import org.lookalike.image.InputException;
import org.lookalike.nn.HostCopy;
import org.lookalike.nn.Pass;
import org.lookalike.train.Game;
import org.lookalike.train.HistoryRow;
import org.lookalike.train.RealImages;
import org.lookalike.train.TrainSettings;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One game with a mixture's points.
 *
 * <pre>{@code
 * LabRun run = LabRun.begin(Mixture.RING, LabMethod.named("gan"), 10_000, 1);
 * while (!run.isOver() && run.step()) {}
 * float[] points = run.samples(2500);
 * }</pre>
 */
public final class LabRun {
  /** Samples that modes are counted in, as in the papers. */
  static final int JUDGED = 2500;

  private static final int PAIRS = 256;
  private static final long SAMPLE_STREAM = 31;
  private static final String POSITION = "run.json";
  private static final long LARGEST_JSON = 1 << 20;

  /** Which run a file is of, and where it was; names are the file's. */
  private static final class Position {
    String layout;
    int planned;
    String settings;
    int step;
    long drawn;
    double seconds;
  }

  private final Mixture mixture;
  private final int steps;

  /** What is 1 for the networks. */
  private final double unit;

  /** As if nothing had passed between a save and its restoring. */
  private long start = System.nanoTime();

  private final RealImages reals = new Points();
  private Game game;
  private TrainSettings given;
  private int step;
  private long drawn;

  private LabRun(Mixture mixture, double unit, Game game, TrainSettings given, int steps) {
    this.mixture = mixture;
    this.unit = unit;
    this.game = game;
    this.given = given;
    this.steps = steps;
  }

  /**
   * @param steps of the generator
   * @param settings of the game; sizes of images mean nothing here
   * @throws org.lookalike.image.InputException if settings exclude each other
   */
  public static LabRun begin(Mixture mixture, LabMethod method, int steps, long seed) {
    TrainSettings settings = method.settings().with(TrainSettings.SEED, seed);
    Architecture design = method.nets();
    Integer latent = settings.get(TrainSettings.LATENT);
    Integer width = settings.get(TrainSettings.WIDTH);
    NetworkShape sizes =
        new NetworkShape(
            1,
            mixture.dimensions(),
            latent == null ? design.defaultLatent() : latent,
            width == null ? design.defaultWidth() : width);
    Game game = Game.begin(design, sizes, mixture.modes(), settings);
    double unit = method.standardises() ? mixture.spread() : 1;
    LabRun run = new LabRun(mixture, unit, game, settings, steps);
    run.tiePixels();
    return run;
  }

  /**
   * One round: the discriminator's steps and one of the generator.
   *
   * @return whether losses and gradients were finite
   */
  public boolean step() {
    try {
      boolean finite = game.round(reals, Math.min(1, (double) step / steps));
      step++;
      return finite;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes all that the rest of the run depends on, whole or not at all. */
  public void save(Path file) throws IOException {
    Position position = position();
    Archive.write(
        file,
        writer -> {
          writer.text(POSITION, new Gson().toJson(position));
          game.save(writer);
        });
  }

  private Position position() {
    Position position = new Position();
    position.layout = mixture.label();
    position.planned = steps;
    position.settings = given.toJsonTree().toString();
    position.step = step;
    position.drawn = drawn;
    position.seconds = seconds();
    return position;
  }

  /** With the defaults of settings that are younger than the file. */
  private static TrainSettings settings(Position saved) {
    return TrainSettings.fromJson(JsonParser.parseString(saved.settings).getAsJsonObject());
  }

  /**
   * Goes to where a run that began in the same way was saved; what follows is bit for bit what
   * followed there.
   *
   * @throws InputException if the file is missing, damaged or of a run that began otherwise
   */
  public void restore(Path file) {
    try (Archive.Reader reader = new Archive.Reader(file, "lab run", "delete it")) {
      Position saved = reader.json(POSITION, LARGEST_JSON, Position.class);
      boolean same =
          mixture.label().equals(saved.layout)
              && steps == saved.planned
              && saved.settings != null
              && given.toJsonTree().equals(settings(saved).toJsonTree());
      if (!same) {
        throw new InputException(
            file + " is of a run with another layout, other steps or settings; delete it.");
      }
      game.restore(reader);
      step = saved.step;
      drawn = saved.drawn;
      start = System.nanoTime() - (long) (1e9 * saved.seconds);
    }
  }

  /** The first points serve as the pairs of a pixel loss. */
  private void tiePixels() {
    if (game.wantsPixelPairs())
      game.setPixelPairs(scaled(reals(Math.max(PAIRS, game.batch())), 1 / unit));
  }

  /** The mixture's points in their order, with their modes as classes. */
  private final class Points implements RealImages {
    private int[] modes = {};

    @Override
    public float[] take() {
      modes = new int[game.batch()];
      long seed = game.settings().get(TrainSettings.SEED);
      float[] points = mixture.points(seed, drawn, modes.length, modes);
      drawn += modes.length;
      boolean told = game.gan().shape().hasClasses();
      if (told) mixture.unite(points, modes, game.gan().shape().options().pack());
      return scaled(points, 1 / unit);
    }

    @Override
    public int[] classes() {
      return modes;
    }
  }

  /**
   * Goes on with the same networks under other settings.
   *
   * @throws org.lookalike.image.InputException if settings exclude each other
   */
  public void change(TrainSettings settings) {
    game = game.continued(settings);
    given = settings;
    tiePixels();
  }

  /** The settings as they were given, with auto where it was. */
  public TrainSettings settings() {
    return given;
  }

  public Mixture mixture() {
    return mixture;
  }

  /** Steps of the generator so far. */
  public int steps() {
    return step;
  }

  /** Steps of the generator that were planned. */
  public int planned() {
    return steps;
  }

  public boolean isOver() {
    return step >= steps;
  }

  /** Seconds since the start, without those between a save and its restoring. */
  public double seconds() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Means of losses and the like since the last call; {@code null} if nothing was played. */
  public HistoryRow takeRow() {
    return game.takeRow(seconds());
  }

  /**
   * Points from the generator's running average.
   *
   * @return {@code [n, dimensions]}, the same for the same networks
   */
  public float[] samples(int n) {
    Gan gan = game.gan();
    int latent = gan.shape().latent();
    float[] z = new float[n * latent];
    Latents.fill(game.settings().get(TrainSettings.SEED), SAMPLE_STREAM, 0, n, latent, z);
    gan.average().setConditions(gan.shape().conditions(0, n));
    float[] points = new float[n * mixture.dimensions()];
    INDArray in = Nd4j.createFromArray(z).reshape(n, latent);
    HostCopy.read(gan.average().forward(in, Pass.INFER), points);
    return scaled(points, unit);
  }

  private static float[] scaled(float[] points, double factor) {
    for (int i = 0; i < points.length; i++) points[i] *= (float) factor;
    return points;
  }

  /** Real points, as the discriminator sees them. */
  public float[] reals(int n) {
    return mixture.points(game.settings().get(TrainSettings.SEED), 0, n, new int[n]);
  }

  /**
   * The discriminator's logits; for packs, of points beside copies of themselves.
   *
   * @param points {@code [n, dimensions]}
   * @param slopes receives the gradient with respect to each point; {@code null} for none
   */
  public double[] discriminator(float[] points, float[] slopes) {
    Gan gan = game.gan();
    int d = mixture.dimensions();
    int n = points.length / d;
    int pack = gan.shape().options().pack();
    float[] packed = new float[points.length * pack];
    for (int i = 0; i < packed.length; i++) {
      packed[i] = (float) (points[i / (d * pack) * d + i % d] / unit);
    }
    int[] modes = new int[n];
    if (gan.shape().hasClasses()) {
      for (int i = 0; i < n; i++) modes[i] = mixture.nearest(points, i);
      gan.discriminator().setConditions(modes);
    }
    gan.discriminator().setSegments(1);
    INDArray in = Nd4j.createFromArray(packed).reshape('c', n, d * pack, 1, 1);
    INDArray out = gan.discriminator().forward(in, slopes == null ? Pass.INFER : Pass.TRAIN);
    int outputs = gan.shape().discriminatorOutputs();
    float[] values = new float[n * outputs];
    HostCopy.read(out, values);
    double[] logits = new double[n];
    for (int i = 0; i < n; i++) logits[i] = values[i * outputs];
    if (slopes != null) readSlopes(n, pack, outputs, slopes);
    return logits;
  }

  private void readSlopes(int n, int pack, int outputs, float[] slopes) {
    INDArray ones = Nd4j.zeros(n, outputs);
    ones.getColumn(0).assign(1);
    int d = mixture.dimensions();
    float[] all = new float[n * d * pack];
    HostCopy.read(game.gan().discriminator().backward(ones, Pass.FROZEN, true, false), all);
    Arrays.fill(slopes, 0);
    for (int i = 0; i < all.length; i++) {
      slopes[i / (d * pack) * d + i % d] += (float) (all[i] / unit);
    }
  }

  /** Gives memory back; the run is over then. */
  public void close() {
    game.gan().releaseBuffers();
  }
}
