package org.lookalike.cli;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.lookalike.nn.ComputeDevice;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Tells which device would do the work, and why. */
@Command(name = "devices", description = "Tell what would do the work, and why.")
final class DevicesCommand implements Callable<Integer> {
  private final PrintStream out;

  DevicesCommand(PrintStream out) {
    this.out = out;
  }

  @Override
  public Integer call() {
    out.println(ComputeDevice.describe("auto").report());
    return ExitCode.OK;
  }
}
