package org.lookalike.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;

/**
 * The command line: subcommands, exit codes and how failures are told.
 *
 * <p>Exit codes: 0 done, 1 failed (one line why on {@code err}), 2 wrong usage.
 */
public final class Cli {
  /** The program's name in its own help. */
  static final String NAME = "lookalike";

  private final PrintStream out;
  private final PrintStream err;

  /**
   * @param out takes results' paths and help that was asked for
   * @param err takes progress, messages and errors
   */
  public Cli(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Runs one command and returns when it has ended.
   *
   * @param args a subcommand and its options
   * @return the exit code
   */
  public int run(String... args) {
    CommandLine commands = commandLine();
    if (args.length == 0) {
      commands.usage(err);
      return CommandLine.ExitCode.USAGE;
    }
    try {
      return commands.execute(args);
    } catch (OutOfMemoryError | LinkageError e) {
      return new FailureReport(err, isVerbose(args)).tell(e);
    }
  }

  /** The commands, ready to parse. */
  CommandLine commandLine() {
    LookalikeCommand root = new LookalikeCommand();
    CommandLine commands =
        new CommandLine(root)
            .addSubcommand("train", new TrainCommand(out, err))
            .addSubcommand("resume", new ResumeCommand(out, err))
            .addSubcommand("generate", new GenerateCommand(out, err))
            .addSubcommand("evaluate", new EvaluateCommand(out, err))
            .addSubcommand("features", new FeaturesCommand(out, err))
            .addSubcommand("lab", new LabCommand(out, err))
            .addSubcommand("devices", new DevicesCommand(out));
    for (String name : List.of("train", "lab")) {
      SettingsOptions.addTo(commands.getSubcommands().get(name).getCommandSpec());
    }
    return commands
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .setParameterExceptionHandler(new WrongUsage())
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> new FailureReport(err, root.isVerbose()).tell(failure));
  }

  private static boolean isVerbose(String... args) {
    for (String arg : args) if (arg.equals(LookalikeCommand.VERBOSE)) return true;
    return false;
  }
}
