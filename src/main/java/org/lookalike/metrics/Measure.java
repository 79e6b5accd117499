package org.lookalike.metrics;

import java.util.List;

/**
 * A measure of two sets of features: how it is called, read, cited, and from how many images on.
 */
final class Measure {
  /** How figures are read. */
  enum Better {
    LOWER("lower is closer"),
    HIGHER("higher is better"),
    LIKE_FLOOR("best like its floor");

    final String words;

    Better(String words) {
      this.words = words;
    }
  }

  private static final int FEW = 100;
  private static final int NEIGHBOURS = 6;
  private static final long SEED = 1;

  /** Those that need nothing but the two sets. */
  static final List<Measure> ALL =
      List.of(
          new Measure(
              "fid",
              "FID",
              Better.LOWER,
              2,
              "Heusel et al. 2017",
              "distance of the two sets' means and covariances",
              FrechetDistance::between),
          new Measure(
              "fid_infinity",
              "FID∞",
              Better.LOWER,
              FEW,
              "Chong and Forsyth 2020",
              "FID as it would be of endlessly many synthetic images",
              (reals, fakes) -> FidInfinity.of(Moments.of(reals), fakes, SEED)),
          new Measure(
              "kid",
              "KID",
              Better.LOWER,
              2,
              "Bińkowski et al. 2018",
              "distance without the bias of small samples; may be negative",
              (reals, fakes) -> KernelDistance.of(reals, fakes, SEED).mean()),
          new Measure(
              "precision",
              "Precision",
              Better.HIGHER,
              NEIGHBOURS,
              "Kynkäänniemi et al. 2019",
              "share of synthetic images that lie where real ones do",
              (reals, fakes) -> PrecisionRecall.of(reals, fakes).precision()),
          new Measure(
              "recall",
              "Recall",
              Better.HIGHER,
              NEIGHBOURS,
              "Kynkäänniemi et al. 2019",
              "share of real images that lie where synthetic ones do",
              (reals, fakes) -> PrecisionRecall.of(reals, fakes).recall()),
          new Measure(
              "density",
              "Density",
              Better.HIGHER,
              NEIGHBOURS,
              "Naeem et al. 2020",
              "how densely real images surround a synthetic one; about 1 for like sets",
              (reals, fakes) -> DensityCoverage.of(reals, fakes).density()),
          new Measure(
              "coverage",
              "Coverage",
              Better.HIGHER,
              NEIGHBOURS,
              "Naeem et al. 2020",
              "share of real images with a synthetic one near them",
              (reals, fakes) -> DensityCoverage.of(reals, fakes).coverage()),
          new Measure(
              "vendi",
              "Vendi score",
              Better.LIKE_FLOOR,
              2,
              "Friedman and Dieng 2023",
              "effective number of different images",
              (reals, fakes) -> VendiScore.of(fakes.less(Moments.of(reals).mean()))),
          new Measure(
              "ndb",
              "NDB",
              Better.LOWER,
              FEW,
              "Richardson and Weiss 2018",
              "share of the bins of real images that synthetic ones fill too much or too little",
              (reals, fakes) -> BinnedProportions.of(reals, fakes, SEED).share()),
          new Measure(
              "jsd",
              "JSD",
              Better.LOWER,
              FEW,
              "Richardson and Weiss 2018",
              "Jensen–Shannon divergence of the same bins",
              (reals, fakes) -> BinnedProportions.of(reals, fakes, SEED).divergence()));

  private final String key;
  private final String label;
  private final Better better;
  private final int fewest;
  private final String paper;
  private final String meaning;
  private final Floor.Measure function;

  private Measure(
      String key,
      String label,
      Better better,
      int fewest,
      String paper,
      String meaning,
      Floor.Measure function) {
    this.key = key;
    this.label = label;
    this.better = better;
    this.fewest = fewest;
    this.paper = paper;
    this.meaning = meaning;
    this.function = function;
  }

  /** In {@code report.json}. */
  String key() {
    return key;
  }

  /** Images a side below which it says nothing. */
  int fewest() {
    return fewest;
  }

  Finding explain(double value) {
    return new Finding(key, label, better.words, meaning, paper, value);
  }

  double between(FeatureSet reals, FeatureSet synthetics) {
    return function.between(reals, synthetics);
  }

  Floor.Measure function() {
    return function;
  }
}
