package org.lookalike.cli;

import java.util.concurrent.CountDownLatch;
import org.lookalike.train.TrainingControl;

/**
 * Makes Ctrl-C, or any other end of the process, cancel a training cleanly: while the guard is
 * open, the process waits for the training to write its files.
 */
final class InterruptGuard implements AutoCloseable {
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook;

  InterruptGuard(TrainingControl control) {
    hook = new Thread(() -> cancelAndWait(control), "Cancel training on interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void cancelAndWait(TrainingControl control) {
    control.cancel();
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** To be called when the training is over and its result told. */
  @Override
  public void close() {
    over.countDown();
    // While the process is ending, hooks can no longer be removed; this one is then running
    // already.
    if (!hook.isAlive()) removeUnlessEnding();
  }

  private void removeUnlessEnding() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The process began to end since the question above; with the latch open the hook won't wait.
      over.countDown();
    }
  }
}
