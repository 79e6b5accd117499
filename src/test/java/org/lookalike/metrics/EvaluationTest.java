package org.lookalike.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.Opener;
import ij.process.ImageProcessor;
import ij.process.StackConverter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lookalike.image.ImageSource;
import org.lookalike.image.ImageSources;
import org.lookalike.image.InputException;
import org.lookalike.image.Views;

/** Whole comparisons on the sample data. */
class EvaluationTest {
  @TempDir Path folder;

  private static ImageStack slices(int from, int to) {
    ImageStack all = new Opener().openImage("sample-data/nuclei.tif").getStack();
    ImageStack some = new ImageStack(all.getWidth(), all.getHeight());
    for (int i = from; i < to; i++) some.addSlice(all.getProcessor(i + 1));
    return some;
  }

  private static Report compare(ImageStack reals, ImageStack synthetics) throws IOException {
    return compare(new Evaluation(line -> {}).withFeaturesOnly(), reals, synthetics);
  }

  private static Report compare(Evaluation evaluation, ImageStack reals, ImageStack synthetics)
      throws IOException {
    ImageSource a = ImageSources.of(new ImagePlus("real", reals));
    ImageSource b = ImageSources.of(new ImagePlus("synthetic", synthetics));
    return evaluation.compare(a, b, null, FeatureExtractors.BUILT_IN);
  }

  private static ImageStack noisy(ImageStack stack, double sigma) {
    ImageStack result = new ImageStack(stack.getWidth(), stack.getHeight());
    for (int i = 1; i <= stack.size(); i++) {
      ImageProcessor ip = stack.getProcessor(i).duplicate();
      ip.noise(sigma);
      result.addSlice(ip);
    }
    return result;
  }

  @Test
  void imagesOfTheSameKindAreNearNoiseIsFarAndCopiesAreFound() throws IOException {
    ImageStack reals = slices(0, 48);
    Report same = compare(new Evaluation(line -> {}), reals, slices(48, 96));
    Report noise = compare(reals, noisy(slices(48, 96), 60));
    Report copies = compare(reals, reals);
    assertThat(noise.get("fid")).isGreaterThan(3 * same.get("fid"));
    assertThat(noise.get("kid")).isGreaterThan(same.get("kid"));
    assertThat(same.get("coverage")).isGreaterThan(0.7);
    assertThat(noise.get("coverage")).isLessThan(0.2);
    assertThat(copies.get("fid")).isCloseTo(0, within(1e-3));
    assertThat(copies.get("authenticity")).isZero();
    assertThat(same.get("authenticity")).isBetween(0.2, 0.8);
    for (String key : new String[] {"ms_ssim", "swd"}) {
      double floor = same.finding(key).floor().mean();
      assertThat(same.get(key)).as(key).isBetween(0.5 * floor, 2 * floor);
    }
    assertThat(same.verdicts().toString()).contains("figures say little");
  }

  @Test
  void oneImageRepeatedIsModeCollapse() throws IOException {
    ImageStack one = new ImageStack(128, 128);
    for (int i = 0; i < 30; i++) one.addSlice(slices(5, 6).getProcessor(1));
    Report report = compare(slices(0, 48), noisy(one, 1));
    assertThat(report.verdicts().toString()).contains("mode collapse");
  }

  @Test
  void realImagesAreCutToWhatTheSyntheticOnesShow() throws IOException {
    ImageStack small = new ImageStack(32, 32);
    for (int i = 0; i < 10; i++) {
      small.addSlice(slices(i, i + 1).getProcessor(1).resize(32, 32));
    }
    ImagePlus synthetic = new ImagePlus("s", small);
    synthetic.getCalibration().pixelWidth = 1.3;
    synthetic.getCalibration().setUnit("micron");
    ImagePlus real = new Opener().openImage("sample-data/nuclei.tif");
    Views views = Views.pair(ImageSources.of(real), ImageSources.of(synthetic), line -> {}).get(0);
    // 128 pixels of 0.65 microns are 64 of 1.3: four patches an image.
    assertThat(views.size()).isEqualTo(32);
    assertThat(views.count()).isEqualTo(4 * 96);
  }

  @Test
  void figuresOfGivenFeaturesAreThePublishedOnes() {
    FeatureSet a = FeatureSet.of(new float[] {1, 2}, new float[] {1, 2}, new float[] {1, 2});
    FeatureSet b = FeatureSet.of(new float[] {2, 2}, new float[] {1, 2}, new float[] {1, 2});
    Report report = new Evaluation(line -> {}).compare(a, b, null, "given");
    assertThat(report.get("fid")).isCloseTo(0.4444, within(1e-3));
  }

