import static org.bytedeco.pytorch.global.torch.*;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;

/**
 * The same networks and training steps in libtorch; a process of its own, since it needs another
 * JavaCPP than ND4J. Started from source: {@code java -cp 'target/peer/*' Peer.java}. Reads one
 * command a line from standard input and answers in one line.
 *
 * <p>Networks run in the layout and with the calls that were the fastest of those tried: plain
 * NCHW, in-place leaky ReLU, gradients of D switched off in G's step, one concatenated pass of D
 * over reals and fakes where no batch statistics forbid it.
 */
public final class Peer {
  private final String loss;
  private final int batch;
  private final double gamma;
  private final Net g;
  private final Net d;
  private final Net average;
  private final Tensor z;
  private final Tensor x;
  private final Tensor share;
  private final Adam adamG;
  private final Adam adamD;
  private long steps;

  private Peer(Path folder) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("task"));
    loss = lines.get(0);
    batch = Integer.parseInt(lines.get(1));
    int size = Integer.parseInt(lines.get(2));
    int latent = Integer.parseInt(lines.get(3));
    gamma = Double.parseDouble(lines.get(4));
    double rate = Double.parseDouble(lines.get(5));
    double beta1 = Double.parseDouble(lines.get(6));
    double beta2 = Double.parseDouble(lines.get(7));
    g = new Net(folder, "generator");
    average = new Net(folder, "generator");
    d = new Net(folder, "discriminator");
    z = tensorOf(floats(folder.resolve("z")), batch, latent);
    x = tensorOf(floats(folder.resolve("x")), batch, -1, size, size);
    share = tensorOf(floats(folder.resolve("share")), batch, 1, 1, 1);
    adamG = adam(g, rate, beta1, beta2);
    adamD = adam(d, rate, beta1, beta2);
  }

  private static Adam adam(Net net, double rate, double beta1, double beta2) {
    AdamOptions options = new AdamOptions(rate);
    options.betas().put(0, beta1).put(1, beta2);
    return new Adam(net.learnt(), options);
  }

  public static void main(String[] args) throws Exception {
    // Before any thread is started, so that all have it: else a game that D wins takes 25 times as
    // long a step.
    globalContext().setFlushDenormal(true);
    set_num_threads(Integer.parseInt(args[0]));
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    Peer peer = null;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "load":
          peer = new Peer(Paths.get(words[1]));
          System.out.println("ok");
          break;
        case "check":
          peer.check(Paths.get(words[1]));
          System.out.println("ok");
          break;
        case "time":
          System.out.println(peer.time(words[1], Integer.parseInt(words[2])));
          break;
        default:
          System.out.println("unknown");
      }
      System.out.flush();
    }
  }

  private String time(String what, int n) {
    StringBuilder answer = new StringBuilder();
    for (int i = 0; i < n; i++) {
      long start = System.nanoTime();
      try (PointerScope scope = new PointerScope()) {
        switch (what) {
          case "d":
            discriminatorStep();
            break;
          case "g":
            generatorStep();
            break;
          case "step":
            step();
            break;
          default:
            generate();
        }
      }
      answer.append(String.format(Locale.ROOT, "%.3f ", (System.nanoTime() - start) / 1e6));
    }
    return answer.toString().trim();
  }

  private void step() {
    int critics = loss.equals("wasserstein-gp") ? 5 : 1;
    for (int i = 0; i < critics; i++) discriminatorStep();
    generatorStep();
  }

  /** 1000 images in batches of 32. */
  private void generate() {
    try (NoGradGuard none = new NoGradGuard()) {
      for (int done = 0; done < 1000; done += 32) {
        Tensor latents = randn(Math.min(32, 1000 - done), z.size(1));
        average.forward(latents, Net.INFER);
      }
    }
  }

  private Tensor fakes(Tensor latents) {
    try (NoGradGuard none = new NoGradGuard()) {
      return g.forward(latents, Net.TRAIN);
    }
  }

  private void discriminatorStep() {
    Tensor fakes = fakes(randn(batch, z.size(1)));
    d.learn(true);
    adamD.zero_grad();
    discriminatorLoss(fakes, steps % 4 == 0, true).backward();
    adamD.step();
    steps++;
  }

  /** Of reals and the given fakes. */
  private Tensor discriminatorLoss(Tensor fakes, boolean lazy, boolean fast) {
    if (d.normalises) {
      Tensor a = d.forward(x, Net.TRAIN);
      Tensor b = d.forward(fakes, Net.TRAIN);
      return softplus(a.neg()).mean().add(softplus(b).mean());
    }
    boolean penalised = lazy && loss.equals("relativistic");
    Tensor both = cat(new TensorVector(x, fakes));
    if (penalised) both.requires_grad_(true);
    Tensor logits = d.forward(both, Net.TRAIN);
    Tensor a = logits.narrow(0, 0, batch);
    Tensor b = logits.narrow(0, batch, batch);
    if (loss.equals("non-saturating")) {
      return softplus(a.neg()).mean().add(softplus(b).mean());
    }
    if (loss.equals("relativistic")) {
      Tensor value = softplus(b.sub(a)).mean();
      if (!penalised) return value;
      // To compare gradients the statistics are held constant as in our tangent pass; to compare
      // times the forward pass that is there already serves.
      Tensor again = fast ? logits : d.forward(both, Net.CONSTANT);
      Tensor norms = inputGradient(again, both).square().sum();
      return value.add(norms.mul(new Scalar(4 * gamma / 2 / batch)));
    }
    Tensor value = b.mean().sub(a.mean());
    Tensor mixed = x.add(fakes.sub(x).mul(share)).detach().requires_grad_(true);
    Tensor out = d.forward(mixed, fast ? Net.TRAIN : Net.CONSTANT);
    Tensor norm = inputGradient(out, mixed).square().sum(1, 2, 3).sqrt();
    return value.add(norm.sub(new Scalar(1)).square().mean().mul(new Scalar(10)));
  }

  private static Tensor inputGradient(Tensor out, Tensor input) {
    Tensor ones = ones_like(out);
    TensorVector gradient =
        grad(
            new TensorVector(out),
            new TensorVector(input),
            new TensorVector(ones),
            new BoolOptional(true),
            true,
            false);
    return gradient.get(0);
  }

  private void generatorStep() {
    d.learn(false);
    adamG.zero_grad();
    generatorLoss(g.forward(randn(batch, z.size(1)), Net.TRAIN)).backward();
    adamG.step();
    try (NoGradGuard none = new NoGradGuard()) {
      for (int i = 0; i < g.parameters.size(); i++) {
        average.parameters.get(i).lerp_(g.parameters.get(i), new Scalar(0.01));
      }
    }
  }

  private Tensor generatorLoss(Tensor fakes) {
    Tensor b = d.forward(fakes, Net.TRAIN);
    if (loss.equals("wasserstein-gp")) return b.mean().neg();
    if (loss.equals("non-saturating")) return softplus(b.neg()).mean();
    Tensor a;
    try (NoGradGuard none = new NoGradGuard()) {
      a = d.forward(x, Net.TRAIN);
    }
    return softplus(a.sub(b)).mean();
  }

  /** Writes fakes, the gradient of D with penalties, and the gradient of G. */
  private void check(Path folder) throws IOException {
    Tensor fakes = fakes(z);
    write(folder.resolve("fakes"), fakes);
    d.learn(true);
    adamD.zero_grad();
    discriminatorLoss(fakes, true, false).backward();
    write(folder.resolve("d"), d.gradients());
    d.learn(false);
    adamG.zero_grad();
    generatorLoss(g.forward(z, Net.TRAIN)).backward();
    write(folder.resolve("g"), g.gradients());
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  private static Tensor tensorOf(float[] values, long... shape) {
    return tensor(values).reshape(shape).clone();
  }

  private static void write(Path file, Tensor... tensors) throws IOException {
    List<float[]> parts = new ArrayList<>();
    int length = 0;
    for (Tensor tensor : tensors) {
      float[] part = new float[(int) tensor.numel()];
      tensor.contiguous().data_ptr_float().get(part);
      parts.add(part);
      length += part.length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(4 * length).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] part : parts) for (float value : part) bytes.putFloat(value);
    Files.write(file, bytes.array());
  }

  /** Layers and sums read from a file, with weights from another. */
  private static final class Net {
    static final int TRAIN = 0;
    static final int INFER = 1;

    /** As TRAIN, with the minibatch statistics as constants. */
    static final int CONSTANT = 2;

    private static final String[] HALVING = {"convolution", "", "", "4", "2", "1"};
    private static final String[] DOUBLING = {"transposed", "", "", "4", "2", "1"};

    final List<String[]> layers = new ArrayList<>();

    /** What each layer takes: 0 for the input, n for what the nth layer gives. */
    final List<int[]> taken = new ArrayList<>();

    final List<Tensor> parameters = new ArrayList<>();
    final List<Boolean> isLearnt = new ArrayList<>();
    boolean normalises;

    Net(Path folder, String name) throws IOException {
      float[] weights = floats(folder.resolve(name + ".weights"));
      int at = 0;
      for (String line : Files.readAllLines(folder.resolve(name))) {
        String[] both = line.split(" ", 2);
        taken.add(Arrays.stream(both[0].split(",")).mapToInt(Integer::parseInt).toArray());
        String[] words = both[1].split(" ");
        layers.add(words);
        int index = 0;
        for (long[] shape : shapes(words)) {
          int length = 1;
          for (long side : shape) length *= (int) side;
          float[] part = new float[length];
          System.arraycopy(weights, at, part, 0, length);
          at += length;
          parameters.add(tensorOf(part, shape));
          boolean statistic = words[0].equals("normalise") && index > 1;
          isLearnt.add(!statistic);
          index++;
        }
        normalises |= words[0].equals("normalise");
      }
      if (at != weights.length) throw new IOException("weights left over");
    }

    private static List<long[]> shapes(String[] words) {
      long[] n = new long[words.length];
      for (int i = 1; i < n.length; i++) n[i] = Long.parseLong(words[i]);
      switch (words[0]) {
        case "convolution":
          return List.of(new long[] {n[2], n[1], n[3], n[3]}, new long[] {n[2]});
        case "transposed":
          return List.of(new long[] {n[1], n[2], n[3], n[3]}, new long[] {n[2]});
        case "halving":
          return List.of(new long[] {n[2], n[1], 3, 3}, new long[] {n[2]});
        case "doubling":
          return List.of(new long[] {n[1], n[2], 3, 3}, new long[] {n[2]});
        case "dense":
          return List.of(new long[] {n[1], n[2]}, new long[] {n[2]});
        case "normalise":
          return List.of(
              new long[] {n[1]}, new long[] {n[1]}, new long[] {n[1]}, new long[] {n[1]});
        default:
          return List.of();
      }
    }

    TensorVector learnt() {
      TensorVector vector = new TensorVector();
      for (int i = 0; i < parameters.size(); i++) {
        if (!isLearnt.get(i)) continue;
        parameters.get(i).requires_grad_(true);
        vector.push_back(parameters.get(i));
      }
      return vector;
    }

    void learn(boolean on) {
      for (int i = 0; i < parameters.size(); i++) {
        if (isLearnt.get(i)) parameters.get(i).requires_grad_(on);
      }
    }

    Tensor[] gradients() {
      Tensor[] result = new Tensor[parameters.size()];
      for (int i = 0; i < result.length; i++) {
        Tensor parameter = parameters.get(i);
        Tensor gradient = isLearnt.get(i) ? parameter.grad() : null;
        boolean none = gradient == null || !gradient.defined();
        result[i] = none ? zeros_like(parameter) : gradient;
      }
      return result;
    }

    Tensor forward(Tensor input, int mode) {
      Tensor[] values = new Tensor[layers.size() + 1];
      values[0] = input;
      int p = 0;
      for (int i = 0; i < layers.size(); i++) {
        String[] words = layers.get(i);
        Tensor t = values[taken.get(i)[0]];
        switch (words[0]) {
          case "add":
            t = t.add(values[taken.get(i)[1]]);
            break;
          case "convolution":
          case "transposed":
            t = convolve(t, words, parameters.get(p), parameters.get(p + 1));
            p += 2;
            break;
          case "halving":
            t = convolve(t, HALVING, smoothed(parameters.get(p)), parameters.get(p + 1));
            p += 2;
            break;
          case "doubling":
            Tensor doubled = smoothed(parameters.get(p)).mul(new Scalar(4));
            t = convolve(t, DOUBLING, doubled, parameters.get(p + 1));
            p += 2;
            break;
          case "dense":
            t = addmm(parameters.get(p + 1), t.reshape(t.size(0), -1), parameters.get(p));
            if (words.length > 3) {
              t =
                  t.reshape(
                      -1,
                      Long.parseLong(words[3]),
                      Long.parseLong(words[4]),
                      Long.parseLong(words[5]));
            }
            p += 2;
            break;
          case "normalise":
            t = normalise(t, p, mode);
            p += 4;
            break;
          case "leaky_relu":
            t = leaky_relu_(t, new Scalar(0.2));
            break;
          case "relu":
            t = relu_(t);
            break;
          case "tanh":
            t = tanh(t);
            break;
          case "maxout":
            long units = Long.parseLong(words[1]);
            t = t.reshape(-1, Long.parseLong(words[2]), units).amax(new long[] {1}, false);
            break;
          case "deviation":
            t = deviation(t, mode == CONSTANT);
            break;
          default:
            throw new IllegalArgumentException(words[0]);
        }
        values[i + 1] = t;
      }
      return values[layers.size()];
    }

    /** 3x3 kernels averaged by twos in both directions: 4x4. */
    private static Tensor smoothed(Tensor w) {
      long[] two = {2, 2};
      long[] one = {1, 1};
      return avg_pool2d(w, two, one, one, false, true, new LongOptional());
    }

    private static Tensor convolve(Tensor t, String[] words, Tensor w, Tensor b) {
      long stride = Long.parseLong(words[4]);
      long padding = Long.parseLong(words[5]);
      long[] strides = {stride, stride};
      long[] paddings = {padding, padding};
      long[] ones = {1, 1};
      TensorOptional bias = new TensorOptional(b);
      return words[0].equals("convolution")
          ? conv2d(t, w, bias, strides, paddings, ones, 1)
          : conv_transpose2d(t, w, bias, strides, paddings, new long[] {0, 0}, 1, ones);
    }

    private Tensor normalise(Tensor t, int p, int mode) {
      return batch_norm(
          t,
          new TensorOptional(parameters.get(p)),
          new TensorOptional(parameters.get(p + 1)),
          new TensorOptional(parameters.get(p + 2)),
          new TensorOptional(parameters.get(p + 3)),
          mode != INFER,
          0.1,
          1e-5,
          false);
    }

    /** Mean over features of the standard deviation in groups of four, as one more channel. */
    private static Tensor deviation(Tensor t, boolean constant) {
      long n = t.size(0);
      Tensor groups = t.reshape(n / 4, 4, -1);
      Tensor centred = groups.sub(groups.mean(new long[] {1}, true, null));
      Tensor std = centred.square().mean(1).add(new Scalar(1e-8)).sqrt().mean(1);
      if (constant) std = std.detach();
      Tensor map =
          std.reshape(n / 4, 1, 1, 1, 1)
              .expand(n / 4, 4, 1, t.size(2), t.size(3))
              .reshape(n, 1, t.size(2), t.size(3));
      return cat(new TensorVector(t, map), 1);
    }
  }
}
