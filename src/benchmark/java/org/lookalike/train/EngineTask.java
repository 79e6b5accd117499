package org.lookalike.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.lookalike.gan.Architecture;
import org.lookalike.gan.Architectures;
import org.lookalike.gan.Gan;
import org.lookalike.gan.Latents;
import org.lookalike.gan.NetworkShape;
import org.lookalike.gan.PointNets;
import org.lookalike.nn.EngineLayer;
import org.lookalike.nn.Network;
import org.lookalike.nn.Pass;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One pair of networks and their training steps, as the trainer does them. */
public final class EngineTask {
  private static final int GENERATED = 1000;
  private static final int GENERATED_BATCH = 32;
  private static final double AVERAGE_DECAY = 0.99;

  private static final String POINTS = "points ";

  private final TrainSettings settings;
  private final NetworkShape shape;
  private final Gan gan;
  private final Game game;
  private final float[] reals;
  private final float[] latents;
  private final float[] share;
  private long generated;

  /**
   * @param typed settings as key=value key=value; after {@code points}, for the published nets of
   *     the mode collapse lab
   */
  public EngineTask(String typed) {
    boolean points = typed.startsWith(POINTS);
    TrainSettings given = TrainSettings.parse(points ? typed.substring(POINTS.length()) : typed);
    Architecture design =
        points ? PointNets.published() : Architectures.named(given.get(TrainSettings.ARCHITECTURE));
    settings = SettingsResolver.resolve(given, design);
    shape =
        new NetworkShape(
            points ? 1 : settings.get(TrainSettings.SIZE),
            points ? 2 : 1,
            settings.get(TrainSettings.LATENT),
            settings.get(TrainSettings.WIDTH));
    game = Game.begin(design, shape, 0, settings);
    gan = game.gan();
    int batch = game.batch();
    Random random = new Random(1);
    reals = new float[batch * shape.channels() * shape.size() * shape.size()];
    for (int i = 0; i < reals.length; i++) reals[i] = 2 * random.nextFloat() - 1;
    latents = new float[batch * shape.latent()];
    for (int i = 0; i < latents.length; i++) latents[i] = (float) random.nextGaussian();
    share = new float[batch];
    for (int i = 0; i < batch; i++) share[i] = random.nextFloat();
  }

  /** Writes networks, weights and inputs for the peer. */
  public void export(Path folder) throws IOException {
    Files.createDirectories(folder);
    Object[] task = {
      settings.get(TrainSettings.LOSS),
      game.batch(),
      gan.shape().size(),
      gan.shape().latent(),
      settings.get(TrainSettings.R1),
      settings.get(TrainSettings.LEARNING_RATE_D),
      settings.get(TrainSettings.BETA1),
      settings.get(TrainSettings.BETA2)
    };
    List<String> lines = new ArrayList<>();
    for (Object value : task) lines.add(value.toString());
    Files.write(folder.resolve("task"), lines);
    write(folder, "generator", gan.generator());
    write(folder, "discriminator", gan.discriminator());
    write(folder.resolve("x"), reals);
    write(folder.resolve("z"), latents);
    write(folder.resolve("share"), share);
  }

  /**
   * A line a vertex, in the order of their weights: the numbers of the values it takes (0 is the
   * network's input, line n gives value n), then what it does.
   */
  private static void write(Path folder, String name, Network network) throws IOException {
    ComputationGraph graph = network.graph();
    List<String> values = new ArrayList<>(graph.getConfiguration().getNetworkInputs());
    List<String> lines = new ArrayList<>();
    for (int index : graph.topologicalSortOrder()) {
      String vertex = graph.getVertices()[index].getVertexName();
      if (values.contains(vertex)) continue;
      String taken =
          graph.getConfiguration().getVertexInputs().get(vertex).stream()
              .map(input -> Integer.toString(values.indexOf(input)))
              .collect(Collectors.joining(","));
      lines.add(taken + " " + describe(graph.getConfiguration().getVertices().get(vertex)));
      values.add(vertex);
    }
    Files.write(folder.resolve(name), lines);
    write(folder.resolve(name + ".weights"), network.parameters().toFloatVector());
  }

  private static String describe(GraphVertex vertex) {
    if (vertex instanceof ElementWiseVertex) return "add";
    return ((EngineLayer) ((LayerVertex) vertex).getLayerConf().getLayer()).describe();
  }

