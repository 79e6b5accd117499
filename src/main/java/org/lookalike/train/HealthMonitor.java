package org.lookalike.train;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.lookalike.gan.Quality;
import org.lookalike.train.Verdict.Kind;

/**
 * Watches a training's curves and says what is the matter. Conservative: each verdict needs figures
 * that stay bad over several rows or judgements, so that a jump of a loss is no failure.
 */
final class HealthMonitor {
  private static final int ROWS = 5;
  private static final int JUDGEMENTS = 6;

  /** Before that, samples of all trainings resemble each other. */
  private static final long FIRST_IMAGES = 3000;

  private static final double SURE = 0.97;
  private static final double SHARE_OF_BLIND_LOSS = 0.08;
  private static final double BLIND_MARGIN = 0.08;
  private static final double NEAR = 3;
  private static final double FAR = 12;
  private static final double VARIED = 0.5;
  private static final double COPIES = -5;
  private static final double STEP = 0.5;
  private static final double DETOUR = 2.5;
  private static final double PROGRESS = 0.8;

  private final AdversarialLoss loss;
  private final Deque<HistoryRow> rows = new ArrayDeque<>();
  private final List<Quality> judgements = new ArrayList<>();
  private final List<Long> judgedAt = new ArrayList<>();
  private double largestNormG;
  private long images;

  HealthMonitor(AdversarialLoss loss) {
    this.loss = loss;
  }

  void add(HistoryRow row) {
    rows.add(row);
    if (rows.size() > ROWS) rows.remove();
    images = row.images;
    if (row.gradNormG > largestNormG) largestNormG = row.gradNormG;
  }

  void add(Quality quality, long atImages) {
    judgements.add(quality);
    judgedAt.add(atImages);
    images = atImages;
    if (judgements.size() > JUDGEMENTS) {
      judgements.remove(0);
      judgedAt.remove(0);
    }
  }

  /** The verdict on what was added so far. */
  Verdict verdict() {
    Verdict found = collapse();
    if (found == null) found = memorising();
    if (found == null) found = dominates();
    if (found == null) found = oscillation();
    if (found == null) found = balance();
    return found != null ? found : healthy();
  }

  static Verdict diverged(long images) {
    return new Verdict(
        Kind.DIVERGED,
        say("a loss or gradient was not finite after %,d images.", images),
        "Lower learning_rate_g and learning_rate_d to a tenth, or raise r1 and r2 tenfold.");
  }

  /** The last judgements; {@code null} if there are not so many yet. */
  private List<Quality> last(int n) {
    int size = judgements.size();
    if (size < n || judgedAt.get(size - n) < FIRST_IMAGES) return null;
    return judgements.subList(size - n, size);
  }

  private Verdict collapse() {
    List<Quality> last = last(2);
    if (last == null || last.stream().anyMatch(q -> q.diversity() > VARIED)) return null;
    return new Verdict(
        Kind.MODE_COLLAPSE,
        say(
            "two samples differ by %.0f %% of what two real images do.",
            100 * last.get(1).diversity()),
        "Start anew with loss=relativistic and its penalties (r1=auto, r2=auto), or with half the"
            + " learning_rate_g.");
  }

  private Verdict memorising() {
    List<Quality> last = last(2);
    if (last == null || !last.stream().allMatch(q -> q.copying() < COPIES)) return null;
    return new Verdict(
        Kind.MEMORISING,
        say(
            "samples lie nearer to training images than other real images do (standard score"
                + " %.0f).",
            last.get(1).copying()),
        "Add images, allow flips and turns where the biology does, or stop earlier.");
  }

  private Verdict dominates() {
    double blind = loss.blindLoss();
    if (rows.size() < ROWS || images < FIRST_IMAGES || Double.isNaN(blind)) return null;
    for (HistoryRow row : rows) {
      if (row.dLoss > SHARE_OF_BLIND_LOSS * blind || row.dAccuracy < SURE) return null;
    }
    HistoryRow row = rows.getLast();
    return new Verdict(
        Kind.DISCRIMINATOR_DOMINATES,
        say(
            "D's loss is %.3f (%.2f if it could not tell), it is right in %.0f %% of cases, and G's"
                + " gradient is %.2g of its largest.",
            row.dLoss, blind, 100 * row.dAccuracy, row.gradNormG / largestNormG),
        "Lower learning_rate_d to a quarter, or raise r1 and r2 tenfold.");
  }

  private Verdict oscillation() {
    List<Quality> last = last(JUDGEMENTS);
    if (last == null) return null;
    double path = 0;
    double shortest = Double.POSITIVE_INFINITY;
    for (int i = 1; i < last.size(); i++) {
      double step = last.get(i).distanceTo(last.get(i - 1));
      path += step;
      shortest = Math.min(shortest, step);
    }
    Quality first = last.get(0);
    Quality now = last.get(last.size() - 1);
    double net = now.distanceTo(first);
    double mean = path / (last.size() - 1);
    boolean nearer = now.kid() < PROGRESS * first.kid();
    if (mean < STEP || path < DETOUR * net || nearer) return null;
    return new Verdict(
        Kind.OSCILLATION,
        say(
            "from judgement to judgement the samples' mean moves by %.1f times the spread of the"
                + " real images, and after %d of them it is %.1f away.",
            mean, last.size(), net),
        "Halve learning_rate_g and learning_rate_d, or raise r1 and r2 tenfold.");
  }

  /** D cannot tell: at equilibrium, or blind. */
  private Verdict balance() {
    if (rows.size() < ROWS || images < FIRST_IMAGES) return null;
    double sum = 0;
    double squares = 0;
    for (HistoryRow row : rows) {
      sum += row.dAccuracy;
      squares += row.dAccuracy * row.dAccuracy;
    }
    double mean = sum / ROWS;
    double deviation = Math.sqrt(Math.max(0, squares / ROWS - mean * mean));
    if (mean > 0.5 + BLIND_MARGIN) return null;
    List<Quality> last = last(3);
    if (last == null) return null;
    Quality now = last.get(2);
    double times = now.kid() / now.kidFloor();
    if (times < NEAR) {
      return new Verdict(
          Kind.AT_EQUILIBRIUM,
          say(
              "D cannot tell (accuracy %.2f ± %.2f), and KID is %.1f times that of real images.",
              mean, deviation, times),
          "");
    }
    if (times < FAR || now.kid() < PROGRESS * last.get(0).kid()) return null;
    return new Verdict(
        Kind.DISCRIMINATOR_BLIND,
        say(
            "D cannot tell (accuracy %.2f ± %.2f), though KID is %.0f times that of real images.",
            mean, deviation, times),
        "Raise learning_rate_d fourfold, or lower r1 and r2 to a tenth.");
  }

  private Verdict healthy() {
    if (judgements.isEmpty()) {
      return new Verdict(Kind.HEALTHY, "the losses look as they should.", "");
    }
    Quality now = judgements.get(judgements.size() - 1);
    return new Verdict(
        Kind.HEALTHY,
        say(
            "KID is %.1f times that of real images, variety %.0f %% of theirs.",
            now.kid() / now.kidFloor(), 100 * now.diversity()),
        "");
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
