package org.lookalike.imagej;

import java.awt.EventQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Hands values from any thread to the event dispatch thread and drops those that a newer one
 * overtakes, so that neither thread ever waits for the other and events never pile up.
 *
 * @param <T> what is handed over
 */
final class EdtInbox<T> {
  private final AtomicReference<T> latest = new AtomicReference<>();
  private final Consumer<T> receiver;

  /**
   * An empty inbox.
   *
   * @param receiver called on the event dispatch thread
   */
  EdtInbox(Consumer<T> receiver) {
    this.receiver = receiver;
  }

  /** Returns at once. */
  void offer(T value) {
    if (latest.getAndSet(value) == null) {
      EventQueue.invokeLater(() -> receiver.accept(latest.getAndSet(null)));
    }
  }
}
