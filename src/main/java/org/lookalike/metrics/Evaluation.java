package org.lookalike.metrics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.lookalike.image.ChannelImage;
import org.lookalike.image.ImageSource;
import org.lookalike.image.InputException;
import org.lookalike.image.Views;

/**
 * Compares synthetic images with real ones: how close, how varied, how new. Every figure stands
 * beside the same figure between halves of the real images (its floor), where there are enough.
 */
public final class Evaluation {
  private static final int FEWEST = 2;

  /** Of the measures by nearest neighbours. */
  private static final int NEIGHBOURS = 5;

  private static final int FEW = 100;
  private static final int BATCH = 32;
  private static final int FLOOR_REPEATS = 4;
  private static final int PAIRS = 400;
  private static final int PICTURES = 1000;
  private static final int SMALLEST_FOR_SSIM = 32;
  private static final int SMALLEST_FOR_SWD = 16;
  private static final double RANGE = 1;
  private static final long SEED = 1;

  private final Consumer<String> log;

  /**
   * @param log is told what is being done
   */
  public Evaluation(Consumer<String> log) {
    this.log = log;
  }

  /** Features of all views of a set. */
  public FeatureSet features(Views views, FeatureExtractor extractor) throws IOException {
    int each = views.channels() * views.size() * views.size();
    float[] batch = new float[BATCH * each];
    float[] values = null;
    List<String> names = new ArrayList<>();
    int dimensions = 0;
    for (int first = 0; first < views.count(); first += BATCH) {
      int n = Math.min(BATCH, views.count() - first);
      views.read(first, n, batch);
      float[][] rows = extractor.features(batch, n, views.channels(), views.size());
      if (values == null) {
        dimensions = rows[0].length;
        values = new float[views.count() * dimensions];
      }
      for (int i = 0; i < n; i++) {
        System.arraycopy(rows[i], 0, values, (first + i) * dimensions, dimensions);
        names.add(views.nameOf(first + i));
      }
    }
    if (values == null) throw new InputException("There are no images to evaluate.");
    return new FeatureSet(values, views.count(), dimensions, names);
  }

  /**
   * All measures, those on the images themselves too, of whole sets.
   *
   * @param training images the model was trained on; {@code null} if unknown
   * @param features as {@link FeatureExtractors#open} takes them
   * @throws InputException if the sets cannot be compared
   */
  public Report compare(
      ImageSource real, ImageSource synthetic, ImageSource training, String features)
      throws IOException {
    List<Views> pair = Views.pair(real, synthetic, log);
    Views reals = pair.get(0);
    Views known = training == null ? null : Views.like(training, reals);
    try (FeatureExtractor extractor = FeatureExtractors.open(features, reals.channels())) {
      return compare(reals, pair.get(1), known, extractor);
    }
  }

  /**
   * All measures, those on the images themselves too.
   *
   * @param training images the model was trained on, seen as the reals are; {@code null} if unknown
   * @throws InputException if there are too few images
   */
  public Report compare(Views reals, Views synthetics, Views training, FeatureExtractor extractor)
      throws IOException {
    log.accept(String.format("Features of %d real images.", reals.count()));
    FeatureSet a = features(reals, extractor);
    log.accept(String.format("Features of %d synthetic images.", synthetics.count()));
    FeatureSet b = features(synthetics, extractor);
    FeatureSet t = training == null ? null : features(training, extractor);
    Report report = compare(a, b, t, extractor.name());
    log.accept("Comparing the images themselves.");
    compareImages(pictures(reals), pictures(synthetics), reals.size(), report);
    return report;
  }

  /**
   * The measures that need features only.
   *
   * @param training features of the images the model was trained on; {@code null} if unknown
   * @param name of the extractor
   * @throws InputException if there are too few rows
   */
  public Report compare(FeatureSet reals, FeatureSet synthetics, FeatureSet training, String name) {
    if (Math.min(reals.rows(), synthetics.rows()) < FEWEST) {
      throw new InputException(
          String.format(
              "There are only %d real and %d synthetic images; a comparison needs %d of each.",
              reals.rows(), synthetics.rows(), FEWEST));
    }
    log.accept("Comparing features.");
    Report report = new Report(name);
    report.put("n_real", reals.rows());
    report.put("n_synthetic", synthetics.rows());
    distances(reals, synthetics, report);
    varieties(reals, synthetics, training, report);
    judge(report, reals, synthetics, training != null);
    return report;
  }

  private static void distances(FeatureSet reals, FeatureSet synthetics, Report report) {
    put(report, "fid", () -> FrechetDistance.between(reals, synthetics));
    put(
        report,
        "fid_floor",
        () ->
            Floor.of(FrechetDistance::between, reals, size(reals, synthetics), FLOOR_REPEATS, SEED)
                .mean());
    if (synthetics.rows() >= FEW) {
      put(report, "fid_infinity", () -> FidInfinity.of(Moments.of(reals), synthetics, SEED));
    }
    Estimate kid = KernelDistance.of(reals, synthetics, SEED);
    report.put("kid", kid.mean());
    report.put("kid_std", kid.deviation());
    Floor.Measure kernel = (x, y) -> KernelDistance.of(x, y, SEED).mean();
    put(
        report,
        "kid_floor",
        () -> Floor.of(kernel, reals, size(reals, synthetics), FLOOR_REPEATS, SEED).mean());
  }

