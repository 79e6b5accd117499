package org.lookalike.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.lookalike.gan.Quality;

/**
 * One row of {@code history.csv}: means since the row before. {@code NaN} where a column does not
 * apply.
 */
public final class HistoryRow {
  /** The columns of {@code history.csv}. */
  public static final List<String> COLUMNS =
      List.of(
          "images",
          "seconds",
          "d_loss",
          "g_loss",
          "d_real",
          "d_fake",
          "d_accuracy",
          "wasserstein",
          "grad_norm_g",
          "grad_norm_d",
          "ada_p",
          "diversity",
          "fid",
          "kid",
          "verdict");

  private static final int ADA = COLUMNS.indexOf("ada_p");
  private static final int DIVERSITY = COLUMNS.indexOf("diversity");
  private static final int FID = COLUMNS.indexOf("fid");
  private static final int KID = COLUMNS.indexOf("kid");
  private static final int VERDICT = COLUMNS.indexOf("verdict");

  public final long images;
  public final double seconds;

  /** The discriminator's loss without penalties. */
  public final double dLoss;

  /** The generator's loss. */
  public final double gLoss;

  /** Mean logit of reals. */
  public final double dReal;

  /** Mean logit of fakes. */
  public final double dFake;

  /** Share of images that D takes for what they are; for critics, of pairs ranked right. */
  public final double dAccuracy;

  /** The critic's estimate of the Wasserstein distance, under Wasserstein losses only. */
  public final double wasserstein;

  /** Euclidean norm of the generator's gradient. */
  public final double gradNormG;

  /** Euclidean norm of the discriminator's gradient. */
  public final double gradNormD;

  /** Probability of augmentations of what D sees; NaN without them. */
  public final double adaProbability;

  /** Mean distance of two samples over that of two reals; NaN where samples were not judged. */
  public final double diversity;

  /** FID of samples against held-out reals in the built-in features; NaN as above. */
  public final double fid;

  /** KID of the same; NaN as above. */
  public final double kid;

  /** {@link Verdict.Kind#label()}; empty before there is one. */
  public final String verdict;

  private HistoryRow(String[] fields) {
    images = Long.parseLong(fields[0]);
    seconds = number(fields[1]);
    dLoss = number(fields[2]);
    gLoss = number(fields[3]);
    dReal = number(fields[4]);
    dFake = number(fields[5]);
    dAccuracy = number(fields[6]);
    wasserstein = number(fields[7]);
    gradNormG = number(fields[8]);
    gradNormD = number(fields[9]);
    adaProbability = number(fields[ADA]);
    diversity = number(fields[DIVERSITY]);
    fid = number(fields[FID]);
    kid = number(fields[KID]);
    verdict = fields[VERDICT];
  }

  /** A row with what judging the samples gave. */
  HistoryRow(HistoryRow row, Quality quality, String verdict) {
    images = row.images;
    seconds = row.seconds;
    dLoss = row.dLoss;
    gLoss = row.gLoss;
    dReal = row.dReal;
    dFake = row.dFake;
    dAccuracy = row.dAccuracy;
    wasserstein = row.wasserstein;
    gradNormG = row.gradNormG;
    gradNormD = row.gradNormD;
    adaProbability = row.adaProbability;
    diversity = quality == null ? Double.NaN : quality.diversity();
    fid = quality == null ? Double.NaN : quality.fid();
    kid = quality == null ? Double.NaN : quality.kid();
    this.verdict = verdict;
  }

  HistoryRow(
      long images,
      double seconds,
      double dLoss,
      double gLoss,
      double dReal,
      double dFake,
      double dAccuracy,
      double wasserstein,
      double gradNormG,
      double gradNormD,
      double adaProbability) {
    this.images = images;
    this.seconds = seconds;
    this.dLoss = dLoss;
    this.gLoss = gLoss;
    this.dReal = dReal;
    this.dFake = dFake;
    this.dAccuracy = dAccuracy;
    this.wasserstein = wasserstein;
    this.gradNormG = gradNormG;
    this.gradNormD = gradNormD;
    this.adaProbability = adaProbability;
    diversity = Double.NaN;
    fid = Double.NaN;
    kid = Double.NaN;
    verdict = "";
  }

  /**
   * Reads a line of {@code history.csv}.
   *
   * @throws IllegalArgumentException if it is not a whole row
   */
  static HistoryRow parse(String line) {
    String[] fields = line.split(",", -1);
    if (fields.length != COLUMNS.size()) {
      throw new IllegalArgumentException(fields.length + " columns instead of " + COLUMNS.size());
    }
    return new HistoryRow(fields);
  }

  private static double number(String field) {
    return field.isEmpty() ? Double.NaN : Double.parseDouble(field);
  }

  /** The row as in the file, without line end; a value that does not apply is empty. */
  public String toCsv() {
    List<String> fields = new ArrayList<>();
    fields.add(Long.toString(images));
    fields.add(String.format(Locale.ROOT, "%.1f", seconds));
    double[] numbers = {
      dLoss,
      gLoss,
      dReal,
      dFake,
      dAccuracy,
      wasserstein,
      gradNormG,
      gradNormD,
      adaProbability,
      diversity,
      fid,
      kid
    };
    for (double number : numbers) {
      fields.add(Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%.5g", number));
    }
    fields.add(verdict);
    return String.join(",", fields);
  }
}
