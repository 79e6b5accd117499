package org.lookalike.benchmark;

import ij.ImagePlus;
import ij.gui.Plot;
import ij.io.FileSaver;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;

/** Images a second over the size of the images, one curve a number of threads. */
final class SpeedPlot {
  private static final Color[] COLORS = {new Color(0x1b, 0x6c, 0xa8), new Color(0xc0, 0x50, 0x20)};

  private SpeedPlot() {}

  /**
   * @param speeds images a second, {@code [threads - 1][size]}
   */
  static void write(Path file, double[] sizes, double[][] speeds) throws IOException {
    Plot plot = new Plot("Speed", "Side of the images, pixels", "Images a second");
    plot.setSize(640, 400);
    plot.setLogScaleX();
    plot.setLogScaleY();
    StringBuilder legend = new StringBuilder();
    for (int i = 0; i < speeds.length; i++) {
      plot.setColor(COLORS[i], COLORS[i]);
      plot.setLineWidth(2);
      plot.add("connected circle", sizes, speeds[i]);
      legend.append(i + 1).append(i == 0 ? " thread\n" : " threads\n");
    }
    plot.setColor(Color.BLACK);
    plot.setLimits(sizes[0] / 1.3, sizes[sizes.length - 1] * 1.3, 1, 1500);
    plot.addLegend(legend.toString());
    ImagePlus picture = new ImagePlus("Speed", plot.getProcessor());
    if (!new FileSaver(picture).saveAsPng(file.toString())) {
      throw new IOException(file + " could not be written");
    }
  }
}