  /** Of the halves of the reals that a floor compares; finite samples bias FID upwards. */
  private static int size(FeatureSet reals, FeatureSet synthetics) {
    return Math.min(reals.rows() / 2, synthetics.rows());
  }

  private static void varieties(
      FeatureSet reals, FeatureSet synthetics, FeatureSet training, Report report) {
    if (Math.min(reals.rows(), synthetics.rows()) > NEIGHBOURS) {
      PrecisionRecall shares = PrecisionRecall.of(reals, synthetics);
      report.put("precision", shares.precision());
      report.put("recall", shares.recall());
      DensityCoverage cover = DensityCoverage.of(reals, synthetics);
      report.put("density", cover.density());
      report.put("coverage", cover.coverage());
    }
    int n = Math.min(reals.rows(), synthetics.rows());
    // What all images have in common would hide their differences in the cosine kernel.
    double[] common = Moments.of(reals).mean();
    put(report, "vendi", () -> VendiScore.of(synthetics.random(n, SEED).less(common)));
    put(report, "vendi_real", () -> VendiScore.of(reals.random(n, SEED).less(common)));
    FeatureSet known = training == null ? reals : training;
    put(report, "authenticity", () -> Authenticity.of(known, synthetics));
    if (n < FEW) return;
    put(report, "ndb", () -> BinnedProportions.of(reals, synthetics, SEED).share());
    if (training != null) {
      put(report, "ct", () -> DataCopyingTest.of(training, reals, synthetics, SEED));
    }
  }

  /** A measure that these images are too few for is said to be left out. */
  private static void put(Report report, String key, DoubleSupplier measure) {
    try {
      report.put(key, measure.getAsDouble());
    } catch (InputException e) {
      report.say(key + " is left out: " + e.getMessage());
    }
  }

  private static void judge(
      Report report, FeatureSet reals, FeatureSet synthetics, boolean hasTraining) {
    int n = Math.min(reals.rows(), synthetics.rows());
    if (n < FEW) {
      report.say(
          String.format(
              "With %d images in the smaller set the figures say little; take %d or more.",
              n, FEW));
    }
    int size = size(reals, synthetics);
    if (size > 1) {
      double atSize = 0;
      for (int i = 0; i < FLOOR_REPEATS; i++) {
        FeatureSet some = reals.random(size, SEED + i);
        atSize += FrechetDistance.between(some, synthetics.random(size, SEED + i));
      }
      atSize /= FLOOR_REPEATS;
      report.say(
          String.format(
              Locale.ROOT,
              "Distance (FID, %s) of %d and %d images: %s, where two halves of the real images"
                  + " give %s.",
              report.features(),
              size,
              size,
              round(atSize, size),
              round(report.get("fid_floor"), size)));
    }
    if (n > NEIGHBOURS) judgeVariety(report, hasTraining);
  }

  private static void judgeVariety(Report report, boolean hasTraining) {
    double variety = report.get("vendi") / report.get("vendi_real");
    report.say(
        variety < 0.5
            ? "The synthetic images are far less varied than the real ones: mode collapse."
            : String.format(
                Locale.ROOT,
                "Variety (Vendi score): %.0f %% of that of as many real images.",
                100 * variety));
    double expected =
        DensityCoverage.expectedCoverage(
            (int) report.get("n_real"), (int) report.get("n_synthetic"));
    report.say(
        String.format(
            Locale.ROOT,
            "Coverage: %.0f %% of the real images have a synthetic one near them; of two equal"
                + " sets it would be %.0f %%.",
            100 * report.get("coverage"),
            100 * expected));
    double copies = 1 - report.get("authenticity");
    report.say(
        String.format(
            Locale.ROOT,
            "%.0f %% of the synthetic images lie nearer to a %s image than that image does to"
                + " its own nearest neighbour; with independent images about half would.",
            100 * copies,
            hasTraining ? "training" : "real"));
    double ct = report.get("ct");
    if (ct < -3) {
      report.say(
          String.format(
              Locale.ROOT,
              "C_T is %.1f: the synthetic images are nearer to the training images than held-out"
                  + " ones are, so the model copies.",
              ct));
    }
  }

  /** No more digits than a sample of that size supports. */
  private static String round(double value, double n) {
    return String.format(Locale.ROOT, n < FEW ? "%.2g" : "%.3g", value);
  }

  private static List<ChannelImage> pictures(Views views) throws IOException {
    int each = views.channels() * views.size() * views.size();
    List<ChannelImage> pictures = new ArrayList<>();
    int n = Math.min(PICTURES, views.count());
    for (int i = 0; i < n; i++) {
      float[] values = new float[each];
      views.read((int) ((long) i * views.count() / n), 1, values);
      // Luminance of MS-SSIM wants intensities from 0.
      for (int p = 0; p < each; p++) values[p] = (values[p] + 1) / 2;
      pictures.add(new ChannelImage(views.channels(), views.size(), views.size(), values));
    }
    return pictures;
  }

  private static void compareImages(
      List<ChannelImage> reals, List<ChannelImage> synthetics, int size, Report report) {
    if (size >= SMALLEST_FOR_SSIM) {
      report.put("ms_ssim", MultiScaleSsim.diversity(synthetics, RANGE, PAIRS, SEED));
      report.put("ms_ssim_real", MultiScaleSsim.diversity(reals, RANGE, PAIRS, SEED));
    }
    if (size >= SMALLEST_FOR_SWD) {
      report.put("swd", SlicedWasserstein.of(reals, synthetics, SEED).mean());
    }
  }
}
