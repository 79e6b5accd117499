package org.lookalike.imagej;

import ij.ImagePlus;
import ij.process.ByteProcessor;
import java.io.File;
import org.scijava.ItemIO;
import org.scijava.ItemVisibility;
import org.scijava.command.Command;
import org.scijava.command.ContextCommand;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.widget.FileWidget;

/** A command with one input of each kind. */
@Plugin(type = Command.class, menuPath = "Plugins>Dummy Command...")
public class DummyCommand extends ContextCommand {
  /** The last one that ran. */
  static volatile DummyCommand last;

  @Parameter(
      label = "Folder",
      style = FileWidget.DIRECTORY_STYLE,
      required = false,
      persist = false)
  File folder;

  @Parameter(label = "Pixel size", persist = false)
  double pixel_size = 0.5;

  @Parameter(label = "Count", description = "How many there are", persist = false)
  int count = 3;

  @Parameter(
      label = "Loss",
      choices = {"hinge", "relativistic"},
      persist = false)
  String loss = "hinge";

  @Parameter(label = "Mirror", persist = false)
  boolean mirror = true;

  @Parameter(visibility = ItemVisibility.INVISIBLE, required = false, persist = false)
  String hidden;

  @Parameter(
      visibility = ItemVisibility.INVISIBLE,
      required = false,
      autoFill = false,
      persist = false)
  ImagePlus image;

  @Parameter(type = ItemIO.OUTPUT)
  ImagePlus result;

  @Parameter(type = ItemIO.OUTPUT, label = "Dummy text")
  String text;

  ClassLoader contextLoader;

  @Override
  public void run() {
    last = this;
    contextLoader = Thread.currentThread().getContextClassLoader();
    if (count < 0) {
      cancel("count=" + count + " is not possible; give 0 or more.");
      return;
    }
    result = new ImagePlus("Dummy result", new ByteProcessor(count + 1, 1));
    text = "counted to " + count;
  }
}
