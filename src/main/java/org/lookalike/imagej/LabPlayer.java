package org.lookalike.imagej;

import ij.ImagePlus;
import ij.process.ColorProcessor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.lookalike.image.InputException;
import org.lookalike.lab.LabCurves;
import org.lookalike.lab.LabSession;
import org.lookalike.lab.LabSnapshot;
import org.lookalike.train.TrainSettings;

/**
 * Plays a session on a thread of its own, which alone touches the networks: whatever is asked of it
 * waits in a queue until the step being played is over, and whoever asks never waits.
 */
final class LabPlayer {
  /** Its thread's name. */
  static final String THREAD = "Lookalike lab";

  static final int CURVES_WIDTH = 540;
  static final int CURVES_HEIGHT = 220;

  private static final long SHORTEST_NANOS = 100_000_000L;

  /** Watching is to take at most a quarter of the time. */
  private static final int PAUSE_FACTOR = 3;

  /** Whom the player tells, on its own thread. */
  interface Listener {
    void viewed(LabView view);

    /** Something happened that is worth a sentence. */
    void noted(String sentence);

    /** Something that was asked for could not be done; the run goes on as before. */
    void refused(String sentence);
  }

  private final LabSession session;
  private final Path output;
  private final Listener listener;
  private final BlockingQueue<Runnable> orders = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::play, THREAD);

  /** All below belongs to the thread. */
  private boolean playing;

  private boolean closed;
  private boolean saved = true;
  private long nextView;
  private LabCurves drawn;
  private int drawnSize;
  private ColorProcessor curves;

  /**
   * A player that waits.
   *
   * @param output where files are written at the run's end and on closing; {@code null} for nowhere
   */
  LabPlayer(LabSession session, Path output, Listener listener) {
    this.session = session;
    this.output = output;
    this.listener = listener;
    thread.setDaemon(true);
    // ND4J looks there for its backend.
    thread.setContextClassLoader(LabPlayer.class.getClassLoader());
  }

  /** Begins to play. */
  void start() {
    order(() -> playing = true);
    thread.start();
  }

  void setPlaying(boolean on) {
    order(() -> playing = on);
  }

  /** Pauses and plays a single step. */
  void step() {
    order(
        () -> {
          playing = false;
          if (!session.isOver()) advance();
        });
  }

  /** Begins anew with the same settings. */
  void restart() {
    order(
        () -> {
          session.restart();
          playing = true;
          listener.noted("The run started anew.");
        });
  }

  /**
   * Goes on under other settings; begins anew if the networks change.
   *
   * @param changes only what is to be different, as {@code key=value key=value}
   */
  void change(String changes) {
    order(
        () -> {
          try {
            boolean anew = session.change(session.settings().with(TrainSettings.parse(changes)));
            if (anew) listener.noted("Other networks need a new start: " + changes);
            else if (session.isOver()) listener.noted("Restart plays with " + changes + ".");
            else listener.noted(fromNowOn(changes));
          } catch (InputException e) {
            listener.refused(e.getMessage());
          }
        });
  }

  private String fromNowOn(String changes) {
    return String.format(Locale.ROOT, "From step %,d on: %s", session.steps(), changes);
  }

  /**
   * Draws the pictures so far.
   *
   * @param receiver called on the player's thread
   */
  void film(Consumer<ImagePlus> receiver) {
    order(() -> receiver.accept(session.film().draw("Mode collapse lab")));
  }

  /** Ends the run; its files are written before the thread ends. */
  void close() {
    order(() -> closed = true);
  }

  private void order(Runnable order) {
    orders.add(order);
  }

  private void play() {
    try {
      tell();
      while (!closed) {
        boolean idle = !playing || session.isOver();
        Runnable order = idle ? orders.take() : orders.poll();
        if (order == null) {
          advance();
        } else {
          order.run();
          tell();
        }
      }
      save();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      listener.refused("The lab stopped: " + e + ".");
      throw e;
    } finally {
      session.close();
    }
  }

  private void advance() {
    saved = false;
    session.advance();
    if (session.isOver()) save();
    if (session.isOver() || System.nanoTime() >= nextView) tell();
  }

  private void tell() {
    long start = System.nanoTime();
    LabSnapshot snapshot = session.snapshot();
    LabCurves now = session.curves();
    if (now != drawn || now.size() != drawnSize) {
      curves = now.draw(CURVES_WIDTH, CURVES_HEIGHT);
      drawn = now;
      drawnSize = now.size();
    }
    listener.viewed(
        new LabView(snapshot, curves, session.advice(snapshot), state(), session.settings()));
    long cost = System.nanoTime() - start;
    nextView = start + Math.max(SHORTEST_NANOS, (PAUSE_FACTOR + 1) * cost);
  }

  private LabView.State state() {
    if (session.isOver()) return LabView.State.OVER;
    return playing ? LabView.State.PLAYING : LabView.State.PAUSED;
  }

  private void save() {
    if (output == null || saved) return;
    try {
      session.save(output);
      saved = true;
      listener.noted("Saved film.tif, curves.png and last.png to " + output + ".");
    } catch (IOException e) {
      listener.refused("The files could not be written: " + e.getMessage());
    }
  }
}
