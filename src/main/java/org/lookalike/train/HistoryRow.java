package org.lookalike.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  /** Columns after the first that hold numbers of this row. */
  private static final int MEASURED = 9;

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
      double gradNormD) {
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
    double[] numbers = new double[fields.length];
    for (int i = 1; i <= MEASURED; i++) {
      numbers[i] = fields[i].isEmpty() ? Double.NaN : Double.parseDouble(fields[i]);
    }
    return new HistoryRow(
        Long.parseLong(fields[0]),
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        numbers[6],
        numbers[7],
        numbers[8],
        numbers[9]);
  }

  /** The row as in the file, without line end; a value that does not apply is empty. */
  public String toCsv() {
    List<String> fields = new ArrayList<>();
    fields.add(Long.toString(images));
    fields.add(String.format(Locale.ROOT, "%.1f", seconds));
    double[] numbers = {dLoss, gLoss, dReal, dFake, dAccuracy, wasserstein, gradNormG, gradNormD};
    for (double number : numbers) {
      fields.add(Double.isNaN(number) ? "" : String.format(Locale.ROOT, "%.5g", number));
    }
    while (fields.size() < COLUMNS.size()) fields.add("");
    return String.join(",", fields);
  }
}
