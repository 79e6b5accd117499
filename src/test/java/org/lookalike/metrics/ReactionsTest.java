package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.Opener;
import ij.process.ImageProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.lookalike.image.ChannelImage;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;

/** Measures move the way they should when real images are spoilt in known ways. */
class ReactionsTest {
  private static final Path NUCLEI = Path.of("..", "shared", "data", "nuclei", "images");
  private static final int SIZE = 64;

  /** Training images, held-out ones, and new ones: of different source images. */
  private static final List<List<ImageProcessor>> PARTS = new ArrayList<>();

  private static Report ofFresh;

  @BeforeAll
  static void load() {
    assumeTrue(Files.isDirectory(NUCLEI), "no real images beside the checkout");
    PARTS.clear();
    for (int p = 0; p < 3; p++) PARTS.add(new ArrayList<>());
    for (int i = 0; i < 165; i++) {
      ImagePlus image =
          new Opener().openImage(NUCLEI.resolve(String.format("%04d.png", i)).toString());
      ImageProcessor ip = image.getProcessor().convertToByte(false);
      ImageProcessor half = ip.resize(2 * SIZE, 2 * SIZE, true);
      for (int corner = 0; corner < 4; corner++) {
        half.setRoi(corner % 2 * SIZE, corner / 2 * SIZE, SIZE, SIZE);
        PARTS.get(i % 3).add(half.crop());
      }
    }
  }

  /** Of real images of other sources than the held-out ones. */
  private static Report ofFresh() throws IOException {
    if (ofFresh == null) ofFresh = compare(PARTS.get(2));
    return ofFresh;
  }

  private static Report compare(List<ImageProcessor> synthetic) throws IOException {
    return new Evaluation(line -> {})
        .withFeaturesOnly()
        .compare(
            source("real", PARTS.get(1)),
            source("synthetic", synthetic),
            source("training", PARTS.get(0)),
            FeatureExtractors.BUILT_IN);
  }

  private static double swd(List<ImageProcessor> synthetic) {
    return SlicedWasserstein.of(pictures(PARTS.get(1)), pictures(synthetic), 1).mean();
  }

  private static List<ChannelImage> pictures(List<ImageProcessor> images) {
    return images.stream()
        .map(ip -> new ChannelImage(1, SIZE, SIZE, (float[]) ip.convertToFloat().getPixels()))
        .collect(Collectors.toList());
  }

  private static ImageSource source(String name, List<ImageProcessor> images) {
    ImageStack stack = new ImageStack(SIZE, SIZE);
    for (ImageProcessor ip : images) stack.addSlice(ip);
    return ImageSources.of(new ImagePlus(name, stack));
  }

  private static List<ImageProcessor> noisy(List<ImageProcessor> images, double sigma) {
    Random random = new Random(1);
    List<ImageProcessor> result = new ArrayList<>();
    for (ImageProcessor ip : images) {
      ImageProcessor copy = ip.duplicate();
      for (int p = 0; p < copy.getPixelCount(); p++) {
        double value = copy.getf(p) + sigma * random.nextGaussian();
        copy.setf(p, (float) Math.max(0, Math.min(255, value)));
      }
      result.add(copy);
    }
    return result;
  }

  private static List<ImageProcessor> blurred(List<ImageProcessor> images, double sigma) {
    List<ImageProcessor> result = new ArrayList<>();
    for (ImageProcessor ip : images) {
      ImageProcessor copy = ip.duplicate();
      copy.blurGaussian(sigma);
      result.add(copy);
    }
    return result;
  }

  private static void assertRising(String key, Report... reports) {
    assertRising(key, Arrays.stream(reports).mapToDouble(r -> r.get(key)).toArray());
  }

  private static void assertRising(String name, double... values) {
    assertThat(values).as(name).isSorted();
    assertThat(values[values.length - 1]).as(name).isGreaterThan(2 * Math.abs(values[0]));
  }

  @Test
  void distancesRiseWithBlur() throws IOException {
    List<ImageProcessor> fresh = PARTS.get(2);
    List<ImageProcessor> little = blurred(fresh, 1);
    List<ImageProcessor> much = blurred(fresh, 3);
    Report[] reports = {ofFresh(), compare(little), compare(much)};
    assertRising("fid", reports);
    assertRising("swd", swd(fresh), swd(little), swd(much));
    assertThat(reports[2].get("kid")).isGreaterThan(reports[1].get("kid"));
  }

  @Test
  void distancesRiseWithNoise() throws IOException {
    List<ImageProcessor> fresh = PARTS.get(2);
    List<ImageProcessor> little = noisy(fresh, 10);
    List<ImageProcessor> much = noisy(fresh, 30);
    Report[] reports = {ofFresh(), compare(little), compare(much)};
    assertRising("fid", reports);
    assertRising("kid", reports);
    assertRising("swd", swd(fresh), swd(little), swd(much));
    assertThat(reports[2].get("precision")).isLessThan(reports[0].get("precision") / 2);
  }

  @Test
  void droppedKindsCostRecallAndCoverageButNotPrecision() throws IOException {
    List<ImageProcessor> fresh = new ArrayList<>(PARTS.get(2));
    fresh.sort(Comparator.comparingDouble(ip -> ip.getStatistics().mean));
    Report all = ofFresh();
    Report half = compare(fresh.subList(0, fresh.size() / 2));
    Report quarter = compare(fresh.subList(0, fresh.size() / 4));
    assertRising("fid", all, half, quarter);
    for (String key : new String[] {"recall", "coverage", "vendi"}) {
      assertThat(half.get(key)).as(key).isLessThan(all.get(key));
      assertThat(quarter.get(key)).as(key).isLessThan(0.8 * all.get(key));
    }
    assertThat(quarter.get("precision")).isGreaterThan(0.9 * all.get("precision"));
  }

  @Test
  void copiesLookGoodToDistancesAndAreFoundByTheOthers() throws IOException {
    List<ImageProcessor> fresh = PARTS.get(2);
    List<ImageProcessor> copies = noisy(PARTS.get(0), 0.3);
    List<ImageProcessor> mixed = new ArrayList<>(copies.subList(0, copies.size() / 2));
    mixed.addAll(fresh.subList(0, fresh.size() / 2));
    Report none = ofFresh();
    Report some = compare(mixed);
    Report all = compare(copies);
    assertThat(all.get("fid")).isLessThan(all.finding("fid").floor().mean());
    assertThat(some.get("authenticity")).isLessThan(0.75 * none.get("authenticity"));
    assertThat(all.get("authenticity")).isLessThan(0.1);
    assertThat(none.get("ct")).isGreaterThan(-3);
    assertThat(all.get("ct")).isLessThan(-5).isLessThan(some.get("ct"));
    assertThat(all.verdicts().toString()).contains("the model copies");
    Report noisier = compare(noisy(PARTS.get(0), 1));
    assertThat(noisier.get("fid")).isGreaterThan(1.5 * all.get("fid"));
    assertThat(noisier.get("authenticity")).isLessThan(0.2);
    assertThat(noisier.get("ct")).isLessThan(-5);
  }
}
