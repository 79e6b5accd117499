package org.lookalike.imagej;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.EventQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EdtInboxTest {
  @Test
  void handsOverTheLatestAndNeverWaits() throws Exception {
    List<Integer> received = new ArrayList<>();
    CountDownLatch busy = new CountDownLatch(1);
    EdtInbox<Integer> inbox =
        new EdtInbox<>(
            value -> {
              assertThat(EventQueue.isDispatchThread()).isTrue();
              received.add(value);
            });
    EventQueue.invokeLater(() -> await(busy));
    for (int i = 1; i <= 1000; i++) inbox.offer(i);
    busy.countDown();
    EventQueue.invokeAndWait(() -> {});
    inbox.offer(1001);
    EventQueue.invokeAndWait(() -> {});
    assertThat(received).containsExactly(1000, 1001);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
