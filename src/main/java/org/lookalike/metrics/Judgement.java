package org.lookalike.metrics;

import java.util.Locale;

/** Puts the figures of a report into sentences. */
final class Judgement {
  private static final double COLLAPSED = 0.5;
  private static final double COPIES = -3;

  private final Report report;
  private final boolean hasTraining;

  Judgement(Report report, boolean hasTraining) {
    this.report = report;
    this.hasTraining = hasTraining;
  }

  void pass() {
    int n = (int) Math.min(report.get("n_real"), report.get("n_synthetic"));
    if (n < Evaluation.FEW) {
      report.say(
          String.format(
              "With %d images in the smaller set the figures say little; take %d or more.",
              n, Evaluation.FEW));
    }
    distance();
    variety();
    coverage();
    novelty();
  }

  private void distance() {
    Finding fid = report.finding("fid");
    if (fid.floor() == null) return;
    report.say(
        String.format(
            "%s of %d and %d images: %s, where two halves of the real images give %s.",
            report.nameOfFid(), fid.size(), fid.size(), fid.atSizeText(), fid.floorText()));
  }

  private void variety() {
    Finding vendi = report.finding("vendi");
    if (vendi.floor() == null) return;
    double share = vendi.atSize().mean() / vendi.floor().mean();
    report.say(
        share < COLLAPSED
            ? "The synthetic images are far less varied than the real ones in these features: mode"
                + " collapse, or a blur or noise that all of them share; look at them."
            : String.format(
                Locale.ROOT,
                "Variety (Vendi score): %.0f %% of that of as many real images.",
                100 * share));
  }

  private void coverage() {
    if (Double.isNaN(report.get("coverage"))) return;
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
  }

  private void novelty() {
    Finding authenticity = report.finding("authenticity");
    Estimate ofReals = authenticity.floor();
    report.say(
        String.format(
            Locale.ROOT,
            "%.0f %% of the synthetic images lie nearer to a %s image than that image does to its"
                + " own nearest neighbour%s.",
            100 * (1 - authenticity.value()),
            hasTraining ? "training" : "real",
            ofReals == null
                ? ""
                : String.format(
                    Locale.ROOT, "; of other real images %.0f %% do", 100 * (1 - ofReals.mean()))));
    double ct = report.get("ct");
    if (ct < COPIES) {
      report.say(
          String.format(
              Locale.ROOT,
              "C_T is %.1f: the synthetic images are nearer to the training images than held-out"
                  + " ones are, so the model copies.",
              ct));
    }
  }
}
