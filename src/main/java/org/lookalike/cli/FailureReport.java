package org.lookalike.cli;

import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.lookalike.image.InputException;
import picocli.CommandLine.ExitCode;

/** Tells a failure in one line; where in the program it happened only to those who ask. */
final class FailureReport {
  private final PrintStream err;
  private final boolean verbose;

  FailureReport(PrintStream err, boolean verbose) {
    this.err = err;
    this.verbose = verbose;
  }

  /**
   * Prints why the command failed.
   *
   * @return the exit code
   */
  int tell(Throwable failure) {
    err.println(sentence(failure).replaceAll("\\s*\\R\\s*", " "));
    if (verbose) failure.printStackTrace(err);
    return ExitCode.SOFTWARE;
  }

  private static String sentence(Throwable failure) {
    if (failure instanceof InputException) return failure.getMessage();
    if (failure instanceof UncheckedIOException) return sentence(failure.getCause());
    if (failure instanceof FileSystemException) return sentence((FileSystemException) failure);
    if (failure instanceof OutOfMemoryError) {
      return "The memory is not enough ("
          + failure.getMessage()
          + "); give Java more with -Xmx, or take fewer images or a smaller size or batch.";
    }
    String why = failure.getMessage() == null ? "" : ": " + failure.getMessage();
    return failure.getClass().getSimpleName() + why;
  }

  /** Their own messages are often a bare path. */
  private static String sentence(FileSystemException failure) {
    String file = failure.getFile();
    if (failure instanceof NoSuchFileException) return "There is no " + file + ".";
    if (failure instanceof AccessDeniedException) {
      return "No permission to read or write " + file + ".";
    }
    if (failure instanceof FileAlreadyExistsException) {
      return file + " is in the way; move it or choose another output.";
    }
    return failure.getMessage() + ".";
  }
}
