package org.lookalike.imagej;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Menus;
import ij.WindowManager;
import ij.io.Opener;
import java.awt.GraphicsEnvironment;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A literal macro in a real ImageJ 1.x: sample stack, training, generation. Needs a display. */
@Timeout(240)
class MacroJourneyTest {
  @TempDir Path folder;
  private ImageJ imagej;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void start() {
    assumeFalse(GraphicsEnvironment.isHeadless(), "ImageJ 1.x needs a display");
    imagej = new ImageJ(ImageJ.NO_SHOW);
    put("Lookalike Nuclei (stack)", OpenSampleCommand.class);
    put("Train GAN...", TrainCommand.class);
    put("Generate Images...", GenerateCommand.class);
  }

  @SuppressWarnings("unchecked")
  private static void put(String label, Class<?> command) {
    Menus.getCommands()
        .put(label, ImageJ1Adapter.class.getName() + "(\"" + command.getName() + "\")");
  }

  @AfterEach
  void stop() {
    if (imagej == null) return;
    WindowManager.closeAllWindows();
    imagej.dispose();
  }

  @Test
  void aMacroTrainsAndGenerates() {
    String run = folder.resolve("run").toString();
    String stack = folder.resolve("synthetic.tif").toString();
    String macro =
        "run('Lookalike Nuclei (stack)');\n"
            + "run('Train GAN...', 'output=["
            + run
            + "] size=32 width=8 images=320 seed=1 sampling=patches');\n"
            + "run('Generate Images...', 'model=["
            + run
            + "] count=12 seed=7 output=["
            + stack
            + "]');\n"
            + "getPixelSize(unit, pw, ph);\n"
            + "return '' + getWidth() + ' ' + nSlices() + ' ' + bitDepth() + ' ' + pw;";
    assertThat(IJ.runMacro(macro)).isEqualTo("32 12 8 0.65");
    ImagePlus saved = new Opener().openImage(stack);
    assertThat(saved.getWidth()).isEqualTo(32);
    assertThat(saved.getStackSize()).isEqualTo(12);
    assertThat(saved.getBitDepth()).isEqualTo(8);
    assertThat(saved.getCalibration().pixelWidth).isCloseTo(0.65, within(1e-5));
  }
}
