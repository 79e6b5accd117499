package org.lookalike.metrics;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.lookalike.image.WholeFiles;

/** What an evaluation found: figures under fixed keys, and verdicts in words. */
public final class Report {
  /** The keys of {@code report.json}, in their order. */
  public static final List<String> KEYS =
      List.of(
          "n_real",
          "n_synthetic",
          "features",
          "fid",
          "fid_floor",
          "fid_infinity",
          "kid",
          "kid_std",
          "kid_floor",
          "is",
          "is_std",
          "precision",
          "recall",
          "density",
          "coverage",
          "vendi",
          "vendi_real",
          "ms_ssim",
          "ms_ssim_real",
          "swd",
          "ndb",
          "authenticity",
          "ct",
          "verdicts");

  private final Map<String, Finding> findings = new LinkedHashMap<>();
  private final List<String> verdicts = new ArrayList<>();
  private final String features;
  private final int reals;
  private final int synthetics;
  private Gallery gallery;
  private String scale = "";

  /**
   * @param features which ones the figures belong to
   */
  Report(String features, int reals, int synthetics) {
    this.features = features;
    this.reals = reals;
    this.synthetics = synthetics;
  }

  void add(Finding finding) {
    findings.put(finding.key(), finding);
  }

  void say(String verdict) {
    verdicts.add(verdict);
  }

  void setScale(String words) {
    scale = words;
  }

  /** What was done to the features; empty if nothing. */
  String scale() {
    return scale;
  }

  void setGallery(Gallery newGallery) {
    gallery = newGallery;
  }

  /** All figures, in the order of a report's table. */
  public List<Finding> findings() {
    return List.copyOf(findings.values());
  }

  /** The figure of that key; {@code null} if it was not taken. */
  public Finding finding(String key) {
    return findings.get(key);
  }

  /** Pictures, pairs and the map of features; {@code null} where only features were compared. */
  public Gallery gallery() {
    return gallery;
  }

  /**
   * A figure by its key in {@code report.json}; NaN if it does not apply or there were too few
   * images.
   */
  public double get(String key) {
    switch (key) {
      case "n_real":
        return reals;
      case "n_synthetic":
        return synthetics;
      case "fid_floor":
      case "kid_floor":
        return floor(key.substring(0, 3));
      case "vendi_real":
        return floor("vendi");
      case "ms_ssim_real":
        return floor("ms_ssim");
      case "kid_std":
      case "is_std":
        Finding of = findings.get(key.substring(0, key.length() - "_std".length()));
        return of == null ? Double.NaN : of.spread();
      default:
        return findings.containsKey(key) ? findings.get(key).value() : Double.NaN;
    }
  }

  private double floor(String key) {
    Finding finding = findings.get(key);
    return finding == null || finding.floor() == null ? Double.NaN : finding.floor().mean();
  }

  /** FID is what other papers mean only with Inception's features. */
  public String nameOfFid() {
    boolean inception = features.toLowerCase(Locale.ROOT).contains("inception");
    return inception ? "FID" : "FID (" + features + ")";
  }

  /** Which features the figures belong to. */
  public String features() {
    return features;
  }

  /** What the figures mean, in sentences; the most important first. */
  public List<String> verdicts() {
    return List.copyOf(verdicts);
  }

  /** Writes {@code report.json}, {@code report.csv} and {@code report.html}. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    WholeFiles.write(folder.resolve("report.json"), json() + "\n");
    WholeFiles.write(folder.resolve("report.csv"), csv());
    WholeFiles.write(folder.resolve("report.html"), new HtmlReport(this).page());
  }

  private String json() {
    JsonObject json = new JsonObject();
    for (String key : KEYS) {
      if (key.equals("features")) {
        json.addProperty(key, features);
      } else if (key.equals("verdicts")) {
        JsonArray sentences = new JsonArray();
        verdicts.forEach(sentences::add);
        json.add(key, sentences);
      } else if (Double.isFinite(get(key))) {
        if (key.startsWith("n_")) json.addProperty(key, (long) get(key));
        else json.addProperty(key, get(key));
      } else {
        json.add(key, JsonNull.INSTANCE);
      }
    }
    return new GsonBuilder().setPrettyPrinting().serializeNulls().create().toJson(json);
  }

  private String csv() {
    StringBuilder csv = new StringBuilder();
    csv.append("measure,value,spread,compared_at,value_there,spread_there,floor,floor_spread\n");
    csv.append("features,\"").append(features.replace("\"", "\"\"")).append("\",,,,,,\n");
    csv.append("n_real,").append(reals).append(",,,,,,\n");
    csv.append("n_synthetic,").append(synthetics).append(",,,,,,\n");
    for (Finding finding : findings.values()) {
      csv.append(finding.key()).append(',').append(number(finding.value()));
      csv.append(',').append(number(finding.spread()));
      csv.append(',').append(finding.size() == 0 ? "" : finding.size());
      csv.append(',').append(pair(finding.atSize()));
      csv.append(',').append(pair(finding.floor())).append('\n');
    }
    return csv.toString();
  }

  private static String pair(Estimate estimate) {
    if (estimate == null) return ",";
    return number(estimate.mean()) + "," + number(estimate.deviation());
  }

  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6g", value) : "";
  }
}
