package org.lookalike.metrics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.lookalike.image.ChannelImage;
import org.lookalike.image.ImageSource;
import org.lookalike.image.InputException;
import org.lookalike.image.Views;

/**
 * Compares synthetic images with real ones: how close, how varied, how new. Every figure stands
 * beside the same figure between halves of the real images (its floor), where there are enough.
 */
public final class Evaluation {
  static final int FEWEST = 2;

  /** Images below which figures say little. */
  static final int FEW = 100;

  private static final int BATCH = 32;
  static final int FLOOR_REPEATS = 4;
  private static final int SWD_REPEATS = 2;
  private static final int SHOWN = 32;
  private static final double SMALLEST_DISTANCE = 1e-9;
  private static final int SHOWN_PAIRS = 16;
  private static final int PAIRS = 400;
  private static final int PICTURES = 1000;
  private static final int SMALLEST_FOR_SSIM = 32;
  private static final int SMALLEST_FOR_SWD = 16;
  private static final double RANGE = 1;
  static final long SEED = 1;

  private final Consumer<String> log;
  private String classifier;
  private boolean featuresOnly;
  private BooleanSupplier cancelled = () -> false;

  /**
   * @param log is told what is being done
   */
  public Evaluation(Consumer<String> log) {
    this.log = log;
  }

  /**
   * Has the Inception score taken too.
   *
   * @param model an ONNX model whose output is one logit or probability a class, with options as
   *     features have
   */
  public Evaluation withClassifier(String model) {
    classifier = model;
    return this;
  }

  /**
   * Lets somebody break off; the comparison then ends with a {@link CancellationException}.
   *
   * @param asked between batches and measures
   */
  public Evaluation cancelledBy(BooleanSupplier asked) {
    cancelled = asked;
    return this;
  }

  private void goOn() {
    if (cancelled.getAsBoolean()) throw new CancellationException("The evaluation was cancelled.");
  }

  /** Leaves out the measures on the images themselves and the gallery, which take longest. */
  public Evaluation withFeaturesOnly() {
    featuresOnly = true;
    return this;
  }

  private Finding inceptionScore(List<Views> pair) throws IOException {
    try (FeatureExtractor logits = FeatureExtractors.openClassifier(classifier)) {
      FeatureSet made = features(pair.get(1), logits);
      FeatureSet reals = features(pair.get(0), logits);
      Estimate score = InceptionScore.of(made);
      // The fewer images a split has, the lower the score.
      int size = Math.min(made.rows(), reals.rows());
      Estimate there = InceptionScore.of(made.random(size, SEED));
      Estimate ofReals = InceptionScore.of(reals.random(size, SEED));
      return new Finding(
              "is",
              "Inception score (" + logits.name() + ")",
              "best like its floor",
              "how surely and how variedly the classifier sorts synthetic images",
              "Salimans et al. 2016",
              score.mean())
          .withSpread(score.deviation())
          .withFloor(size, there, ofReals);
    }
  }

