package org.lookalike.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command above the subcommands: holds the options that all of them share. */
@Command(
    name = Cli.NAME,
    description = "Trains a GAN on your own images and generates new ones that look like them.",
    footer = {
      "",
      "Without a command, a demo trains for two minutes on sample images.",
      "Exit codes: 0 done, 1 failed, 2 wrong usage."
    })
final class LookalikeCommand implements Callable<Integer> {
  static final String VERBOSE = "--verbose";

  @Spec private CommandSpec spec;

  @Option(
      names = VERBOSE,
      scope = ScopeType.INHERIT,
      description = "Show where in the program a failure came from.")
  private boolean verbose;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  boolean isVerbose() {
    return verbose;
  }

  @Override
  public Integer call() {
    throw new ParameterException(
        spec.commandLine(),
        "Say what to do: " + String.join(", ", spec.subcommands().keySet()) + ".");
  }
}
