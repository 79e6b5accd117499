package org.lookalike.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.io.FileSaver;
import ij.process.ByteProcessor;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lookalike.train.TrainSettings;

/** The whole way in a shell, as small as it can be: train, resume, generate; and the demo. */
class ShellJourneyTest {
  private static final int IMAGES = 12;
  private static final int SIDE = 40;

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void train_resume_generate() throws Exception {
    String run = folder.resolve("run").toString();
    String stack = writeStack().toString();

    assertThat(train(stack, run)).as(err.toString()).isZero();
    assertThat(lastPath()).exists().startsWith(folder.resolve("run"));

    assertThat(train(stack, run)).as("never overwritten").isEqualTo(1);
    assertThat(err.toString()).containsIgnoringCase("resume");

    assertThat(run("resume", "--run", run, "--images", "64")).as(err.toString()).isZero();

    Path synthetic = folder.resolve("synthetic.tif");
    assertThat(run("generate", "--model", run, "--count", "5", "--output", synthetic.toString()))
        .as(err.toString())
        .isZero();
    assertThat(lastPath()).isEqualTo(synthetic);
    ImagePlus image = IJ.openImage(synthetic.toString());
    assertThat(image.getStackSize()).isEqualTo(5);
    assertThat(image.getWidth()).isEqualTo(32);
    assertThat(image.getBitDepth()).isEqualTo(8);

    Path many = folder.resolve("many");
    assertThat(run("generate", "--model", run, "--count", "3", "--output", many.toString()))
        .as(err.toString())
        .isZero();
    try (Stream<Path> files = Files.list(many)) {
      assertThat(files)
          .extracting(file -> file.getFileName().toString())
          .containsExactlyInAnyOrder(
              "synthetic-0001.tif", "synthetic-0002.tif", "synthetic-0003.tif");
    }
    ImagePlus third = IJ.openImage(many.resolve("synthetic-0003.tif").toString());
    assertThat(third.getProcessor().getPixels())
        .isEqualTo(image.getStack().getProcessor(3).getPixels());
    assertThat(run("generate", "--model", run, "--count", "2", "--output", many.toString()))
        .as("never mixed")
        .isEqualTo(1);
    assertThat(err.toString()).contains("holds synthetic images already");
    Path deep = folder.resolve("new").resolve("folder").resolve("s.tif");
    assertThat(run("generate", "--model", run, "--count", "2", "--output", deep.toString()))
        .as(err.toString())
        .isZero();
    assertThat(deep).exists();
  }

  @Test
  void demo_runs_twice_in_the_same_folder() {
    Path target = folder.resolve("demo");
    TrainSettings brief = TrainSettings.parse("size=32 width=8 batch=8 images=16 latent=16 seed=1");
    for (int i = 0; i < 2; i++) {
      Demo demo = new Demo(target, brief, DemoView.NONE, printer(out), printer(err));
      assertThat(demo.run()).as(err.toString()).isZero();
    }
    assertThat(target.resolve("run").resolve("model.zip")).exists();
    assertThat(target.resolve("synthetic.tif")).exists();
    ImagePlus sheet = IJ.openImage(target.resolve("synthetic.png").toString());
    assertThat(sheet.getWidth()).isGreaterThan(sheet.getHeight());
    assertThat(out.toString()).contains(target.resolve("synthetic.png").toString());
  }

  private int train(String input, String output) {
    return run(
        "train",
        "--input",
        input,
        "--output",
        output,
        "--size",
        "32",
        "--images",
        "32",
        "--set",
        "batch=8",
        "--set",
        "width=8",
        "--latent",
        "16");
  }

  private int run(String... args) {
    return new Cli(printer(out), printer(err)).run(args);
  }

  private static PrintStream printer(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true);
  }

  private Path lastPath() {
    String[] lines = out.toString().strip().split("\\R");
    return Path.of(lines[lines.length - 1]);
  }

  /** Bright squares of random place on noise. */
  private Path writeStack() {
    Random random = new Random(1);
    ImageStack stack = new ImageStack(SIDE, SIDE);
    for (int i = 0; i < IMAGES; i++) {
      ByteProcessor slice = new ByteProcessor(SIDE, SIDE);
      slice.noise(10);
      slice.setColor(150 + random.nextInt(100));
      slice.fillRect(random.nextInt(SIDE - 10), random.nextInt(SIDE - 10), 10, 10);
      stack.addSlice(slice);
    }
    Path file = folder.resolve("squares.tif");
    assertThat(new FileSaver(new ImagePlus("squares", stack)).saveAsTiffStack(file.toString()))
        .isTrue();
    return file;
  }
}
