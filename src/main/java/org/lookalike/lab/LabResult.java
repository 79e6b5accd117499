package org.lookalike.lab;

import com.google.gson.FieldNamingPolicy;
import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.lookalike.image.WholeFiles;
import org.lookalike.train.TrainSettings;

/** What several runs of a method on a layout gave; {@code lab.json} has its fields by name. */
public final class LabResult {
  private static final Gson GSON =
      new GsonBuilder()
          .setFieldNamingPolicy(FieldNamingPolicy.LOWER_CASE_WITH_UNDERSCORES)
          .setPrettyPrinting()
          .create();

  /** One run, at its end. */
  public static final class Run {
    final long seed;
    final int steps;
    final double seconds;
    final boolean finite;
    final int modes;
    final double highQuality;
    final double reverseKl;

    Run(LabRun run, boolean finite) {
      Coverage coverage = Coverage.of(run.mixture(), run.samples(LabRun.JUDGED));
      seed = run.settings().get(TrainSettings.SEED);
      seconds = run.seconds();
      this.finite = finite;
      steps = run.steps();
      modes = coverage.modes();
      highQuality = coverage.highQuality();
      reverseKl = coverage.reverseKl();
    }

    public long seed() {
      return seed;
    }

    /** Whether losses and gradients stayed finite. */
    public boolean isFinite() {
      return finite;
    }

    public double seconds() {
      return seconds;
    }

    /** See {@link Coverage#modes()}. */
    public int modes() {
      return modes;
    }

    /** See {@link Coverage#highQuality()}. */
    public double highQuality() {
      return highQuality;
    }

    /** See {@link Coverage#reverseKl()}. */
    public double reverseKl() {
      return reverseKl;
    }
  }

  private final String layout;
  private final String method;
  private final String nets;
  private final int steps;
  private final int seeds;
  private final double modesMean;
  private final double modesSe;
  private final double highQualityMean;
  private final double highQualitySe;
  private final double reverseKlMean;
  private final double reverseKlSe;
  private final List<Run> runs;

  LabResult(Mixture mixture, LabMethod method, int steps, List<Run> runs) {
    layout = mixture.label();
    this.method = method.name();
    nets = method.nets().name();
    this.steps = steps;
    this.runs = List.copyOf(runs);
    seeds = runs.size();
    modesMean = mean(Run::modes);
    modesSe = standardError(Run::modes);
    highQualityMean = mean(Run::highQuality);
    highQualitySe = standardError(Run::highQuality);
    reverseKlMean = mean(Run::reverseKl);
    reverseKlSe = standardError(Run::reverseKl);
  }

  public List<Run> runs() {
    return runs;
  }

  /** Mean of a figure over the runs. */
  public double mean(ToDoubleFunction<Run> figure) {
    return runs.stream().mapToDouble(figure).average().orElse(Double.NaN);
  }

  /** Standard error of that mean; 0 for a single run. */
  public double standardError(ToDoubleFunction<Run> figure) {
    int n = runs.size();
    if (n < 2) return 0;
    double mean = mean(figure);
    double squares =
        runs.stream().mapToDouble(r -> Math.pow(figure.applyAsDouble(r) - mean, 2)).sum();
    return Math.sqrt(squares / (n - 1) / n);
  }

  /** As {@code lab.json} has it. */
  public String toJson() {
    return GSON.toJson(this);
  }

  /** Reads what {@link #write} wrote. */
  public static LabResult fromJson(String json) {
    return GSON.fromJson(json, LabResult.class);
  }

  /** Replaces the file as a whole. */
  public void write(Path file) throws IOException {
    WholeFiles.write(file, toJson() + "\n");
  }
}
