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
import org.lookalike.image.TextFiles;

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

  private final Map<String, Double> figures = new LinkedHashMap<>();
  private final List<String> verdicts = new ArrayList<>();
  private final String features;

  /**
   * @param features which ones the figures belong to
   */
  Report(String features) {
    this.features = features;
  }

  void put(String key, double value) {
    if (!KEYS.contains(key)) throw new IllegalArgumentException(key);
    figures.put(key, value);
  }

  void say(String verdict) {
    verdicts.add(verdict);
  }

  /** A figure; NaN if it does not apply or there were too few images. */
  public double get(String key) {
    return figures.getOrDefault(key, Double.NaN);
  }

  /** Which features the figures belong to. */
  public String features() {
    return features;
  }

  /** What the figures mean, in sentences; the most important first. */
  public List<String> verdicts() {
    return List.copyOf(verdicts);
  }

  /** Writes {@code report.json} and {@code report.csv}, beside and then moved. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    TextFiles.replace(folder.resolve("report.json"), json() + "\n");
    TextFiles.replace(folder.resolve("report.csv"), csv());
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
    StringBuilder csv = new StringBuilder("measure,value\n");
    csv.append("features,\"").append(features.replace("\"", "\"\"")).append("\"\n");
    for (Map.Entry<String, Double> figure : figures.entrySet()) {
      double value = figure.getValue();
      csv.append(figure.getKey()).append(',');
      if (Double.isFinite(value)) csv.append(String.format(Locale.ROOT, "%.6g", value));
      csv.append('\n');
    }
    return csv.toString();
  }
}
