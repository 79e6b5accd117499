package org.lookalike.train;

import java.io.IOException;
import org.lookalike.gan.Quality;
import org.lookalike.gan.QualityJudge;
import org.lookalike.image.Dataset;

/**
 * When samples are judged, against which images, and which model was the best. They are judged by
 * what is left of them in image files: in a square root's scale the grain of dark backgrounds,
 * which nobody sees, outweighs all else.
 */
final class Judging {
  private static final double SECONDS = 10;

  /** Where a training goes by images, so do judgements: the same seed then keeps the same model. */
  private static final long TIMES = 20;

  private static final long IMAGES = 2000;

  /** A judgement waits this many times its own cost, so they take at most 4 % of the time. */
  private static final double REST = 25;

  /** {@code null} if nobody judges. */
  private final QualityJudge judge;

  private final Dataset dataset;
  private final TrainSettings settings;
  private final BestModel best = new BestModel();
  private double next;
  private long judgedAt = -1;

  /**
   * @param judge {@code null} for none
   */
  Judging(QualityJudge judge, Dataset dataset, TrainSettings settings) {
    this.judge = judge;
    this.dataset = dataset;
    this.settings = settings;
  }

  /** Shows the judge the real images. */
  void begin(double now) throws IOException {
    if (judge == null) return;
    next = now + SECONDS;
    int each = dataset.channels() * dataset.size() * dataset.size();
    float[] training = new float[judge.count() * each];
    dataset.readReference(judge.count(), training);
    float[] heldOut = new float[dataset.heldOutCount() == 0 ? 0 : training.length];
    if (heldOut.length > 0) dataset.readHeldOut(judge.count(), heldOut);
    dataset.toSaved(training);
    dataset.toSaved(heldOut);
    judge.begin(heldOut, training, dataset.channels(), dataset.size());
  }

  /**
   * Whether to judge now.
   *
   * @param imagesARound by which {@code images} has just grown
   */
  boolean isDue(long images, int imagesARound, double now) {
    if (judge == null) return false;
    Long limit = settings.get(TrainSettings.IMAGES);
    if (limit == null) return now >= next;
    long every = Math.max(IMAGES, limit / TIMES);
    return images / every > (images - imagesARound) / every;
  }

  /** Whether the samples of now have not been judged yet. */
  boolean isOwed(long images) {
    return judge != null && judgedAt != images;
  }

  /** How many samples are judged. */
  int count() {
    return judge.count();
  }

  Quality judge(float[] samples, long images) {
    judgedAt = images;
    float[] saved = samples.clone();
    dataset.toSaved(saved);
    return judge.judge(saved);
  }

  /** Sets when to judge next, after what this time has cost. */
  void rest(double start, double end) {
    next = end + Math.max(SECONDS, REST * (end - start));
  }

  BestModel best() {
    return best;
  }
}
