package org.lookalike.cli;

import java.io.IOException;
import java.io.PrintStream;
import org.lookalike.metrics.LiveQuality;
import org.lookalike.train.Training;
import org.lookalike.train.TrainingResult;
import picocli.CommandLine.ExitCode;

/** Runs a training in a shell: shows its progress and messages, lets Ctrl-C end it cleanly. */
final class TrainingSession {
  private final PrintStream out;
  private final PrintStream err;

  TrainingSession(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /**
   * Returns when the training is over.
   *
   * @return the exit code: 0 only if the training came to its end
   */
  int run(Training training) throws IOException {
    training.judgeBy(new LiveQuality());
    training.addListener(new ConsoleProgress(err, Terminal.isInteractive()));
    try (InterruptGuard guard = new InterruptGuard(training.control())) {
      TrainingResult result = training.run();
      if (result.model() != null) out.println(result.model());
      err.flush();
      out.flush();
      return result.outcome() == TrainingResult.Outcome.FINISHED ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }
}
