package org.lookalike.train;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.lookalike.image.Dataset;

/** Prepares the next batch on a thread of its own while the networks work on this one. */
final class BatchFeeder implements RealImages, AutoCloseable {
  private final Dataset dataset;
  private final int batch;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread t = new Thread(task, "Lookalike data");
            t.setDaemon(true);
            return t;
          });
  private float[] spare;
  private long nextFirst;

  /** The first view of the batch taken last. */
  private long taken;

  private Future<float[]> next;

  BatchFeeder(Dataset dataset, int batch, long first) {
    this.dataset = dataset;
    this.batch = batch;
    spare = new float[length()];
    prepare(first, new float[length()]);
  }

  private int length() {
    return batch * dataset.channels() * dataset.size() * dataset.size();
  }

  private void prepare(long first, float[] into) {
    nextFirst = first;
    next =
        thread.submit(
            () -> {
              dataset.read(first, batch, into);
              return into;
            });
  }

  @Override
  public int[] classes() {
    return dataset.classes(taken, batch);
  }

  @Override
  public float[] take() throws IOException {
    float[] ready;
    try {
      ready = next.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException) throw (IOException) e.getCause();
      if (e.getCause() instanceof RuntimeException) throw (RuntimeException) e.getCause();
      if (e.getCause() instanceof Error) throw (Error) e.getCause();
      throw new IllegalStateException("Preparing images failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while preparing images", e);
    }
    taken = nextFirst;
    float[] free = spare;
    spare = ready;
    prepare(nextFirst + batch, free);
    return ready;
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
