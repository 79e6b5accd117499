package org.lookalike.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.lookalike.nn.ComputeDevice;

/** Our engine and libtorch with the same networks, weights and inputs, which take turns. */
final class Rivals implements AutoCloseable {
  static final String EXACT = " precision=float32";
  private static final String ROUNDED = " precision=bfloat16";

  /** Java's compilers take some seconds of a core, which a row of small steps would show. */
  private static final double OUR_WARM_UP_MILLIS = 8000;

  private static final double PEER_WARM_UP_MILLIS = 2000;

  /**
   * As a share of the norm. The light generator's gradient by libtorch is 4.1e-3 from the same in
   * double precision, probably in its batch normalisation's backward pass; ours is 2e-4 from it.
   */
  private static final double AGREEMENT = 1e-2;

  /**
   * Where factors are rounded to bfloat16: .3 % each, and slopes of rectifiers whose input is next
   * to zero change. Fakes are .005 to .009 off, D's gradient .04 to .07 and G's, which comes
   * through both networks, .12 to .20.
   */
  private static final Map<String, Double> ROUNDED_AGREEMENT =
      Map.of("fakes", 0.02, "d", 0.1, "g", 0.25);

  /**
   * Has glibc fill what it allocates with zeros and libtorch's oneDNN leave out its kernels for AVX
   * and later; slow, so for comparing values only.
   */
  private static final Map<String, String> CAREFUL =
      Map.of("MALLOC_PERTURB_", "255", "ONEDNN_MAX_CPU_ISA", "SSE41");

  private final String settings;
  private final Path folder;
  private final Side exact;

  /** {@code null} where nothing may be rounded to bfloat16, or the processor cannot. */
  private final Side rounded;

  private final Side peer;

  private Rivals(String settings, Path folder, Side exact, Side rounded, Side peer) {
    this.settings = settings;
    this.folder = folder;
    this.exact = exact;
    this.rounded = rounded;
    this.peer = peer;
  }

  /**
   * @param rows of the same networks
   * @throws IOException also where the two compute otherwise
   */
  static Rivals of(List<Row> rows, Path folder) throws IOException {
    boolean rounds = rows.stream().anyMatch(Row::mayRound) && ComputeDevice.hasBfloat16();
    Rivals rivals =
        new Rivals(
            rows.get(0).settings,
            folder.toAbsolutePath(),
            Side.ours(Benchmark.THREADS),
            rounds ? Side.ours(Benchmark.THREADS) : null,
            Side.peer(Benchmark.THREADS, Map.of()));
    try {
      rivals.load();
    } catch (IOException | RuntimeException e) {
      rivals.close();
      throw e;
    }
    return rivals;
  }

  /** Gives all the same weights and inputs and checks that they compute the same. */
  private void load() throws IOException {
    if (rounded != null) {
      rounded.ask("load " + folder.resolve("task") + " " + settings + ROUNDED);
      check(rounded, "rounded");
    }
    exact.ask("load " + folder.resolve("task") + " " + settings + EXACT);
    check(exact, "exact");
    peer.ask("load " + folder.resolve("task"));
    check(peer, "peer");
    String disagreement = disagreement();
    if (disagreement == null) return;
    // On processors with bfloat16 libtorch 2.10 reads memory that nothing has written: by what is
    // there its gradients are right, off by a third, or NaN; on a Zen 5 those of D are off by 6 %
    // even with zeros there. Its times do not depend on that.
    try (Side careful = Side.peer(Benchmark.THREADS, CAREFUL)) {
      careful.ask("load " + folder.resolve("task"));
      check(careful, "peer");
      String remaining = disagreement();
      if (remaining != null) throw new IOException(remaining);
    }
    System.out.println(
        disagreement + ", unless libtorch is given memory of zeros and no kernels for AVX");
  }

  private void check(Side side, String name) throws IOException {
    side.ask("check " + Files.createDirectories(folder.resolve(name)));
  }

  /** What we and libtorch computed otherwise; {@code null} if nothing. */
  private String disagreement() throws IOException {
    for (String name : new String[] {"fakes", "d", "g"}) {
      String exactly = difference("exact", name, AGREEMENT);
      if (exactly != null) return exactly;
      if (rounded == null) continue;
      String roughly = difference("rounded", name, ROUNDED_AGREEMENT.get(name));
      if (roughly != null) return roughly;
    }
    return null;
  }

  private String difference(String side, String name, double bound) throws IOException {
    float[] ours = floats(folder.resolve(side).resolve(name));
    double difference = difference(ours, floats(folder.resolve("peer").resolve(name)));
    if (difference < bound) return null;
    return String.format(
        "%s, %s: %s differ by %.2g of their norm", settings, side, name, difference);
  }

  private static double difference(float[] a, float[] b) throws IOException {
    if (a.length != b.length) throw new IOException(a.length + " and " + b.length + " values");
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < a.length; i++) {
      difference += Math.pow((double) a[i] - b[i], 2);
      norm += (double) b[i] * b[i];
    }
    return Math.sqrt(difference / norm);
  }

  private static float[] floats(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / 4];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** Whether {@link #times} also tells how long the row takes rounded to bfloat16. */
  boolean round(Row row) {
    return rounded != null && row.mayRound();
  }

  /**
   * Milliseconds of one repetition, as the mean of each turn (steps differ: every fourth has
   * penalties), by side: ours exactly, libtorch and, if we {@link #round}, ours rounded.
   */
  double[][] times(Row row, int turns) throws IOException {
    List<Side> sides = round(row) ? List.of(exact, peer, rounded) : List.of(exact, peer);
    for (Side side : sides) {
      warmUp(side, row, side == peer ? PEER_WARM_UP_MILLIS : OUR_WARM_UP_MILLIS);
    }
    double[][] times = new double[sides.size()][turns];
    for (int turn = 0; turn < turns; turn++) {
      for (int i = 0; i < times.length; i++) {
        times[i][turn] = Figures.mean(sides.get(i).turn(row.what, row.repetitions));
      }
    }
    return times;
  }

  private static void warmUp(Side side, Row row, double millis) throws IOException {
    for (double warmed = 0; warmed < millis; ) {
      warmed += Arrays.stream(side.turn(row.what, row.repetitions)).sum();
    }
  }

  /** Most memory that one of our processes held. */
  double ourMegabytes() throws IOException {
    return rounded == null
        ? exact.peakMegabytes()
        : Math.max(exact.peakMegabytes(), rounded.peakMegabytes());
  }

  double peerMegabytes() throws IOException {
    return peer.peakMegabytes();
  }

  @Override
  public void close() {
    exact.close();
    if (rounded != null) rounded.close();
    peer.close();
  }
}
