package org.lookalike.imagej;

import org.lookalike.nn.ComputeDevice;
import org.scijava.ItemIO;
import org.scijava.command.Command;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;

/** <em>Compute Device…</em>: says what would do the work, and why not something else. */
@Plugin(type = Command.class, menuPath = "Plugins>Lookalike>Compute Device...")
public class DevicesCommand extends LookalikeCommand {
  @Parameter(type = ItemIO.OUTPUT, label = "Compute device")
  private String report;

  @Override
  protected void execute() {
    report = ComputeDevice.describe("auto").report();
  }
}
