package org.lookalike.benchmark;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lookalike.image.WholeFiles;
import org.lookalike.lab.LabMethod;
import org.lookalike.lab.LabResult;
import org.lookalike.lab.LabStudy;
import org.lookalike.lab.Mixture;
import org.lookalike.train.TrainSettings;

/**
 * The table of docs/mode-collapse.md: every loss and every remedy on ring and grid. A run whose
 * result is there is not repeated, and one that was stopped goes on from the last of its saves, so
 * the study can be stopped at any time and goes on where it was; several processes can share it.
 *
 * <pre>
 * mvn -q -Pbenchmark compile exec:java \
 *   -Dmain-class=org.lookalike.benchmark.ModeCollapse \
 *   -Dexec.args="run SEEDS [short|lookalike|published [ring|grid]] | table"
 * </pre>
 */
public final class ModeCollapse {
  private static final Path FOLDER = Paths.get("target", "mode-collapse");
  private static final int RING_STEPS = 5000;
  private static final int GRID_STEPS = 8000;
  private static final int LOOKALIKE_STEPS = 30000;
  private static final int PUBLISHED_STEPS = 400_000;

  /** What is changed about the plain GAN. */
  private static final String[][] ROWS = {
    {"non-saturating", ""},
    {"minimax", "loss=minimax"},
    {"least-squares", "loss=least-squares"},
    {"hinge", "loss=hinge"},
    {"wasserstein", "loss=wasserstein clip=0.1"},
    {"wasserstein-gp", "loss=wasserstein-gp gp_weight=1"},
    {"dragan", "loss=dragan gp_weight=1"},
    {"relativistic", "loss=relativistic"},
    {"R1", "r1=0.1 penalty_every=1"},
    {"R1 + R2", "r1=0.1 r2=0.1 penalty_every=1"},
    {"relativistic + R1 + R2", "loss=relativistic r1=0.1 r2=0.1 penalty_every=1"},
    {"pack 2", "pack=2"},
    {"pack 4", "pack=4"},
    {"minibatch discrimination", "minibatch=discrimination"},
    {"spectral normalisation", "spectral_normalisation=discriminator loss=hinge"},
    {"feature matching", "feature_matching=1"},
    {"unrolled 5, first form", "unroll=5 unroll_rate=0.01"},
    {"unrolled 5, second order", "unroll=5 unroll_rate=0.01 unroll_second_order=true"},
    {"replay 5000", "replay_size=5000"},
    {"8 generators (MGAN)", "generators=8"},
    {"one-sided smoothing", "real_label=0.9"},
    {"noisy labels", "noisy_labels=true"},
    {"flipped labels", "flip_labels=0.05"},
    {"instance noise", "instance_noise=0.5 anneal_from=0.99"},
    {"weight noise", "weight_noise=0.01"},
    {"dropout", "dropout=0.3"},
    {"L2", "l2=1e-4"},
    {"TTUR", "learning_rate_d=4e-3 learning_rate_g=1e-3"},
    {"5 discriminator steps", "d_steps=5"},
    {"pixel loss", "pixel_loss=1"},
    {"EMA", "ema_images=10000"},
    {"conditional (projection)", "conditional=projection"}
  };

  private ModeCollapse() {}

  public static void main(String[] args) throws IOException {
    Files.createDirectories(FOLDER);
    List<String> words = Arrays.asList(args);
    if (words.get(0).equals("table")) {
      table();
    } else {
      run(
          Integer.parseInt(words.get(1)),
          words.size() > 2 ? words.get(2) : "short",
          words.size() > 3
              ? List.of(Mixture.fromLabel(words.get(3)))
              : List.of(Mixture.RING, Mixture.GRID));
    }
    System.exit(0);
  }

  private static Map<String, LabMethod> methods(String protocol) {
    Map<String, LabMethod> methods = new LinkedHashMap<>();
    switch (protocol) {
      case "published":
        for (String name : List.of("published-gan", "published-pacgan2")) {
          methods.put(name, LabMethod.named(name));
        }
        break;
      case "lookalike":
        methods.put("lookalike", LabMethod.named("lookalike"));
        break;
      default:
        for (String[] row : ROWS) {
          methods.put(row[0], LabMethod.named("gan").with(row[0], TrainSettings.parse(row[1])));
        }
    }
    return methods;
  }

