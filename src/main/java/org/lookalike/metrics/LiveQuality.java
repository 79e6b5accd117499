package org.lookalike.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.lookalike.gan.Quality;
import org.lookalike.gan.QualityJudge;

/**
 * KID, FID, diversity and a test for copies in the built-in features, small enough to be taken
 * again and again while a training runs.
 *
 * <p>Copies: distances to the nearest training image, of fakes against held-out reals, by a
 * Mann–Whitney test (the idea of C_T, without its cells). Only intensities count there: a copy in a
 * texture of its own is a copy. Where no reals are held out, fakes compare with the training
 * images, and each training image's distance to the nearest other takes the place of the held-out
 * ones'.
 */
public final class LiveQuality implements QualityJudge {
  private static final int COUNT = 256;
  private static final int BATCH = 32;

  /** KID's standard error is taken over so many parts of the fakes. */
  private static final int PARTS = 8;

  private static final long SEED = 1;

  private BuiltInFeatures extractor;
  private int channels;
  private int size;
  private FeatureScale scale;
  private FeatureSet reals;
  private FeatureSet trainingContent;
  private FrechetDistance distance;

  /** Images that FID and its floor compare with the reference. */
  private int compared;

  private double[] center;
  private double spread;
  private double realDistance;
  private double kidFloor;
  private double fidFloor;
  private double[] ordinary;

  @Override
  public int count() {
    return COUNT;
  }

  @Override
  public void begin(float[] heldOut, float[] trainingImages, int channels, int size) {
    this.channels = channels;
    this.size = size;
    extractor = new BuiltInFeatures(channels);
    FeatureSet raw = features(heldOut.length > 0 ? heldOut : trainingImages);
    scale = FeatureScale.of(raw, extractor);
    FeatureSet training = distinct(scale.apply(features(trainingImages)));
    boolean apart = heldOut.length > 0;
    reals = apart ? distinct(scale.apply(raw)) : training;
    Moments realMoments = Moments.of(reals);
    center = realMoments.mean();
    spread = Math.sqrt(realMoments.totalVariance());
    realDistance = meanDistance(reals);
    List<FeatureSet> halves = reals.randomHalves(SEED);
    FeatureSet other = apart ? training : halves.get(0);
    FeatureSet reference = apart ? reals : halves.get(1);
    distance = new FrechetDistance(Moments.of(reference));
    compared = other.rows();
    Estimate kid = kid(reference, other);
    kidFloor = Math.max(0, kid.mean()) + 2 * kid.deviation();
    fidFloor = FrechetDistance.between(reference, other);
    trainingContent = content(training);
    NearestNeighbours nearest =
        apart
            ? NearestNeighbours.of(content(reals), trainingContent, 1)
            : NearestNeighbours.within(trainingContent, 1);
    ordinary = nearest.nearestDistances();
  }

  @Override
  public Quality judge(float[] fakes) {
    FeatureSet made = scale.apply(features(fakes));
    Estimate kid = kid(reals, made);
    Moments moments = Moments.of(made);
    double[] position = moments.mean();
    for (int i = 0; i < position.length; i++) position[i] = (position[i] - center[i]) / spread;
    double[] toTraining =
        NearestNeighbours.of(content(made), trainingContent, 1).nearestDistances();
    return new Quality(
        kid.mean(),
        kid.deviation(),
        kidFloor,
        distance.to(Moments.of(some(made))),
        fidFloor,
        meanDistance(made) / realDistance,
        1 - DataCopyingTest.shareAbove(toTraining, ordinary),
        DataCopyingTest.mannWhitneyZ(toTraining, ordinary),
        position);
  }

  private FeatureSet features(float[] nchw) {
    int each = channels * size * size;
    int n = nchw.length / each;
    float[][] rows = new float[n][];
    for (int first = 0; first < n; first += BATCH) {
      int some = Math.min(BATCH, n - first);
      float[] part = Arrays.copyOfRange(nchw, first * each, (first + some) * each);
      float[][] of = extractor.features(part, some, channels, size);
      System.arraycopy(of, 0, rows, first, some);
    }
    return FeatureSet.of(rows);
  }

  /** As many as FID's floor is of, since FID falls with their number. */
  private FeatureSet some(FeatureSet made) {
    return made.rows() > compared ? made.random(compared, SEED) : made;
  }

  private FeatureSet content(FeatureSet set) {
    return set.firstColumns(extractor.contentFeatures());
  }

  /** Of few images the same view is drawn more than once. */
  private static FeatureSet distinct(FeatureSet set) {
    List<Integer> kept = new ArrayList<>();
    List<float[]> seen = new ArrayList<>();
    for (int i = 0; i < set.rows(); i++) {
      float[] row = set.row(i);
      if (seen.stream().anyMatch(other -> Arrays.equals(other, row))) continue;
      seen.add(row);
      kept.add(i);
    }
    if (kept.size() < 2) return set;
    return set.subset(kept.stream().mapToInt(Integer::intValue).toArray());
  }

  /** Mean over parts of the fakes, each against all reals, and the standard error of the mean. */
  private static Estimate kid(FeatureSet reals, FeatureSet fakes) {
    int parts = Math.min(PARTS, fakes.rows() / 2);
    double[] values = new double[parts];
    for (int p = 0; p < parts; p++) {
      int first = p;
      // Every so-manieth, since rows of training images come class by class.
      int[] rows = IntStream.range(0, fakes.rows()).filter(i -> i % parts == first).toArray();
      values[p] = KernelDistance.between(reals, fakes.subset(rows));
    }
    Estimate over = Estimate.ofSample(values);
    return Estimate.of(over.mean(), over.deviation() / Math.sqrt(parts));
  }

  private static double meanDistance(FeatureSet set) {
    double[] sums = new double[set.rows()];
    RowPairs.squaredDistances(
        set,
        set,
        (row, first, count, values) -> {
          for (int j = 0; j < count; j++) sums[row] += Math.sqrt(Math.max(0, values[j]));
        });
    double n = set.rows();
    return Arrays.stream(sums).sum() / (n * (n - 1));
  }

  @Override
  public void close() {
    if (extractor != null) extractor.close();
  }
}
