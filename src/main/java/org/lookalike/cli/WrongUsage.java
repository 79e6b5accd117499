package org.lookalike.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.lookalike.image.Nearest;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Answers wrong usage in one line that names what was probably meant; exit code 2. */
final class WrongUsage implements IParameterExceptionHandler {
  @Override
  public int handleParseException(ParameterException wrong, String[] args) {
    CommandLine command = wrong.getCommandLine();
    String message =
        wrong instanceof UnmatchedArgumentException
            ? unmatched(command, ((UnmatchedArgumentException) wrong).getUnmatched())
            : wrong.getMessage().replaceAll("\\s*\\R\\s*", " ");
    String help = command.getCommandSpec().qualifiedName() + " --help";
    command.getErr().println(message + (endsSentence(message) ? "" : ".") + " See: " + help);
    if (askedForDetail(args)) wrong.printStackTrace(command.getErr());
    return ExitCode.USAGE;
  }

  private static boolean endsSentence(String message) {
    return message.endsWith(".") || message.endsWith("?");
  }

  private static boolean askedForDetail(String... args) {
    return List.of(args).contains(LookalikeCommand.VERBOSE);
  }

  private static String unmatched(CommandLine command, List<String> unmatched) {
    String word = unmatched.get(0).split("=", 2)[0];
    if (word.startsWith("-")) return unknown("option", word, options(command));
    if (command.getSubcommands().isEmpty()) {
      return "'" + word + "' belongs to no option; options are written as --name value.";
    }
    return unknown("command", word, new ArrayList<>(command.getSubcommands().keySet()));
  }

  private static List<String> options(CommandLine command) {
    return command.getCommandSpec().options().stream()
        .map(OptionSpec::longestName)
        .collect(Collectors.toList());
  }

  private static String unknown(String kind, String word, List<String> known) {
    return String.format(
        "There is no %s '%s'; did you mean '%s'?", kind, word, Nearest.to(word, known));
  }
}
