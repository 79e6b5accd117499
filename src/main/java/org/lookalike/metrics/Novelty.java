package org.lookalike.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.lookalike.image.InputException;

/**
 * Whether synthetic images are new: authenticity and C_T, beside what real images give that were
 * not trained on.
 */
final class Novelty {
  /** A real image as near to a training image, in usual distances of those, is that image. */
  private static final double SAME = 0.01;

  private final FeatureSet reals;
  private final FeatureSet synthetics;
  private final FeatureSet training;

  /** Reals that were not trained on. */
  private final FeatureSet others;

  /**
   * @param training features of the images the model was trained on; {@code null} if unknown
   */
  Novelty(FeatureSet reals, FeatureSet synthetics, FeatureSet training) {
    this.reals = reals;
    this.synthetics = synthetics;
    this.training = training;
    others = training == null ? reals : reals.subset(apart(reals, training));
  }

  /** Rows of reals that are no training images. */
  private static int[] apart(FeatureSet reals, FeatureSet training) {
    if (training.rows() < Evaluation.FEWEST) return IntStream.range(0, reals.rows()).toArray();
    double[] among = NearestNeighbours.within(training, 1).nearestDistances();
    double[] sorted = among.clone();
    Arrays.sort(sorted);
    double same = SAME * sorted[sorted.length / 2];
    NearestNeighbours nearest = NearestNeighbours.of(reals, training, 1);
    // Empty backgrounds are like each other without being the same image.
    return IntStream.range(0, reals.rows())
        .filter(i -> nearest.distance(i, 0) > same || among[nearest.neighbour(i, 0)] <= same)
        .toArray();
  }

  void addTo(Report report) {
    int known = reals.rows() - others.rows();
    if (known > 0) {
      report.say(
          String.format(
              "%d of the %d real images are training images and were left out where copies are"
                  + " looked for; compare with real images that were not trained on.",
              known, reals.rows()));
    }
    report.add(authenticity());
    report.add(copying());
  }

  private Finding authenticity() {
    FeatureSet known = training == null ? reals : training;
    Finding authenticity =
        new Finding(
            "authenticity",
            "Authenticity",
            "best like its floor",
            "share of synthetic images farther from their nearest "
                + (training == null ? "real" : "training")
                + " image than that is from its own nearest neighbour",
            "Alaa et al. 2022",
            Authenticity.of(known, synthetics));
    int half = reals.rows() / 2;
    if (training != null && others.rows() >= Evaluation.FEWEST) {
      double ofReals = Authenticity.of(training, others);
      authenticity.withFloor(others.rows(), null, Estimate.of(ofReals, Double.NaN));
    } else if (training == null && half >= Evaluation.FEWEST) {
      authenticity.withFloor(
          half,
          null,
          Floor.of(Authenticity::of, reals, half, Evaluation.FLOOR_REPEATS, Evaluation.SEED));
    }
    return authenticity;
  }

  private Finding copying() {
    String note = "";
    double score = Double.NaN;
    if (training == null || others.rows() < Math.min(Evaluation.FEW, reals.rows())) {
      note = "needs the images of the training, and real ones that were not trained on";
    } else if (Math.min(others.rows(), synthetics.rows()) < Evaluation.FEW) {
      note = "needs " + Evaluation.FEW + " images a side or more";
    } else {
      try {
        score = DataCopyingTest.of(training, others, synthetics, Evaluation.SEED);
      } catch (InputException e) {
        note = e.getMessage();
      }
    }
    return new Finding(
            "ct",
            "C_T",
            "about 0; far below: copies, far above: unlike the data",
            "standard score of synthetic images' distances to training images, against those of"
                + " other real images",
            "Meehan et al. 2020",
            score)
        .withNote(note);
  }
}