  /** Features of all views of a set. */
  public FeatureSet features(Views views, FeatureExtractor extractor) throws IOException {
    int each = views.channels() * views.size() * views.size();
    float[] batch = new float[BATCH * each];
    float[] values = null;
    List<String> names = new ArrayList<>();
    int dimensions = 0;
    for (int first = 0; first < views.count(); first += BATCH) {
      goOn();
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
    if (real.name().equals(synthetic.name())) {
      throw new InputException(
          "The real and the synthetic images are the same, "
              + real.name()
              + "; give two different sets.");
    }
    List<Views> pair = Views.pair(real, synthetic, log);
    Views reals = pair.get(0);
    Views known = training == null ? null : Views.like(training, reals);
    // First, so that a wrong classifier is found before hours of work.
    Finding score = classifier == null ? null : inceptionScore(pair);
    Report report;
    try (FeatureExtractor extractor = FeatureExtractors.open(features, reals.channels())) {
      report = compare(reals, pair.get(1), known, extractor);
    }
    if (score != null) report.add(score);
    return report;
  }

  /**
   * All measures, those on the images themselves too unless they are left out.
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
    FeatureScale scale = FeatureScale.of(a, extractor);
    a = scale.apply(a);
    b = scale.apply(b);
    if (t != null) t = scale.apply(t);
    int content = extractor.contentFeatures();
    Report report = compare(a, b, t, extractor.name(), content);
    report.setScale(scale.words());
    if (featuresOnly) return report;
    goOn();
    log.accept("Comparing the images themselves.");
    compareImages(pictures(reals), pictures(synthetics), reals.size(), report);
    report.setGallery(gallery(reals, synthetics, training, a, b, t, content));
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
    return compare(reals, synthetics, training, name, 0);
  }

  private Report compare(
      FeatureSet reals, FeatureSet synthetics, FeatureSet training, String name, int content) {
    if (Math.min(reals.rows(), synthetics.rows()) < FEWEST) {
      throw new InputException(
          String.format(
              "A comparison needs at least %d real and %d synthetic images; these are %d and %d.",
              FEWEST, FEWEST, reals.rows(), synthetics.rows()));
    }
    log.accept("Comparing features.");
    Report report = new Report(name, reals.rows(), synthetics.rows());
    for (Measure measure : Measure.ALL) {
      goOn();
      report.add(find(measure, reals, synthetics));
    }
    Novelty novelty =
        new Novelty(
            reals.firstColumns(content),
            synthetics.firstColumns(content),
            training == null ? null : training.firstColumns(content));
    novelty.addTo(report);
    new Judgement(report, training != null).pass();
    return report;
  }

  /** The measure, at the floor's number of images too, and the floor. */
  private static Finding find(Measure measure, FeatureSet reals, FeatureSet synthetics) {
    int n = Math.min(reals.rows(), synthetics.rows());
    if (n < measure.fewest()) {
      return measure
          .explain(Double.NaN)
          .withNote(String.format("needs %d images a side or more", measure.fewest()));
    }
    try {
      Finding finding = measure.explain(measure.between(reals, synthetics));
      if (measure.key().equals("kid")) {
        finding.withSpread(KernelDistance.spread(reals, synthetics, SEED));
      }
      int size = Math.min(reals.rows() / 2, synthetics.rows());
      if (size < measure.fewest()) {
        return finding.withNote("no floor: too few real images to compare them with each other");
      }
      double[] values = new double[FLOOR_REPEATS];
      for (int i = 0; i < FLOOR_REPEATS; i++) {
        FeatureSet some = reals.random(size, SEED + i);
        values[i] = measure.between(some, synthetics.random(size, SEED + i));
      }
      Estimate floor = Floor.of(measure.function(), reals, size, FLOOR_REPEATS, SEED);
      return finding.withFloor(size, Estimate.ofSample(values), floor);
    } catch (InputException e) {
      return measure.explain(Double.NaN).withNote(e.getMessage());
    }
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
    Finding similarity =
        new Finding(
            "ms_ssim",
            "MS-SSIM",
            "best like its floor; higher: less varied",
            "mean similarity of two synthetic images",
            "Wang et al. 2003, Odena et al. 2017",
            size < SMALLEST_FOR_SSIM
                ? Double.NaN
                : MultiScaleSsim.diversity(synthetics, RANGE, PAIRS, SEED));
    if (size < SMALLEST_FOR_SSIM) {
      similarity.withNote("needs images of " + SMALLEST_FOR_SSIM + " pixels or more");
    } else {
      double[] ofReals = new double[FLOOR_REPEATS];
      for (int i = 0; i < FLOOR_REPEATS; i++) {
        ofReals[i] = MultiScaleSsim.diversity(reals, RANGE, PAIRS, SEED + i);
      }
      similarity.withFloor(reals.size(), null, Estimate.ofSample(ofReals));
    }
    report.add(similarity);
    Finding wasserstein =
        new Finding(
            "swd",
            "SWD",
            "lower is closer",
            "sliced Wasserstein distance of patches at several resolutions, times 1000",
            "Karras et al. 2018",
            size < SMALLEST_FOR_SWD
                ? Double.NaN
                : SlicedWasserstein.of(reals, synthetics, SEED).mean());
    int half = Math.min(reals.size() / 2, synthetics.size());
    if (size < SMALLEST_FOR_SWD) {
      wasserstein.withNote("needs images of " + SMALLEST_FOR_SWD + " pixels or more");
    } else if (half >= FEWEST) {
      Estimate here = swd(reals, synthetics, half, false);
      wasserstein.withFloor(half, here, swd(reals, reals, half, true));
    }
    report.add(wasserstein);
  }

  private static Estimate swd(
      List<ChannelImage> reals, List<ChannelImage> others, int size, boolean halves) {
    double[] values = new double[SWD_REPEATS];
    for (int i = 0; i < SWD_REPEATS; i++) {
      List<ChannelImage> a = new ArrayList<>(reals);
      Collections.shuffle(a, new Random(SEED + i));
      List<ChannelImage> mixed = new ArrayList<>(others);
      Collections.shuffle(mixed, new Random(SEED - 1 - i));
      List<ChannelImage> b = halves ? a.subList(size, 2 * size) : mixed.subList(0, size);
      values[i] = SlicedWasserstein.of(a.subList(0, size), b, SEED + i).mean();
    }
    return Estimate.ofSample(values);
  }

  private static Gallery gallery(
      Views reals,
      Views synthetics,
      Views training,
      FeatureSet a,
      FeatureSet b,
      FeatureSet t,
      int content)
      throws IOException {
    Views known = training == null ? reals : training;
    FeatureSet knownFeatures = (training == null ? a : t).firstColumns(content);
    NearestNeighbours nearest = NearestNeighbours.of(b.firstColumns(content), knownFeatures, 1);
    NearestNeighbours among = NearestNeighbours.within(knownFeatures, 1);
    Integer[] order = new Integer[b.rows()];
    for (int i = 0; i < order.length; i++) order[i] = i;
    // Against that image's own surroundings, else empty views would come first.
    double[] relative = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      double ordinary = among.distance(nearest.neighbour(i, 0), 0);
      relative[i] = nearest.distance(i, 0) / Math.max(SMALLEST_DISTANCE, ordinary);
    }
    Arrays.sort(order, Comparator.comparingDouble(i -> relative[i]));
    List<Gallery.Pair> pairs = new ArrayList<>();
    for (int i = 0; i < Math.min(SHOWN_PAIRS, order.length); i++) {
      int neighbour = nearest.neighbour(order[i], 0);
      pairs.add(
          new Gallery.Pair(
              read(synthetics, order[i]),
              read(known, neighbour),
              known.nameOf(neighbour),
              nearest.distance(order[i], 0),
              among.distance(neighbour, 0)));
    }
    return new Gallery(
        reals.channels(),
        reals.size(),
        atRandom(reals),
        atRandom(synthetics),
        pairs,
        new FeatureMap(a, b, t),
        reals.images());
  }

  private static float[] read(Views views, int i) throws IOException {
    float[] values = new float[views.channels() * views.size() * views.size()];
    views.read(i, 1, values);
    return values;
  }

  private static float[] atRandom(Views views) throws IOException {
    int[] chosen = new Shuffle(SEED).choose(Math.min(SHOWN, views.count()), views.count());
    int each = views.channels() * views.size() * views.size();
    float[] all = new float[chosen.length * each];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(read(views, chosen[i]), 0, all, i * each, each);
    }
    return all;
  }
}