  /** Writes fakes, the gradient of D with penalties, and the gradient of G. */
  public void check(Path folder) throws IOException {
    int batch = game.batch();
    INDArray z = Nd4j.createFromArray(latents).reshape(batch, gan.shape().latent());
    INDArray x =
        Nd4j.createFromArray(reals).reshape(batch, shape.channels(), shape.size(), shape.size());
    Network g = gan.generator();
    Network d = gan.discriminator();
    INDArray fakes = g.forward(z, Pass.TRAIN).dup();
    write(folder.resolve("fakes"), fakes.reshape(fakes.length()).toFloatVector());
    d.setSegments(2);
    float[] logits = d.forward(Nd4j.concat(0, x, fakes), Pass.TRAIN).data().asFloat();
    double[] a = doubles(logits, 0, batch);
    double[] b = doubles(logits, batch, 2 * batch);
    double[] da = new double[batch];
    double[] db = new double[batch];
    game.loss().discriminator(a, b, da, db);
    float[] errors = new float[2 * batch];
    for (int i = 0; i < batch; i++) {
      errors[i] = (float) da[i];
      errors[batch + i] = (float) db[i];
    }
    d.backward(Nd4j.createFromArray(errors).reshape(2 * batch, 1), Pass.TRAIN, false, true);
    INDArray sum = d.gradients().dup();
    addPenalty(x, fakes, sum);
    write(folder.resolve("d"), sum.toFloatVector());
    d.setSegments(1);
    if (game.loss().generatorSeesReals()) {
      a = doubles(d.forward(x, Pass.TRAIN).data().asFloat(), 0, batch);
    }
    b = doubles(d.forward(fakes, Pass.TRAIN).data().asFloat(), 0, batch);
    game.loss().generator(a, b, db);
    float[] error = new float[batch];
    for (int i = 0; i < batch; i++) error[i] = (float) db[i];
    INDArray back =
        d.backward(Nd4j.createFromArray(error).reshape(batch, 1), Pass.TRAIN, true, false);
    g.backward(back, Pass.TRAIN, false, true);
    write(folder.resolve("g"), g.gradients().toFloatVector());
  }

  private void addPenalty(INDArray x, INDArray fakes, INDArray sum) {
    int batch = game.batch();
    Network d = gan.discriminator();
    GradientPenalty penalty = new GradientPenalty(d, 1);
    double gamma = settings.get(TrainSettings.R1);
    if (gamma > 0) {
      double[] weights = new double[2 * batch];
      Arrays.fill(weights, 0.5 * settings.get(TrainSettings.PENALTY_EVERY) * gamma / batch);
      penalty.addGradient(weights, 0, sum);
    }
    if (game.loss().normPenalty() == AdversarialLoss.NormPenalty.BETWEEN) {
      INDArray mixed = fakes.sub(x);
      for (int i = 0; i < batch; i++) mixed.slice(i).muli(share[i]).addi(x.slice(i));
      d.setSegments(1);
      d.forward(mixed, Pass.TRAIN);
      double[] weights = new double[batch];
      Arrays.fill(weights, settings.get(TrainSettings.GP_WEIGHT) / batch);
      penalty.addGradient(weights, 1, sum);
    }
  }

  private static double[] doubles(float[] values, int from, int to) {
    double[] result = new double[to - from];
    for (int i = 0; i < result.length; i++) result[i] = values[from + i];
    return result;
  }

  /** Milliseconds of each of {@code n} repetitions of d, g, step or generate. */
  public String time(String what, int n) {
    StringBuilder answer = new StringBuilder();
    for (int i = 0; i < n; i++) {
      long start = System.nanoTime();
      run(what);
      answer.append(String.format(Locale.ROOT, "%.3f ", (System.nanoTime() - start) / 1e6));
    }
    return answer.toString().trim();
  }

  private void run(String what) {
    StepRecord record = new StepRecord();
    double rate = settings.get(TrainSettings.LEARNING_RATE_D);
    switch (what) {
      case "d":
        game.discriminatorStep(reals, rate, record);
        break;
      case "g":
        game.generatorStep(rate, AVERAGE_DECAY, record);
        break;
      case "step":
        for (int i = 0; i < game.discriminatorSteps(); i++) {
          game.discriminatorStep(reals, rate, record);
        }
        game.generatorStep(rate, AVERAGE_DECAY, record);
        break;
      default:
        generate();
    }
  }

  private void generate() {
    int latent = gan.shape().latent();
    for (int done = 0; done < GENERATED; done += GENERATED_BATCH) {
      int n = Math.min(GENERATED_BATCH, GENERATED - done);
      float[] z = new float[n * latent];
      Latents.fill(1, 7, generated, n, latent, z);
      generated += n;
      gan.average().forward(Nd4j.createFromArray(z).reshape(n, latent), Pass.INFER);
    }
  }

  private static void write(Path file, float[] values) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) bytes.putFloat(value);
    Files.write(file, bytes.array());
  }
}
