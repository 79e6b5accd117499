package org.lookalike.benchmark;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.Opener;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.metrics.Evaluation;
import org.lookalike.metrics.FeatureExtractors;
import org.lookalike.metrics.Finding;
import org.lookalike.metrics.Report;

/**
 * What each measure reacts to: real images, spoilt in known ways, take the place of synthetic ones.
 * Prints a table in Markdown.
 *
 * <pre>
 * mvn -q -Pbenchmark compile exec:java \
 *   -Dmain-class=org.lookalike.benchmark.Reactions -Dexec.args="FOLDER [FEATURES]"
 * </pre>
 */
public final class Reactions {
  private static final int SIZE = 64;
  private static final int PARTS = 3;

  private final String features;
  private final List<List<ImageProcessor>> parts = new ArrayList<>();
  private List<String> keys;

  private Reactions(String features) {
    this.features = features;
  }

  public static void main(String[] args) throws IOException {
    Reactions reactions = new Reactions(args.length > 1 ? args[1] : FeatureExtractors.BUILT_IN);
    reactions.load(Paths.get(args[0]));
    reactions.run();
    System.exit(0);
  }

  /** Patches at half the resolution; the parts share no image. */
  private void load(Path folder) throws IOException {
    for (int p = 0; p < PARTS; p++) parts.add(new ArrayList<>());
    List<Path> files;
    try (Stream<Path> list = Files.list(folder)) {
      files = list.sorted().collect(Collectors.toList());
    }
    for (int i = 0; i < files.size(); i++) {
      ImagePlus image = new Opener().openImage(files.get(i).toString());
      if (image == null) continue;
      ImageProcessor ip = image.getProcessor().convertToByte(false);
      ip.setInterpolationMethod(ImageProcessor.BILINEAR);
      ImageProcessor half = ip.resize(ip.getWidth() / 2, ip.getHeight() / 2, true);
      for (int y = 0; y + SIZE <= half.getHeight(); y += SIZE) {
        for (int x = 0; x + SIZE <= half.getWidth(); x += SIZE) {
          half.setRoi(x, y, SIZE, SIZE);
          parts.get(i % PARTS).add(half.crop());
        }
      }
    }
  }

  private void run() throws IOException {
    List<ImageProcessor> fresh = parts.get(2);
    row("other real images", fresh);
    for (double sigma : new double[] {1, 2, 4}) {
      row("blurred, sigma " + (int) sigma, changed(fresh, ip -> blurred(ip, sigma)));
    }
    for (double sigma : new double[] {5, 15, 40}) {
      row("noise, sigma " + (int) sigma, changed(fresh, ip -> noisy(ip, sigma)));
    }
    for (double factor : new double[] {0.8, 0.5}) {
      row("intensities times " + factor, changed(fresh, ip -> scaled(ip, factor)));
    }
    List<ImageProcessor> byBrightness = new ArrayList<>(fresh);
    byBrightness.sort((a, b) -> Double.compare(a.getStatistics().mean, b.getStatistics().mean));
    for (int share : new int[] {75, 50, 25}) {
      List<ImageProcessor> darkest = byBrightness.subList(0, fresh.size() * share / 100);
      row("only the darkest " + share + " %", repeated(darkest, fresh.size()));
    }
    row("8 images, repeated", repeated(fresh.subList(0, 8), fresh.size()));
    for (int share : new int[] {25, 50, 100}) {
      List<ImageProcessor> mixed = new ArrayList<>(fresh);
      int copies = fresh.size() * share / 100;
      for (int i = 0; i < copies; i++)
        mixed.set(i, noisy(parts.get(0).get(i % parts.get(0).size()), 1));
      row(share + " % copies of training images", mixed);
    }
  }

  private static ImageProcessor blurred(ImageProcessor ip, double sigma) {
    ImageProcessor copy = ip.duplicate();
    copy.blurGaussian(sigma);
    return copy;
  }

  private static ImageProcessor noisy(ImageProcessor ip, double sigma) {
    ImageProcessor copy = ip.duplicate();
    Random random = new Random(copy.hashCode());
    for (int p = 0; p < copy.getPixelCount(); p++) {
      copy.setf(
          p, (float) Math.max(0, Math.min(255, copy.getf(p) + sigma * random.nextGaussian())));
    }
    return copy;
  }

  private static ImageProcessor scaled(ImageProcessor ip, double factor) {
    ImageProcessor copy = ip.duplicate();
    copy.multiply(factor);
    return copy;
  }

  private static List<ImageProcessor> changed(
      List<ImageProcessor> images, Function<ImageProcessor, ImageProcessor> how) {
    return images.stream().map(how).collect(Collectors.toList());
  }

  private static List<ImageProcessor> repeated(List<ImageProcessor> images, int count) {
    List<ImageProcessor> result = new ArrayList<>();
    for (int i = 0; i < count; i++) result.add(noisy(images.get(i % images.size()), 1));
    return result;
  }

  private static ImageSource source(String name, List<ImageProcessor> images) {
    ImageStack stack = new ImageStack(SIZE, SIZE);
    for (ImageProcessor ip : images) stack.addSlice(ip);
    return ImageSources.of(new ImagePlus(name, stack));
  }

  private void row(String name, List<ImageProcessor> images) throws IOException {
    Report report =
        new Evaluation(line -> {})
            .compare(
                source("real", parts.get(1)),
                source("synthetic", images),
                source("training", parts.get(0)),
                features);
    if (keys == null) {
      keys = report.findings().stream().map(Finding::key).collect(Collectors.toList());
      System.out.println("| synthetic images | " + String.join(" | ", keys) + " |");
      System.out.println("|---" + "|---".repeat(keys.size()) + "|");
      System.out.println("| *floor* | " + cells(report, Finding::floorText) + " |");
    }
    System.out.println("| " + name + " | " + cells(report, Reactions::value) + " |");
  }

  /** Without its spread, for the table's sake. */
  private static String value(Finding finding) {
    return finding.valueText().replaceAll(" ±.*", "");
  }

  private String cells(Report report, Function<Finding, String> text) {
    return keys.stream()
        .map(key -> text.apply(report.finding(key)))
        .collect(Collectors.joining(" | "));
  }
}
