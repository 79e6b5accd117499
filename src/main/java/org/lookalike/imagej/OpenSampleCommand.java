package org.lookalike.imagej;

import ij.ImagePlus;
import ij.io.Opener;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** <em>Lookalike Nuclei (stack)</em>: opens the sample images that come with the plugin. */
@Plugin(type = Command.class, menuPath = "File>Open Samples>Lookalike Nuclei (stack)")
public class OpenSampleCommand extends LookalikeCommand {
  private static final String RESOURCE = "/sample-data/nuclei.tif";

  @Parameter(type = ItemIO.OUTPUT)
  private ImagePlus nuclei;

  @Override
  protected void execute() throws IOException {
    try (InputStream in = OpenSampleCommand.class.getResourceAsStream(RESOURCE)) {
      if (in == null) throw new FileNotFoundException(RESOURCE + " is missing from the plugin.");
      nuclei = new Opener().openTiff(in, "nuclei.tif");
    }
    if (nuclei == null) throw new IOException(RESOURCE + " of the plugin cannot be read.");
  }
}