  private static int steps(String protocol, Mixture mixture) {
    if (protocol.equals("published")) return PUBLISHED_STEPS;
    if (protocol.equals("lookalike")) return LOOKALIKE_STEPS;
    return mixture == Mixture.RING ? RING_STEPS : GRID_STEPS;
  }

  /** Seed after seed, so that a study cut short has all rows. */
  private static void run(int seeds, String protocol, List<Mixture> layouts) throws IOException {
    for (long seed = 1; seed <= seeds; seed++) {
      for (Map.Entry<String, LabMethod> method : methods(protocol).entrySet()) {
        for (Mixture mixture : layouts) {
          play(mixture, method.getValue(), steps(protocol, mixture), seed);
        }
      }
    }
  }

  private static Path file(Mixture mixture, String method, long seed) {
    String name = method.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    return FOLDER.resolve(String.format("%s-%s-%d.json", mixture.label(), name, seed));
  }

  /** Plays a run, unless it was played or another process is playing it. */
  private static void play(Mixture mixture, LabMethod method, int steps, long seed)
      throws IOException {
    Path file = file(mixture, method.name(), seed);
    if (Files.exists(file)) return;
    Path claim = file.resolveSibling(file.getFileName() + ".running");
    // The lock of a process that was killed is gone with it.
    try (FileChannel channel =
            FileChannel.open(claim, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock == null || Files.exists(file)) return;
      play(new LabStudy(mixture, method, steps), seed, file);
    }
    Files.deleteIfExists(claim);
  }

  private static void play(LabStudy study, long seed, Path file) throws IOException {
    Path kept = file.resolveSibling(file.getFileName() + ".kept");
    LabResult result = study.of(List.of(study.play(seed, kept)));
    WholeFiles.write(file, result.toJson());
    LabResult.Run run = result.runs().get(0);
    System.out.printf(
        Locale.ROOT,
        "%s: %d modes, %.1f %%, %.3f, %.0f s%n",
        file.getFileName(),
        run.modes(),
        100 * run.highQuality(),
        run.reverseKl(),
        run.seconds());
  }

  private static void table() throws IOException {
    System.out.println("| method | ring: modes | HQ % | rKL | grid: modes | HQ % | rKL | seeds |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    for (String protocol : List.of("short", "lookalike", "published")) {
      for (Map.Entry<String, LabMethod> method : methods(protocol).entrySet()) {
        String ring = cells(Mixture.RING, method.getValue(), steps(protocol, Mixture.RING));
        String grid = cells(Mixture.GRID, method.getValue(), steps(protocol, Mixture.GRID));
        int seeds = results(Mixture.RING, method.getValue().name()).size();
        int others = results(Mixture.GRID, method.getValue().name()).size();
        String count = seeds == others ? "" + seeds : seeds + ", " + others;
        System.out.printf("| %s | %s | %s | %s |%n", method.getKey(), ring, grid, count);
      }
    }
  }

  private static List<LabResult.Run> results(Mixture mixture, String method) throws IOException {
    List<LabResult.Run> runs = new ArrayList<>();
    for (long seed = 1; Files.exists(file(mixture, method, seed)); seed++) {
      runs.addAll(LabResult.fromJson(Files.readString(file(mixture, method, seed))).runs());
    }
    return runs;
  }

  private static String cells(Mixture mixture, LabMethod method, int steps) throws IOException {
    List<LabResult.Run> runs = results(mixture, method.name());
    if (runs.isEmpty()) return "| |";
    LabResult all = new LabStudy(mixture, method, steps).of(runs);
    return String.format(
        Locale.ROOT,
        "%.1f ± %.1f | %.1f ± %.1f | %.3f ± %.3f",
        all.mean(LabResult.Run::modes),
        all.standardError(LabResult.Run::modes),
        100 * all.mean(LabResult.Run::highQuality),
        100 * all.standardError(LabResult.Run::highQuality),
        all.mean(LabResult.Run::reverseKl),
        all.standardError(LabResult.Run::reverseKl));
  }
}
