package org.lookalike.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.io.Opener;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import ij.process.ColorProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import ij.process.ShortProcessor;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetTest {
  private static final Path SHARED = Paths.get("..", "shared", "data");

  @TempDir Path folder;
  private final List<String> log = new ArrayList<>();
  private final Random random = new Random(1);

  private ImageProcessor noise(ImageProcessor ip, int top) {
    for (int i = 0; i < ip.getPixelCount(); i++) {
      if (ip instanceof ColorProcessor) ip.set(i, random.nextInt(0x1000000));
      else ip.setf(i, random.nextInt(top));
    }
    return ip;
  }

  private void save(ImageProcessor ip, String name) {
    new FileSaver(new ImagePlus(name, ip)).saveAsPng(folder.resolve(name).toString());
  }

  private Dataset open(DatasetOptions options) {
    return Dataset.open(ImageSources.open(folder, log::add), options, log::add);
  }

  private static DatasetOptions size32() {
    return DatasetOptions.defaults().withSize(32);
  }

  @Test
  void mixedSizesAndOneFileThatIsNoImage() throws IOException {
    for (int i = 0; i < 10; i++) save(noise(new ByteProcessor(40 + i, 50), 256), i + ".png");
    Files.write(folder.resolve("broken.png"), "this is text".getBytes());
    Files.write(folder.resolve("notes.txt"), "ignored".getBytes());
    Dataset data = open(size32());
    assertThat(data.imageCount()).isEqualTo(10);
    assertThat(log).anyMatch(line -> line.contains("broken.png"));
    assertThat(log).noneMatch(line -> line.contains("notes.txt"));
  }

  /** Each channel by its own range: the dark one is seen through a square root in training. */
  @Test
  void viewsAsSavedAreThoseOfTheFiles() throws IOException {
    ImageStack stack = new ImageStack(40, 40);
    for (int i = 0; i < 20; i++) {
      ImageProcessor dark = noise(new ByteProcessor(40, 40), 20);
      dark.set(i, 240);
      stack.addSlice(dark);
      stack.addSlice(noise(new ByteProcessor(40, 40), 200));
    }
    ImagePlus imp = new ImagePlus("two channels", stack);
    imp.setDimensions(2, 10, 2);
    DatasetOptions options = size32().withSaturated(0).withSampling(Sampling.PATCHES);
    Dataset sqrt = Dataset.open(ImageSources.of(imp), options, log::add);
    Dataset linear =
        Dataset.open(ImageSources.of(imp), options.withIntensity(Intensity.LINEAR), line -> {});
    assertThat(sqrt.info().isDark()).isTrue();
    float[] a = new float[4 * 2 * 32 * 32];
    float[] b = new float[a.length];
    sqrt.readReference(4, a);
    linear.readReference(4, b);
    assertThat(a).isNotEqualTo(b);
    sqrt.toSaved(a);
    for (int i = 0; i < a.length; i++) assertThat(a[i]).isCloseTo(b[i], within(1e-5f));
  }

  /** Spots that drift a little from picture to picture, or anew in each, on a common background. */
  private ImageSource spots(boolean film, int background) {
    Random random = new Random(5);
    ImageStack stack = new ImageStack(96, 96);
    double[] places = null;
    for (int i = 0; i < 40; i++) {
      if (places == null || !film) places = random.doubles(24, 8, 88).toArray();
      for (int k = 0; k < places.length; k++) {
        places[k] = Math.max(8, Math.min(88, places[k] + 4 * random.nextGaussian()));
      }
      ByteProcessor picture = new ByteProcessor(96, 96);
      for (int p = 0; p < 96 * 96; p++) picture.set(p, background * (p % 96) / 96);
      picture.setValue(200);
      for (int k = 0; k < places.length; k += 2) {
        picture.fillOval((int) places[k] - 6, (int) places[k + 1] - 6, 12, 12);
      }
      stack.addSlice(picture);
    }
    return ImageSources.of(new ImagePlus("spots", stack));
  }

  @Test
  void framesOfOneSceneShareNoLayoutByThat() {
    assertThat(Dataset.open(spots(true, 0), size32(), log::add).info().patches()).isTrue();
    assertThat(log).anyMatch(line -> line.startsWith("Neighbouring images resemble each other"));
    log.clear();
    assertThat(Dataset.open(spots(false, 0), size32(), log::add).info().patches()).isTrue();
    assertThat(Dataset.open(spots(false, 250), size32(), log::add).info().patches()).isFalse();
    assertThat(log).noneMatch(line -> line.startsWith("Neighbouring images resemble each other"));
  }

  @Test
  void ofOneSceneNeighboursAreHeldOutTogether() {
    DatasetOptions options = size32().withHeldOut(20);
    int[] frames = Dataset.open(spots(true, 0), options, log::add).info().heldOut();
    assertThat(frames).hasSize(8);
    assertThat(frames[7] - frames[0]).isEqualTo(7);
    assertThat(log)
        .contains(
            String.format(
                "8 of the 40 images (%d to %d) are held out of the training, to measure quality by.",
                frames[0] + 1, frames[7] + 1));
    int[] fields = Dataset.open(spots(false, 0), options, log::add).info().heldOut();
    assertThat(fields).hasSize(8);
    assertThat(fields[7] - fields[0]).isGreaterThan(7);
  }

  @ParameterizedTest
  @CsvSource({"1,0", "2,0", "3,0", "4,1", "8,1"})
  void ofVeryFewLargeImagesNoneIsHeldOut(int images, int heldOut) throws IOException {
    ImageStack stack = new ImageStack(200, 200);
    Random random = new Random(4);
    for (int i = 0; i < images; i++) {
      ByteProcessor picture = new ByteProcessor(200, 200);
      for (int p = 0; p < 200 * 200; p++) picture.set(p, random.nextInt(200));
      stack.addSlice(picture);
    }
    ImageSource source = ImageSources.of(new ImagePlus("large", stack));
    Dataset data = Dataset.open(source, size32().withHeldOut(10), log::add);
    assertThat(data.info().patches()).isTrue();
    assertThat(data.info().heldOut()).hasSize(heldOut);
    data.read(0, 50, new float[50 * 32 * 32]);
  }

  @Test
  void theRowHeldOutLiesAnywhereInTheScene() {
    Set<Integer> starts = new HashSet<>();
    for (int seed = 1; seed <= 40; seed++) {
      DatasetOptions options = size32().withHeldOut(20).withSeed(seed);
      int[] frames = Dataset.open(spots(true, 0), options, log::add).info().heldOut();
      assertThat(frames[7] - frames[0]).isEqualTo(7);
      starts.add(frames[0]);
    }
    assertThat(starts).hasSizeGreaterThan(10);
  }

  @Test
  void pixelsThatAreNoNumbersAreNoLayout() {
    ImageStack stack = new ImageStack(96, 96);
    ImageStack drawn = new ImageStack(96, 96);
    Random random = new Random(3);
    for (int i = 0; i < 20; i++) {
      FloatProcessor picture = new FloatProcessor(96, 96);
      picture.setValue(1);
      for (int k = 0; k < 12; k++) {
        picture.fillOval(random.nextInt(96), random.nextInt(96), 12, 12);
      }
      drawn.addSlice(picture.duplicate());
      for (int y = 0; y < 96; y++) picture.setf(0, y, Float.NaN);
      stack.addSlice(picture);
    }
    for (ImageStack images : List.of(drawn, stack)) {
      ImageSource source = ImageSources.of(new ImagePlus("fields", images));
      assertThat(Dataset.open(source, size32(), log::add).info().patches()).isTrue();
    }
    assertThat(log).noneMatch(line -> line.contains("NaN"));
  }

  /** Of a class with a single image nothing could be learnt if that were held out. */
  @Test
  void noClassIsHeldOutWhole() throws IOException {
    Random random = new Random(6);
    for (int i = 0; i < 20; i++) {
      Path images = Files.createDirectories(folder.resolve(i < 19 ? "many" : "one"));
      ByteProcessor picture = new ByteProcessor(96, 96);
      for (int p = 0; p < 96 * 96; p++) picture.set(p, random.nextInt(200));
      new FileSaver(new ImagePlus("image", picture))
          .saveAsPng(images.resolve(i + ".png").toString());
    }
    ImageSource source = ImageSources.open(folder, log::add);
    for (int seed = 1; seed <= 30; seed++) {
      Dataset data = Dataset.open(source, size32().withHeldOut(20).withSeed(seed), log::add);
      assertThat(data.info().heldOut()).hasSize(4).doesNotContain(19);
    }
  }

  private static final String WIDE = "Structures are about ";

  /** Fields of discs, pixels of half a micrometre. */
  private List<String> linesOnDiscs(int diameter, DatasetOptions options) {
    Random random = new Random(2);
    ImageStack stack = new ImageStack(512, 512);
    for (int i = 0; i < 16; i++) {
      ByteProcessor picture = new ByteProcessor(512, 512);
      picture.setValue(200);
      for (int k = 0; k < 400 * 400 / diameter / diameter; k++) {
        picture.fillOval(random.nextInt(512), random.nextInt(512), diameter, diameter);
      }
      stack.addSlice(picture);
    }
    ImagePlus discs = new ImagePlus("discs", stack);
    discs.getCalibration().setUnit("um");
    discs.getCalibration().pixelWidth = 0.5;
    discs.getCalibration().pixelHeight = 0.5;
    List<String> lines = new ArrayList<>();
    Dataset.open(ImageSources.of(discs), options, lines::add).close();
    return lines.stream().filter(line -> line.startsWith(WIDE)).collect(Collectors.toList());
  }

  @Test
  void saysWhatPixelSizeShowsStructuresWholeThatPatchesCannotHold() {
    List<String> lines = linesOnDiscs(80, size32());
    assertThat(lines).hasSize(1);
    assertThat(lines.get(0))
        .matches(
            WIDE
                + "[6-9]\\d pixels wide, so patches of 32 pixels show few of them whole; pixel_size="
                + "[34]\\.\\d \\(in µm; now 0\\.5\\) would show more, if more coarsely\\.");
    assertThat(linesOnDiscs(80, size32().withPixelSize(4))).isEmpty();
    assertThat(linesOnDiscs(10, size32())).isEmpty();
  }

  /** Images whose brightness rises from left to right, by 10 a pixel. */
  private Dataset openRamps(DatasetOptions options) {
    for (int i = 0; i < 10; i++) {
      ShortProcessor ramp = new ShortProcessor(96, 96);
      for (int p = 0; p < 96 * 96; p++) ramp.set(p, 1000 + 10 * (p % 96));
      save(ramp, i + ".png");
    }
    return open(options.withIntensity(Intensity.LINEAR).withSaturated(0));
  }

  @Test
  void patchesAreTurnedByAnyAngle() throws IOException {
    Dataset data =
        openRamps(size32().withSampling(Sampling.PATCHES).withTurns(Choice.ON).withRotations(true));
    assertThat(data.info().rotations()).isTrue();
    assertThat(log).anyMatch(line -> line.contains("random turns by any angle"));
    int n = 200;
    float[] views = new float[n * 32 * 32];
    data.read(0, n, views);
    Set<Long> octants = new HashSet<>();
    double perPixel = 10 * 2 / 950.0;
    for (int v = 0; v < n; v++) {
      int at = v * 32 * 32;
      double dx = (views[at + 16 * 32 + 31] - views[at + 16 * 32]) / 31;
      double dy = (views[at + 31 * 32 + 16] - views[at + 16]) / 31;
      assertThat(Math.hypot(dx, dy)).isCloseTo(perPixel, within(0.01 * perPixel));
      octants.add(Math.round(Math.atan2(dy, dx) / (Math.PI / 16)));
    }
    // 33 of them, since both ends are the same.
    assertThat(octants).hasSizeGreaterThanOrEqualTo(32);
    float[] heldOut = new float[32 * 32];
    data.readReference(1, heldOut);
    double dx = heldOut[31] - heldOut[0];
    double dy = heldOut[31 * 32] - heldOut[0];
    assertThat(Math.min(Math.abs(dx), Math.abs(dy))).as("turned by right angles").isZero();
  }

  @Test
  void fewImagesAreWarnedOf() throws IOException {
    for (int i = 0; i < 60; i++) save(noise(new ByteProcessor(32, 64), 256), i + ".png");
    open(size32().withSampling(Sampling.WHOLE));
    assertThat(log).anyMatch(line -> line.startsWith("Only 60 images to train on"));
    log.clear();
    open(size32().withSampling(Sampling.PATCHES));
    assertThat(log).as("two patches an image").noneMatch(line -> line.startsWith("Only"));
  }

  @Test
  void anglesThatFindNoRoomAreNotTaken() throws IOException {
    Dataset data =
        openRamps(
            DatasetOptions.defaults()
                .withSize(96)
                .withSampling(Sampling.PATCHES)
                .withTurns(Choice.ON)
                .withRotations(true));
    float[] views = new float[20 * 96 * 96];
    data.read(0, 20, views);
    for (int v = 0; v < 20; v++) {
      int at = v * 96 * 96;
      double dx = views[at + 95] - views[at];
      double dy = views[at + 95 * 96] - views[at];
      assertThat(Math.min(Math.abs(dx), Math.abs(dy))).isZero();
      assertThat(Math.max(Math.abs(dx), Math.abs(dy))).isEqualTo(2);
    }
  }

  @Test
  void wholeImagesHaveNoRoomToRotateIn() {
    assertThatThrownBy(() -> openRamps(size32().withSampling(Sampling.WHOLE).withRotations(true)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rotations=true needs patches");
  }

  /** Class "dark" has values below 100, "light" above. */
  private void saveClasses() throws IOException {
    Files.createDirectories(folder.resolve("dark"));
    Files.createDirectories(folder.resolve("light"));
    for (int i = 0; i < 12; i++) {
      save(noise(new ByteProcessor(32, 32), 100), "dark/" + i + ".png");
      ImageProcessor light = noise(new ByteProcessor(32, 32), 100);
      light.add(155);
      if (i < 6) save(light, "light/" + i + ".png");
    }
  }

  @Test
  void foldersOfFoldersHaveClasses() throws IOException {
    saveClasses();
    Dataset data = open(size32().withIntensity(Intensity.LINEAR));
    assertThat(data.info().classes()).containsExactly("dark", "light");
    assertThat(log).contains("Classes: dark, light.");
    assertThat(classesByBrightness(data, 60)).isEqualTo(data.classes(5, 60));
  }

  @Test
  void viewsInARowAreOfOneClass() throws IOException {
    saveClasses();
    Dataset data = open(size32().withIntensity(Intensity.LINEAR).withInARow(4));
    int[] classes = data.classes(0, 160);
    for (int i = 0; i < 160; i++) assertThat(classes[i]).isEqualTo(classes[i - i % 4]);
    assertThat(Arrays.stream(classes).distinct().count()).isEqualTo(2);
    assertThat(classesByBrightness(data, 60)).isEqualTo(data.classes(5, 60));
  }

  private static int[] classesByBrightness(Dataset data, int n) throws IOException {
    float[] views = new float[n * 32 * 32];
    data.read(5, n, views);
    int[] classes = new int[n];
    for (int i = 0; i < n; i++) {
      double sum = 0;
      for (int p = 0; p < 1024; p++) sum += views[i * 1024 + p];
      classes[i] = sum > 0 ? 1 : 0;
    }
    return classes;
  }

  @Test
  void imagesOfOneFolderHaveNoClasses() {
    for (int i = 0; i < 10; i++) save(noise(new ByteProcessor(40, 50), 256), i + ".png");
    Dataset data = open(size32());
    assertThat(data.info().classes()).isEmpty();
    assertThat(data.classes(0, 5)).isEmpty();
  }

  @Test
  void badFoldersAreAnsweredInOneSentence() throws IOException {
    assertRefused(() -> ImageSources.open(folder.resolve("none"), log::add), "There is no");
    assertRefused(() -> open(size32()), "holds no images");
    for (int i = 0; i < 5; i++) save(noise(new ByteProcessor(64, 64), 256), i + ".png");
    assertRefused(() -> open(size32()), "only 5 images");
    for (int i = 0; i < 6; i++) Files.write(folder.resolve("x" + i + ".png"), new byte[3]);
    assertRefused(() -> open(size32()), "6 of the 11 files");
  }

  @Test
  void aFolderOfFoldersIsReadWhole() throws IOException {
    for (String name : new String[] {"red", "white"}) {
      Files.createDirectory(folder.resolve(name));
      for (int i = 0; i < 5; i++)
        save(noise(new ByteProcessor(40, 40), 256), name + "/" + i + ".png");
    }
    Files.write(folder.resolve("licence.txt"), "ignored".getBytes());
    ImageSource source = ImageSources.open(folder, log::add);
    assertThat(source.count()).isEqualTo(10);
    assertThat(source.nameOf(9)).startsWith("white/");
  }

  @Test
  void kindsMustNotMix() {
    for (int i = 0; i < 9; i++) save(noise(new ByteProcessor(64, 64), 256), i + ".png");
    save(noise(new ColorProcessor(64, 64), 0), "colour.png");
    assertRefused(() -> open(size32()), "colour.png has 3 channels");
  }

  private void saveTiff(ImageProcessor ip, String name, double intercept, double pixel) {
    ImagePlus imp = new ImagePlus(name, ip);
    double[] line = {intercept, 1};
    imp.getCalibration().setFunction(Calibration.STRAIGHT_LINE, line, "HU");
    imp.getCalibration().pixelWidth = pixel;
    imp.getCalibration().pixelHeight = pixel;
    imp.getCalibration().setUnit("mm");
    new FileSaver(imp).saveAsTiff(folder.resolve(name).toString());
  }

  /** Scanners store Hounsfield units with different offsets. */
  @Test
  void numbersThatMeanTheSameAreMadeEqual() throws IOException {
    ShortProcessor ip = new ShortProcessor(64, 64);
    for (int p = 0; p < 64 * 64; p++) ip.set(p, 1000 + p);
    saveTiff(ip, "a.tif", -1024, 1);
    ImageProcessor shifted = ip.duplicate();
    shifted.add(31744);
    saveTiff(shifted, "b.tif", -32768, 1);
    ImageSource source = ImageSources.open(folder, log::add);
    assertThat(source.read(1).values()).isEqualTo(source.read(0).values());
    assertThat(source.read(0).values()[5]).isEqualTo(1005);
    ImagePlus other = new ImagePlus("c", ip);
    other.getCalibration().setFunction(Calibration.STRAIGHT_LINE, new double[] {0, 2}, "HU");
    new FileSaver(other).saveAsTiff(folder.resolve("c.tif").toString());
    assertRefused(() -> ImageSources.open(folder, log::add), "c.tif and a.tif are calibrated");
  }

  /** Of each file its own pixels count, so that structures come out equally large. */
  @Test
  void pixelSizeBringsUnlikeImagesToOneResolution() {
    for (int i = 0; i < 8; i++) {
      saveTiff(noise(new ShortProcessor(256, 256), 999), i + ".tif", 0, i < 4 ? 1 : 0.5);
    }
    DatasetOptions patches = size32().withSampling(Sampling.PATCHES);
    open(patches);
    assertThat(log.toString()).contains("pixels are 0.5 to 1 mm wide").contains("pixel_size=1 ");
    Dataset coarse = open(patches.withPixelSize(1));
    assertThat(coarse.info().format().pixelWidth()).isEqualTo(1);
    assertThat(open(patches.withPixelSize(0.5)).info().format().pixelWidth()).isEqualTo(0.5);
  }

  /** A picture without calibration is not one of pixels a hundred times as large. */
  @Test
  void pixelsInOtherUnitsAreTakenForTheFirstOnes() {
    for (int i = 0; i < 8; i++) {
      saveTiff(noise(new ShortProcessor(64, 64), 999), i + ".tif", 0, 0.01);
    }
    ImagePlus plain = new ImagePlus("plain", noise(new ShortProcessor(64, 64), 999));
    new FileSaver(plain).saveAsTiff(folder.resolve("plain.tif").toString());
    ImageSource source = ImageSources.open(folder, log::add);
    assertThat(source.pixelWidth(8)).isEqualTo(source.pixelWidth(0)).isEqualTo(0.01);
  }

  @Test
  void whatWasOpenStaysAfterItIsClosed() throws IOException {
    ImageStack stack = new ImageStack(40, 40);
    for (int i = 0; i < 9; i++) stack.addSlice(noise(new ByteProcessor(40, 40), 256));
    ImagePlus imp = new ImagePlus("open", stack);
    ImageSource source = ImageSources.of(imp);
    float[] before = source.read(7).values();
    imp.flush();
    assertThat(source.read(7).values()).isEqualTo(before);
    assertThat(source.count()).isEqualTo(9);
  }

  @Test
  void filesBesideClassFoldersDoNotHideThem() throws IOException {
    saveClasses();
    Files.write(folder.resolve("labels.xlsx"), "no image".getBytes());
    assertThat(ImageSources.open(folder, log::add).classes()).hasSizeGreaterThan(1);
    save(noise(new ByteProcessor(40, 40), 256), "overview.png");
    assertThat(ImageSources.open(folder, log::add).classes()).isEmpty();
    assertThat(log.toString()).contains("subfolders", "are left out");
  }

  @Test
  void picturesOfTwoGreysAreImages() throws IOException {
    BufferedImage binary = new BufferedImage(40, 40, BufferedImage.TYPE_BYTE_BINARY);
    for (int i = 0; i < 12; i++) binary.setRGB(i, 20, 0xffffff);
    for (int i = 0; i < 9; i++) {
      ImageIO.write(binary, "png", folder.resolve(i + ".png").toFile());
    }
    ImageSource source = ImageSources.open(folder, log::add);
    assertThat(source.count()).isEqualTo(9);
    float[] values = source.read(0).values();
    assertThat(values[20 * 40 + 5]).isGreaterThan(values[20 * 40 + 30]);
  }

  @Test
  void aStackThatIsCutOffIsRefused() throws IOException {
    Path whole = Paths.get("sample-data", "nuclei.tif");
    byte[] bytes = Files.readAllBytes(whole);
    Path part = folder.resolve("part.tif");
    Files.write(part, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> ImageSources.open(part, line -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("of 96 slices could be read");
  }

  @Test
  void pixelsThatAreMuchTooSmallAreRefused() {
    ImageSource source = ImageSources.open(Paths.get("sample-data", "nuclei.tif"), line -> {});
    DatasetOptions tiny =
        DatasetOptions.defaults().withSampling(Sampling.PATCHES).withPixelSize(1e-5);
    assertThatThrownBy(() -> Dataset.open(source, tiny, line -> {}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("give a larger pixel_size");
  }

  @Test
  void constantImagesAreRefused() {
    for (int i = 0; i < 9; i++) save(new ByteProcessor(64, 64), i + ".png");
    assertRefused(() -> open(size32()), "one constant value");
  }

  /** As programs save stacks that do not say what their planes are. */
  private ImageSource planes(int n, int side) {
    ImageStack stack = new ImageStack(side, side);
    for (int i = 0; i < n; i++) stack.addSlice(noise(new ByteProcessor(side, side), 256));
    ImagePlus imp = new ImagePlus("planes", stack);
    imp.setDimensions(n, 1, 1);
    return ImageSources.of(imp);
  }

  @Test
  void slicesThatCountAsChannelsAreRefused() {
    assertRefused(
        () -> Dataset.open(planes(24, 64), size32(), log::add),
        "planes is one image of 24 channels, and training needs at least 8 images");
  }

  /** There may be images of so many channels, and patches of them are enough to train on. */
  @Test
  void largeSlicesThatCountAsChannelsAreAskedAbout() {
    Dataset.open(planes(9, 256), size32(), log::add).close();
    assertThat(log)
        .anyMatch(line -> line.startsWith("planes is one image of 9 channels; if they are images"));
  }

  private static void assertRefused(Runnable action, String sentence) {
    assertThatThrownBy(action::run)
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void smallImagesAreEnlargedAndItIsSaid() throws IOException {
    for (int i = 0; i < 9; i++) save(noise(new ByteProcessor(20, 24), 256), i + ".png");
    Dataset data = open(size32());
    data.read(0, 4, new float[4 * 32 * 32]);
    assertThat(log).anyMatch(line -> line.contains("9 of 9 images are smaller than 32"));
  }

  @Test
  void hotPixelsDoNotStretchTheRange() {
    ImageStack stack = new ImageStack(64, 64);
    for (int i = 0; i < 10; i++) stack.addSlice(noise(new ShortProcessor(64, 64), 1000));
    stack.getProcessor(3).set(5, 5, 65535);
    DatasetInfo info =
        Dataset.open(ImageSources.of(new ImagePlus("s", stack)), size32(), log::add).info();
    assertThat(info.scaling().high(0)).isLessThan(1000);
  }

  @Test
  void viewsDependOnTheirNumberAlone() throws IOException {
    for (int i = 0; i < 9; i++) save(noise(new ByteProcessor(70, 90), 256), i + ".png");
    Dataset data = open(size32().withSampling(Sampling.PATCHES));
    int each = 32 * 32;
    float[] together = new float[50 * each];
    data.read(100, 50, together);
    float[] one = new float[each];
    Set<Integer> different = new HashSet<>();
    for (int i = 49; i >= 0; i--) {
      data.read(100 + i, 1, one);
      for (int p = 0; p < each; p++) assertThat(one[p]).isEqualTo(together[i * each + p]);
      different.add(Arrays.hashCode(one));
    }
    assertThat(different).hasSizeGreaterThan(45);
  }

  @Test
  void anEpochShowsEveryImageOnce() throws IOException {
    ImageStack stack = new ImageStack(32, 32);
    for (int i = 0; i < 20; i++) {
      ByteProcessor ip = new ByteProcessor(32, 32);
      ip.setValue(10 + 10 * i);
      ip.fill();
      stack.addSlice(ip);
    }
    Dataset data = Dataset.open(ImageSources.of(new ImagePlus("s", stack)), size32(), log::add);
    float[] views = new float[20 * 32 * 32];
    for (int epoch = 0; epoch < 3; epoch++) {
      data.read(20L * epoch, 20, views);
      Set<Float> seen = new HashSet<>();
      for (int i = 0; i < 20; i++) seen.add(views[i * 32 * 32]);
      assertThat(seen).hasSize(20);
    }
  }

  @ParameterizedTest(name = "{0} bits")
  @CsvSource({"8", "16", "32"})
  void greyImagesComeBackAsTheyWere(int bits) throws IOException {
    ImageStack stack = new ImageStack(32, 32);
    for (int i = 0; i < 8; i++) {
      ImageProcessor ip =
          bits == 8
              ? new ByteProcessor(32, 32)
              : bits == 16 ? new ShortProcessor(32, 32) : new FloatProcessor(32, 32);
      stack.addSlice(noise(ip, 200));
    }
    ImagePlus imp = new ImagePlus("s", stack);
    imp.getProcessor().setLut(LUT.createLutFromColor(Color.GREEN));
    imp.getStack().setColorModel(LUT.createLutFromColor(Color.GREEN));
    imp.setDisplayRange(5, 150);
    imp.getCalibration().pixelWidth = 0.5;
    imp.getCalibration().pixelHeight = 0.5;
    imp.getCalibration().setUnit("micron");
    ImagePlus back = roundTrip(imp, 8);
    assertThat(back.getBitDepth()).isEqualTo(bits);
    assertThat(back.getStackSize()).isEqualTo(8);
    assertThat(back.getCalibration().pixelWidth).isEqualTo(0.5);
    assertThat(back.getCalibration().getUnit()).isIn("micron", "µm");
    assertThat(back.getDisplayRangeMax()).isEqualTo(150);
    assertThat(back.getLuts()[0].getRGB(255) & 0xffffff).isEqualTo(0x00ff00);
  }

  @Test
  void pixelsThatAreNoNumbersCountAsDark() throws IOException {
    ImageStack stack = new ImageStack(32, 32);
    for (int i = 0; i < 8; i++) stack.addSlice(noise(new FloatProcessor(32, 32), 200));
    stack.getProcessor(1).setf(0, Float.NaN);
    stack.getProcessor(1).setf(1, Float.POSITIVE_INFINITY);
    Dataset data = Dataset.open(ImageSources.of(new ImagePlus("s", stack)), size32(), log::add);
    assertThat(data.info().scaling().high(0)).isLessThan(200);
    float[] first = new float[32 * 32];
    data.preview(1, first);
    assertThat(first[0]).isEqualTo(-1);
    assertThat(first[1]).isEqualTo(1);
  }

  /** A little-endian DICOM file of one 8-bit slice. */
  private static byte[] dicom(int side, Random random) {
    ByteBuffer out = ByteBuffer.allocate(1024 + side * side).order(ByteOrder.LITTLE_ENDIAN);
    out.position(128);
    out.put("DICM".getBytes());
    short[][] header = {
      {0x0028, 0x0002, 1},
      {0x0028, 0x0010, (short) side},
      {0x0028, 0x0011, (short) side},
      {0x0028, 0x0100, 8},
      {0x0028, 0x0101, 8},
      {0x0028, 0x0102, 7},
      {0x0028, 0x0103, 0}
    };
    for (short[] element : header) {
      out.putShort(element[0]).putShort(element[1]).put("US".getBytes()).putShort((short) 2);
      out.putShort(element[2]);
    }
    out.putShort((short) 0x7FE0).putShort((short) 0x0010).put("OB".getBytes()).putShort((short) 0);
    out.putInt(side * side);
    for (int i = 0; i < side * side; i++) out.put((byte) random.nextInt(200));
    return Arrays.copyOf(out.array(), out.position());
  }

  @Test
  void dicomAndJpegAreImagesToo() throws IOException {
    for (int i = 0; i < 5; i++) {
      Files.write(folder.resolve(i + ".dcm"), dicom(48, random));
      ImagePlus grey = new ImagePlus("grey", noise(new ByteProcessor(40, 50), 256));
      new FileSaver(grey).saveAsJpeg(folder.resolve(i + ".jpg").toString());
    }
    assertThat(open(size32()).imageCount()).isEqualTo(10);
  }

  @Test
  void aDisplayRangeOfOneDarkSliceIsNotTakenOver() {
    ImageStack stack = new ImageStack(32, 32);
    for (int i = 0; i < 8; i++) stack.addSlice(noise(new ShortProcessor(32, 32), 4000));
    ImagePlus imp = new ImagePlus("s", stack);
    imp.setDisplayRange(100, 120);
    DatasetInfo info = Dataset.open(ImageSources.of(imp), size32(), log::add).info();
    ImagePlus made =
        new ImageBuilder(info.format(), info.scaling()).stack("s", new float[1024], 1, 32, 32);
    assertThat(made.getDisplayRangeMax()).isGreaterThan(3900);
  }

  @Test
  void colourImagesComeBackAsColour() throws IOException {
    ImageStack stack = new ImageStack(32, 32);
    for (int i = 0; i < 8; i++) stack.addSlice(noise(new ColorProcessor(32, 32), 0));
    ImagePlus back = roundTrip(new ImagePlus("s", stack), 8);
    assertThat(back.getType()).isEqualTo(ImagePlus.COLOR_RGB);
  }

  @Test
  void hyperstacksKeepChannelsAndColours() throws IOException {
    ImageStack stack = new ImageStack(32, 32);
    for (int i = 0; i < 24; i++) stack.addSlice(noise(new ShortProcessor(32, 32), 4000));
    ImagePlus plain = new ImagePlus("s", stack);
    plain.setDimensions(3, 8, 1);
    CompositeImage imp = new CompositeImage(plain, CompositeImage.COMPOSITE);
    imp.setChannelLut(LUT.createLutFromColor(Color.MAGENTA), 2);
    ImagePlus back = roundTrip(imp, 8);
    assertThat(back.getNChannels()).isEqualTo(3);
    assertThat(back.getNSlices()).isEqualTo(8);
    assertThat(back.getBitDepth()).isEqualTo(16);
    assertThat(back.isComposite()).isTrue();
    assertThat(back.getLuts()[1].getRGB(255) & 0xffffff).isEqualTo(0xff00ff);
  }

  /** ImageJ's own way tells of it by a dialog. */
  @Test
  void aTiffThatCannotBeWrittenIsAnErrorAndLeavesNothing() throws IOException {
    Path way = Files.createDirectories(folder.resolve("made.tif/in the way"));
    ImagePlus image = new ImagePlus("image", new ByteProcessor(8, 8));
    assertThatThrownBy(() -> ImageFiles.saveTiff(image, way.getParent()))
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> ImageFiles.saveTiff(image, folder.resolve("none/made.tif")))
        .isInstanceOf(IOException.class);
    assertThat(folder.resolve("made.tif.part")).doesNotExist();
  }

  @Test
  void aTiffIsWhatImageJWouldWrite() throws IOException {
    ImageStack stack = new ImageStack(32, 32);
    for (int i = 0; i < 6; i++) stack.addSlice("slice " + i, noise(new ShortProcessor(32, 32), 99));
    ImagePlus plain = new ImagePlus("s", stack);
    plain.setDimensions(2, 3, 1);
    plain.setProperty("Info", "all about it");
    plain.getCalibration().pixelWidth = 0.25;
    plain.getCalibration().setUnit("um");
    CompositeImage imp = new CompositeImage(plain, CompositeImage.COMPOSITE);
    imp.setChannelLut(LUT.createLutFromColor(Color.MAGENTA), 2);
    ImageFiles.saveTiff(imp, folder.resolve("ours.tif"));
    new FileSaver(imp).saveAsTiffStack(folder.resolve("imagej.tif").toString());
    assertThat(folder.resolve("ours.tif")).hasSameBinaryContentAs(folder.resolve("imagej.tif"));
    ImagePlus one = new ImagePlus("one", stack.getProcessor(1));
    ImageFiles.saveTiff(one, folder.resolve("ours.tif"));
    new FileSaver(one).saveAsTiff(folder.resolve("imagej.tif").toString());
    assertThat(folder.resolve("ours.tif")).hasSameBinaryContentAs(folder.resolve("imagej.tif"));
  }

  /** Image to numbers to image to file to image; pixels within the range are checked too. */
  private ImagePlus roundTrip(ImagePlus imp, int n) throws IOException {
    ImageSource source = ImageSources.of(imp);
    Dataset data = Dataset.open(source, size32().withIntensity(Intensity.SQRT), log::add);
    DatasetInfo info = data.info();
    float[] values = new float[n * info.channels() * 32 * 32];
    data.preview(n, values);
    ImagePlus made =
        new ImageBuilder(info.format(), info.scaling()).stack("made", values, n, 32, 32);
    ChannelImage was = source.read(3);
    ChannelImage is = ImageSources.of(made).read(3);
    for (int p = 0; p < was.values().length; p++) {
      int c = p / (32 * 32);
      double clipped =
          Math.max(info.scaling().low(c), Math.min(info.scaling().high(c), was.values()[p]));
      assertThat((double) is.values()[p]).isCloseTo(clipped, within(1e-3));
    }
    Path file = folder.resolve("made.tif");
    ImageFiles.saveTiff(made, file);
    assertThat(folder.resolve("made.tif.part")).doesNotExist();
    return new Opener().openImage(file.toString());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nuclei/images,true",
    "chest-xray,false",
    "blood-cells/RBC,false",
    "stacks/tiles64_hela_3ch_16bit.tif,false",
    "stacks/cancer_cell_migration_16bit_48t.tif,true",
    "stacks/beads_8bit_41z.tif,true"
  })
  void wholeOrPatchesIsChosenRightOnRealImages(String path, boolean patches) {
    assumeTrue(Files.exists(SHARED.resolve(path)), "needs ../shared/data/" + path);
    ImageSource source = ImageSources.open(SHARED.resolve(path), log::add);
    DatasetInfo info = Dataset.open(source, DatasetOptions.defaults(), log::add).info();
    assertThat(info.patches()).as(log.toString()).isEqualTo(patches);
  }
}
