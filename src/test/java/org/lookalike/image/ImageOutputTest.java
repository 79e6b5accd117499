package org.lookalike.image;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageOutputTest {
  @TempDir Path folder;

  @Test
  void imagesOfTheLaboratoryAreNotReplaced() throws IOException {
    Path real = Files.write(folder.resolve("real.tif"), new byte[] {1});
    assertThatThrownBy(() -> ImageOutput.at(real, real.toAbsolutePath().normalize().toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds the real images");
  }

  @Test
  void aFolderNamedAsAStackIsSaidBeforeImagesAreMade() throws IOException {
    Path odd = Files.createDirectory(folder.resolve("made.tif"));
    assertThatThrownBy(() -> ImageOutput.at(odd, "real"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is a folder");
  }
}
