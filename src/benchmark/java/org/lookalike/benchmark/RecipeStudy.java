package org.lookalike.benchmark;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lookalike.gan.GanModel;
import org.lookalike.image.ImageFiles;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.image.Views;
import org.lookalike.image.WholeFiles;
import org.lookalike.metrics.Evaluation;
import org.lookalike.metrics.LiveQuality;
import org.lookalike.metrics.Report;
import org.lookalike.train.Recipes;
import org.lookalike.train.TrainSettings;
import org.lookalike.train.Training;
import org.lookalike.train.TrainingListener;
import org.lookalike.train.TrainingResult;

/**
 * The tables of docs/recipe.md: recipes compared on several kinds of images over equal time, judged
 * by images of other origin than those trained on. A run whose result is there is not repeated.
 *
 * <pre>
 * mvn -q -Pbenchmark compile exec:java \
 *   -Dmain-class=org.lookalike.benchmark.RecipeStudy \
 *   -Dexec.args="run MATERIAL CANDIDATE BUDGET SEEDS | judge MATERIAL RUN | floor MATERIAL | table"
 * </pre>
 *
 * MATERIAL is one of {@link StudyMaterial}; CANDIDATE a recipe's name, or {@code name:key=value,…}
 * for a variant of the default with new networks; BUDGET minutes as {@code 10m}, or images as
 * {@code 80000}; SEEDS how many, or the first and the last as {@code 3-10}.
 */
public final class RecipeStudy {
  private static final Path FOLDER = Paths.get("target", "recipe-study");
  private static final int SAMPLES = 1000;
  private static final int SAMPLE_SEED = 7;
  private static final Map<String, String> FEATURES =
      new TreeMap<>(
          Map.of(
              "builtin",
              "builtin",
              "squeezenet",
              Paths.get("..", "shared", "models", "squeezenet1.1.onnx")
                  + ",size=224,output=features"
                  + ",values=unit,mean=.485/.456/.406,std=.229/.224/.225"));
  private static final List<String> KEYS =
      List.of("kid", "fid", "precision", "recall", "coverage", "authenticity", "ct");

  private RecipeStudy() {}

  public static void main(String[] args) throws IOException {
    Files.createDirectories(FOLDER);
    switch (args[0]) {
      case "run":
        String[] seeds = args[4].split("-");
        long first = seeds.length > 1 ? Long.parseLong(seeds[0]) : 1;
        long last = Long.parseLong(seeds[seeds.length - 1]);
        for (long seed = first; seed <= last; seed++) run(args[1], args[2], args[3], seed);
        break;
      case "judge":
        JsonObject json = new JsonObject();
        String picture = args[2].replaceAll("[/\\\\]+", "-") + ".png";
        judge(StudyMaterial.named(args[1]), Paths.get(args[2]), FOLDER.resolve(picture), json);
        System.out.println(args[2] + " " + row(json));
        break;
      case "floor":
        floor(StudyMaterial.named(args[1]), args[1]);
        break;
      default:
        table();
    }
    System.exit(0);
  }

  private static void run(String material, String candidate, String budget, long seed)
      throws IOException {
    String[] parts = candidate.split(":", 2);
    String name = String.join("_", material, parts[0], budget, "" + seed);
    Path file = FOLDER.resolve(name + ".json");
    if (Files.exists(file)) return;
    StudyMaterial images = StudyMaterial.named(material);
    TrainSettings base =
        parts.length == 1 ? Recipes.get(parts[0]) : TrainSettings.parse("start_from=none");
    TrainSettings settings = base.with(images.settings()).with(TrainSettings.SEED, seed);
    if (parts.length > 1) {
      settings = settings.with(TrainSettings.parse(parts[1].replace(',', ' ')));
    }
    settings =
        budget.endsWith("m")
            ? settings.with(TrainSettings.MINUTES, Double.parseDouble(budget.replaceAll("m$", "")))
            : settings.with(TrainSettings.IMAGES, Long.parseLong(budget));
    Training training = Training.start(images.training(), settings, FOLDER.resolve(name));
    training.judgeBy(new LiveQuality());
    training.addListener(
        new TrainingListener() {
          @Override
          public void message(String line) {
            System.err.println(line);
          }
        });
    TrainingResult result = training.run();
    JsonObject json = new JsonObject();
    json.addProperty("settings", candidate);
    json.addProperty("images", result.images());
    json.addProperty("seconds", result.seconds());
    json.addProperty("verdict", String.valueOf(result.verdict()));
    judge(images, result.model(), FOLDER.resolve(name + ".png"), json);
    WholeFiles.write(file, json.toString());
    System.out.println(name + " " + row(json));
  }

  private static void judge(StudyMaterial images, Path model, Path picture, JsonObject json)
      throws IOException {
    GanModel generator = GanModel.read(model);
    json.addProperty("model_images", generator.images());
    ImagePlus made = generator.generate("made", SAMPLES, SAMPLE_SEED, 1, null, () -> false);
    compare(images, ImageSources.of(made), json);
    ImageSource apart = ImageSources.open(images.apartStack(FOLDER), line -> {});
    List<Views> pair = Views.pair(apart, ImageSources.of(made), line -> {});
    ImageFiles.savePng(StudyPicture.sideBySide(pair.get(0), pair.get(1)), picture);
  }

  private static void compare(StudyMaterial images, ImageSource made, JsonObject json)
      throws IOException {
    ImageSource apart = ImageSources.open(images.apartStack(FOLDER), line -> {});
    ImageSource known = ImageSources.open(images.trainingStack(FOLDER), line -> {});
    for (Map.Entry<String, String> features : FEATURES.entrySet()) {
      // Copies are looked for once: these features take minutes for a thousand images.
      ImageSource training = features.getKey().equals("builtin") ? known : null;
      Report report =
          new Evaluation(line -> {})
              .withFeaturesOnly()
              .compare(apart, made, training, features.getValue());
      JsonObject figures = new JsonObject();
      for (String key : KEYS) figures.addProperty(key, report.get(key));
      json.add(features.getKey(), figures);
    }
  }

  /** What training images themselves reach against those set apart. */
  private static void floor(StudyMaterial images, String name) throws IOException {
    Path file = FOLDER.resolve(name + "_floor.json");
    JsonObject json = new JsonObject();
    compare(images, ImageSources.open(images.trainingStack(FOLDER), line -> {}), json);
    WholeFiles.write(file, json.toString());
    System.out.println(name + " floor " + row(json));
  }

  private static String row(JsonObject json) {
    List<String> cells = new ArrayList<>();
    for (String key : List.of("images", "model_images", "verdict")) {
      cells.add(json.has(key) ? json.get(key).getAsString() : "");
    }
    for (String features : FEATURES.keySet()) {
      for (String key : KEYS) {
        double value = json.getAsJsonObject(features).get(key).getAsDouble();
        cells.add(String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value));
      }
    }
    return "| " + String.join(" | ", cells) + " |";
  }

  private static void table() throws IOException {
    String keys = String.join(" | ", KEYS);
    System.out.println("| run | images | kept at | verdict | " + keys + " | " + keys + " |");
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file :
          files
              .filter(path -> path.toString().endsWith(".json"))
              .sorted()
              .collect(Collectors.toList())) {
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        System.out.println(
            "| " + file.getFileName().toString().replace(".json", "") + " " + row(json));
      }
    }
  }
}
