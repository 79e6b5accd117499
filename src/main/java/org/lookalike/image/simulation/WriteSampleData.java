package org.lookalike.image.simulation;

import ij.ImagePlus;
import ij.ImageStack;
import ij.measure.Calibration;
import ij.util.ThreadUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.lookalike.image.ImageFiles;

/** Writes {@code sample-data/}: run it again whenever the simulator changes. */
public final class WriteSampleData {
  private static final int SIDE = 128;
  private static final int FIELDS = 96;
  private static final double MICRONS = 0.65;

  private WriteSampleData() {}

  public static void main(String[] args) throws IOException {
    NucleiSimulator simulator = new NucleiSimulator(SIDE, 2026);
    ImageStack images = new ImageStack(SIDE, SIDE);
    ImageStack labels = new ImageStack(SIDE, SIDE);
    for (int i = 1; i <= FIELDS; i++) {
      simulator.next();
      images.addSlice("field " + i, simulator.image());
      labels.addSlice("field " + i, simulator.labels());
    }
    Path folder = Paths.get("sample-data");
    save("nuclei", images, folder);
    save("nuclei-labels", labels, folder);
    // ImageJ's blur leaves threads that would keep the program alive.
    ThreadUtil.threadPoolExecutor.shutdown();
  }

  private static void save(String name, ImageStack stack, Path folder) throws IOException {
    ImagePlus imp = new ImagePlus(name, stack);
    Calibration calibration = imp.getCalibration();
    calibration.pixelWidth = MICRONS;
    calibration.pixelHeight = MICRONS;
    calibration.setUnit("micron");
    imp.setDisplayRange(0, 255);
    ImageFiles.saveTiff(imp, folder.resolve(name + ".tif"));
  }
}