  @Test
  void reportHasEveryKeyAndFeaturesComeBackFromTheirFile() throws IOException {
    Random random = new Random(1);
    float[] values = new float[200 * 8];
    for (int i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
    FeatureSet set = new FeatureSet(values, 200, 8);
    FeatureFiles.write(set, folder.resolve("f.csv"));
    FeatureSet back = FeatureFiles.read(folder.resolve("f.csv"));
    assertThat(back.row(17)).isEqualTo(set.row(17));
    new Evaluation(line -> {})
        .compare(set.subset(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), back, null, "given")
        .write(folder);
    JsonObject json =
        JsonParser.parseString(Files.readString(folder.resolve("report.json"))).getAsJsonObject();
    assertThat(json.keySet()).containsExactlyElementsOf(Report.KEYS);
    assertThat(Files.readString(folder.resolve("report.csv"))).contains("fid,");
  }

  private static FeatureSet gaussian(int rows, long seed) {
    Random random = new Random(seed);
    float[] values = new float[rows * 6];
    for (int i = 0; i < values.length; i++) values[i] = (float) random.nextGaussian();
    return new FeatureSet(values, rows, 6);
  }

  private static FeatureSet nearly(FeatureSet set) {
    float[] values = set.values().clone();
    Random random = new Random(9);
    for (int i = 0; i < values.length; i++) values[i] += 0.05f * (float) random.nextGaussian();
    return new FeatureSet(values, set.rows(), set.dimensions());
  }

  /** Else the training images, which no image is nearer to, would make copies look new. */
  @Test
  void realImagesThatWereTrainedOnAreNoMeasureForCopies() {
    FeatureSet training = gaussian(300, 1);
    FeatureSet copies = nearly(training);
    Evaluation evaluation = new Evaluation(line -> {});
    Report honest = evaluation.compare(gaussian(300, 2), copies, training, "given");
    assertThat(honest.get("ct")).isLessThan(-5);
    assertThat(honest.verdicts().toString())
        .contains("the model copies")
        .doesNotContain("left out");

    Report same = evaluation.compare(training, copies, training, "given");
    assertThat(same.get("ct")).isNaN();
    assertThat(same.finding("ct").note()).contains("were not trained on");
    assertThat(same.finding("authenticity").floor()).isNull();
    assertThat(same.verdicts().toString()).contains("300 of the 300 real images are training");

    float[] mixed = Arrays.copyOf(gaussian(300, 2).values(), 450 * 6);
    System.arraycopy(training.values(), 0, mixed, 300 * 6, 150 * 6);
    Report some = evaluation.compare(new FeatureSet(mixed, 450, 6), copies, training, "given");
    assertThat(some.verdicts().toString()).contains("150 of the 450 real images are training");
    assertThat(some.get("ct")).isEqualTo(honest.get("ct"));
    assertThat(some.finding("authenticity").floor().mean())
        .isEqualTo(honest.finding("authenticity").floor().mean());
  }

  @Test
  void setsOfOtherDepthAreRefused() {
    ImagePlus bytes = new ImagePlus("bytes", slices(0, 10));
    ImagePlus shorts = new ImagePlus("shorts", slices(0, 10));
    new StackConverter(shorts).convertToGray16();
    assertThatThrownBy(
            () -> Views.pair(ImageSources.of(shorts), ImageSources.of(bytes), line -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("shorts has 16 bits and bytes has 8");
  }

  @Test
  void stretchedImagesAreComparedWithStretchedOnes() throws IOException {
    ImageStack wide = new ImageStack(60, 30);
    for (int i = 0; i < 8; i++) wide.addSlice(slices(i, i + 1).getProcessor(1).resize(60, 30));
    ImageStack square = new ImageStack(30, 30);
    for (int i = 1; i <= 8; i++) square.addSlice(wide.getProcessor(i).resize(30, 30));
    ImagePlus made = new ImagePlus("made", square);
    ImageSource real = ImageSources.of(new ImagePlus("wide", wide));
    double cropped = apart(real, made, "whole, at 30 pixels.");
    made.getCalibration().pixelWidth = 2;
    double stretched = apart(real, made, "stretched as the synthetic ones are");
    assertThat(stretched).isLessThan(0.5 * cropped);
  }

  /** Mean difference of the first views. */
  private static double apart(ImageSource real, ImagePlus made, String said) throws IOException {
    List<String> log = new ArrayList<>();
    List<Views> pair = Views.pair(real, ImageSources.of(made), log::add);
    assertThat(log.toString()).contains(said);
    float[] a = new float[900];
    float[] b = new float[900];
    pair.get(0).read(0, 1, a);
    pair.get(1).read(0, 1, b);
    double sum = 0;
    for (int i = 0; i < 900; i++) sum += Math.abs(a[i] - b[i]) / 900;
    return sum;
  }

  @Test
  void ofVeryManyPatchesSomeAreCompared() {
    ImageStack large = new ImageStack(1024, 1024);
    for (int i = 0; i < 12; i++)
      large.addSlice(slices(i, i + 1).getProcessor(1).resize(1024, 1024));
    ImageStack small = new ImageStack(32, 32);
    for (int i = 0; i < 8; i++) small.addSlice(slices(i, i + 1).getProcessor(1).resize(32, 32));
    List<String> log = new ArrayList<>();
    Views views =
        Views.pair(
                ImageSources.of(new ImagePlus("large", large)),
                ImageSources.of(new ImagePlus("small", small)),
                log::add)
            .get(0);
    assertThat(views.count()).isEqualTo(10_000);
    assertThat(views.nameOf(0)).isEqualTo("large (1)");
    assertThat(views.nameOf(9_999)).isEqualTo("large (12)");
    assertThat(log.toString()).contains("10000 patches are compared, spread over the 12288");
  }

  @Test
  void otherFilesAreNoFeatures() throws IOException {
    Path file = folder.resolve("x.csv");
    Files.writeString(file, "file,f0,f1\na,1\n");
    assertThatThrownBy(() -> FeatureFiles.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> FeatureFiles.read(folder.resolve("none.csv")))
        .isInstanceOf(InputException.class);
  }
}
