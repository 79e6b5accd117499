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

  private static final long FIRST_IMAGES = 3000;

  /** Before that, samples of sound trainings too resemble each other and move about. */
  private static final long SETTLED_IMAGES = 15000;

  private static final double SURE = 0.97;
  private static final double SHARE_OF_BLIND_LOSS = 0.08;
  private static final double BLIND_MARGIN = 0.08;
  private static final double VANISHED = 0.05;
  private static final double NEAR = 3;
  private static final double FAR = 12;

  /** A KID that sound trainings are below, though real images may be closer by far. */
  private static final double FAR_AWAY = 0.5;

  private static final double VARIED = 0.5;
  private static final double COPIES = 0.7;
  private static final double NO_CHANCE = -2.5;
  private static final double STEP = 0.5;
  private static final double RELAPSE = 3;
  private static final double PROGRESS = 0.8;

  private final AdversarialLoss loss;
  private final double leastLoss;
  private final Deque<HistoryRow> rows = new ArrayDeque<>();
  private final List<Quality> judgements = new ArrayList<>();
  private final List<Long> judgedAt = new ArrayList<>();

  /** What was judged before has nothing to say of samples that get no better or move about. */
  private long since = SETTLED_IMAGES;

  /** Lowest KID since then of judgements that are no longer kept. */
  private double lowest = Double.POSITIVE_INFINITY;

  private long lowestAt;

  private double largestNormG;
  private long images;

  /**
   * @param leastLoss D's where it is right about everything; above 0 for labels that are not sure
   */
  HealthMonitor(AdversarialLoss loss, double leastLoss) {
    this.loss = loss;
    this.leastLoss = leastLoss;
  }

  /** Takes note of a row of an earlier session. */
  void recall(HistoryRow row) {
    if (row.gradNormG > largestNormG) largestNormG = row.gradNormG;
    remember(row.kid, row.images);
  }

  private void remember(double kid, long atImages) {
    if (atImages < since || !(kid < lowest)) return;
    lowest = kid;
    lowestAt = atImages;
  }

  /** Takes note that the game was changed; what it comes to is to be seen first. */
  void changed(long atImages) {
    since = Math.max(SETTLED_IMAGES, atImages);
    lowest = Double.POSITIVE_INFINITY;
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
      remember(judgements.remove(0).kid(), judgedAt.remove(0));
    }
  }

  /** Begins anew. */
  void forget() {
    rows.clear();
    judgements.clear();
    judgedAt.clear();
    largestNormG = 0;
    changed(0);
  }

  /** The verdict on what was added so far. */
  Verdict verdict() {
    Verdict found = collapse();
    if (found == null) found = memorising();
    if (found == null) found = dominates();
    if (found == null) found = oscillation();
    if (found == null) found = balance();
    if (found == null) found = stuck();
    return found != null ? found : healthy();
  }

  static Verdict diverged(long images) {
    return new Verdict(
        Kind.DIVERGED,
        say("a loss or gradient was not finite after %,d images.", images),
        "Lower learning_rate_g and learning_rate_d to a tenth, or raise r1 and r2 tenfold.");
  }

  /** The last judgements, {@code null} if there are not so many since that number of images. */
  private List<Quality> last(int n, long after) {
    int size = judgements.size();
    if (size < n || judgedAt.get(size - n) < after) return null;
    return judgements.subList(size - n, size);
  }

  private Verdict collapse() {
    List<Quality> last = last(2, SETTLED_IMAGES);
    if (last == null || last.stream().anyMatch(HealthMonitor::isVaried)) return null;
    return new Verdict(
        Kind.MODE_COLLAPSE,
        say(
            "two samples differ by %.0f %% of what two real images do.",
            100 * last.get(1).diversity()),
        "Start anew with loss=relativistic and its penalties (r1=auto, r2=auto), or with half the"
            + " learning_rate_g.");
  }

  private Verdict memorising() {
    List<Quality> last = last(3, SETTLED_IMAGES);
    if (last == null) return null;
    for (Quality quality : last) {
      // What is blurred lies near everything, and so nearer to training images than reals do.
      boolean sharp = isNear(quality);
      if (!sharp || quality.nearness() < COPIES || quality.copying() > NO_CHANCE) return null;
    }
    return new Verdict(
        Kind.MEMORISING,
        say(
            "a sample is nearer to a training image than another real image is in %.0f %% of cases"
                + " (50 %% if it were new; standard score %.1f).",
            100 * last.get(2).nearness(), last.get(2).copying()),
        "Add images, allow flips and turns where the biology does, or stop earlier.");
  }

  private Verdict dominates() {
    double blind = loss.blindLoss();
    if (rows.size() < ROWS || images < FIRST_IMAGES || Double.isNaN(blind)) return null;
    for (HistoryRow row : rows) {
      double above = (row.dLoss - leastLoss) / (blind - leastLoss);
      if (above > SHARE_OF_BLIND_LOSS || row.dAccuracy < SURE) return null;
    }
    HistoryRow row = rows.getLast();
    double norm = row.gradNormG / largestNormG;
    // D may well win while G learns from it; it dominates where G does not.
    Quality now = judgements.isEmpty() ? null : judgements.get(judgements.size() - 1);
    if ((now == null || !isFar(now)) && norm > VANISHED) return null;
    return new Verdict(
        Kind.DISCRIMINATOR_DOMINATES,
        say(
            "D's loss is %.3f (%.2f if it could not tell), it is right in %.0f %% of cases, and G's"
                + " gradient is %.2g of its largest.",
            row.dLoss, blind, 100 * row.dAccuracy, norm),
        "Lower learning_rate_d to a quarter, or raise r1 and r2 tenfold.");
  }

  private Verdict oscillation() {
    List<Quality> last = last(JUDGEMENTS, since);
    if (last == null) return null;
    double path = 0;
    double relapse = 0;
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < last.size(); i++) {
      Quality quality = last.get(i);
      if (i > 0) path += quality.distanceTo(last.get(i - 1));
      best = Math.min(best, Math.max(quality.kid(), quality.kidFloor()));
      relapse = Math.max(relapse, quality.kid() / best);
    }
    double step = path / (last.size() - 1);
    if (step < STEP || relapse < RELAPSE) return null;
    return new Verdict(
        Kind.OSCILLATION,
        say(
            "from one judgement to the next the samples' mean moves by %.1f times the spread of"
                + " the real images, and KID has risen %.1f-fold again.",
            step, relapse),
        "Halve learning_rate_g and learning_rate_d, or raise r1 and r2 tenfold.");
  }

  /** Whether samples differ from each other much as real images do. */
  static boolean isVaried(Quality quality) {
    return quality.diversity() > VARIED;
  }

  private static boolean isNear(Quality quality) {
    return quality.kid() <= FAR * quality.kidFloor();
  }

  private static boolean isFar(Quality quality) {
    return quality.kid() > FAR_AWAY && !isNear(quality);
  }

  /** The samples stay far from the reals, though D tells what is wrong with them. */
  private Verdict stuck() {
    List<Quality> last = last(JUDGEMENTS, since);
    if (last == null || rows.isEmpty()) return null;
    if (!last.stream().allMatch(HealthMonitor::isFar)) return null;
    // A KID that wanders falls for a while now and then: only below what there was is progress.
    double first = last.get(0).kid();
    boolean wasLower = lowest < first;
    double before = wasLower ? lowest : first;
    if (last.stream().anyMatch(quality -> quality.kid() < PROGRESS * before)) return null;
    Quality now = last.get(last.size() - 1);
    return new Verdict(
        Kind.DISCRIMINATOR_DOMINATES,
        say(
            "D is right in %.0f %% of cases and G does not learn from it: KID is %.0f times that of"
                + " real images, and was %.0f times after %,d images.",
            100 * rows.getLast().dAccuracy,
            now.kid() / now.kidFloor(),
            before / now.kidFloor(),
            wasLower ? lowestAt : judgedAt.get(judgedAt.size() - JUDGEMENTS)),
        "Lower learning_rate_g and learning_rate_d to a quarter, or raise r1 and r2 tenfold.");
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
    List<Quality> last = last(3, FIRST_IMAGES);
    if (last == null) return null;
    Quality now = last.get(2);
    double times = now.kid() / now.kidFloor();
    if (times < NEAR) {
      return new Verdict(
          Kind.AT_EQUILIBRIUM,
          say(
              "D cannot tell (accuracy %.2f ± %.2f), and KID is %.1f times that of real images at most.",
              mean, deviation, times),
          "");
    }
    if (!isFar(now) || now.kid() < PROGRESS * last.get(0).kid()) return null;
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
    if (!isNear(now)) {
      return new Verdict(
          Kind.HEALTHY,
          say(
              "the game shows no fault, but the samples are still far from the real images: KID is"
                  + " %.0f times theirs, variety %.0f %%.",
              now.kid() / now.kidFloor(), 100 * now.diversity()),
          "Train longer.");
    }
    return new Verdict(
        Kind.HEALTHY,
        now.kid() <= now.kidFloor()
            ? say("KID is that of real images, variety %.0f %% of theirs.", 100 * now.diversity())
            : say(
                "KID is %.1f times that of real images, variety %.0f %% of theirs.",
                now.kid() / now.kidFloor(), 100 * now.diversity()),
        "");
  }

  private static String say(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
