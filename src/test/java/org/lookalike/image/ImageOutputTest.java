package org.lookalike.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ij.ImagePlus;
import ij.ImageStack;
import ij.io.Opener;
import ij.process.ByteProcessor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageOutputTest {
  @TempDir Path folder;

  @Test
  void imagesOfTheLaboratoryAreNotReplaced() throws IOException {
    Path real = Files.write(folder.resolve("real.tif"), new byte[] {1});
    assertThatThrownBy(() -> ImageOutput.at(real, real.toAbsolutePath().normalize().toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is where the real images are");
  }

  @Test
  void nothingIsLaidAmongImagesOfTheLaboratory() throws IOException {
    Path classes = Files.createDirectories(folder.resolve("data/cancer")).getParent();
    String real = classes.toAbsolutePath().normalize().toString();
    for (String output : List.of("a.tif", "cancer", "cancer/a.tif", "synthetic")) {
      assertThatThrownBy(() -> ImageOutput.at(classes.resolve(output), real))
          .as(output)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("is where the real images are");
    }
    Files.write(
        Files.createDirectory(classes.resolve("run")).resolve("checkpoint.zip"), new byte[1]);
    assertThatCode(() -> ImageOutput.at(classes.resolve("run/a.tif"), real))
        .as("a training's folder is no class")
        .doesNotThrowAnyException();
    ImageFiles.saveTiff(
        new ImagePlus("real", new ByteProcessor(8, 8)), classes.resolve("real.tif"));
    assertThatCode(() -> ImageOutput.at(classes.resolve("synthetic"), real))
        .as("subfolders of a folder of images are not read")
        .doesNotThrowAnyException();
    assertThatCode(() -> ImageOutput.at(folder.resolve("b.tif"), real)).doesNotThrowAnyException();
    assertThatCode(() -> ImageOutput.at(folder.resolve("b.tif"), "nuclei: 1/3 *"))
        .doesNotThrowAnyException();
  }

  @Test
  void onlyImagesOfOursAreReplaced() throws IOException {
    Path file = folder.resolve("made.tif");
    ImagePlus image = new ImagePlus("image", new ByteProcessor(8, 8));
    ImageFiles.saveTiff(image, file);
    assertThatThrownBy(() -> ImageOutput.at(file, "real"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("does not say that Lookalike made it");
    ImageOutput.mark(image, "a test.");
    ImageFiles.saveTiff(image, file);
    ImageOutput.at(file, "real").save(image, 0);
    assertThat(new Opener().openImage(file.toString()).getInfoProperty())
        .isEqualTo("Synthetic, made by Lookalike: a test.");
  }

  @Test
  void filesOfAFolderAreMarkedToo() throws IOException {
    ImageStack two = new ImageStack(8, 8);
    for (int i = 0; i < 2; i++) two.addSlice(new ByteProcessor(8, 8));
    ImagePlus made = new ImagePlus("made", two);
    ImageOutput.mark(made, "a test.");
    Path target = folder.resolve("made");
    ImageOutput.at(target, "real").save(made, 0);
    String second = target.resolve("synthetic-0002.tif").toString();
    assertThat(new Opener().openImage(second).getInfoProperty()).contains("a test.");
  }

  @Test
  void aFolderNamedAsAStackIsSaidBeforeImagesAreMade() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("made.tif"));
    assertThatThrownBy(() -> ImageOutput.at(odd, "real"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a folder");
  }
}
