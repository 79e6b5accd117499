package org.lookalike.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.lookalike.image.ImageFiles;
import org.lookalike.train.HistoryRow;
import org.lookalike.train.TrainSettings;

/**
 * A run that is watched: it measures itself and keeps curves and a film, and its settings can be
 * changed. Watching does not change what it learns. Not for several threads.
 *
 * <pre>{@code
 * LabSession session = new LabSession(Mixture.RING, method, 10_000);
 * while (session.advance()) {}
 * session.save(Path.of("lab"));
 * session.close();
 * }</pre>
 */
public final class LabSession {
  /** At most; every second one becomes a picture of the film. */
  private static final int MEASUREMENTS = 100;

  private static final int CURVES_WIDTH = 600;
  private static final int CURVES_HEIGHT = 300;

  private final Mixture mixture;
  private final LabMethod method;
  private final int steps;
  private final int every;
  private LabRun run;
  private LabCurves curves;
  private LabFilm film;
  private HistoryRow row;
  private boolean broken;

  /**
   * Begins at step 0. The seed is that of the settings.
   *
   * @param steps of the generator, at least 1
   * @throws org.lookalike.image.InputException if settings exclude each other or mean nothing here
   */
  public LabSession(Mixture mixture, LabMethod method, int steps) {
    this.mixture = mixture;
    this.steps = steps;
    this.method = method;
    every = roundUp((double) steps / MEASUREMENTS);
    begin(method.settings());
  }

  /** 1, 2 or 5 times a power of ten. */
  private static int roundUp(double least) {
    for (int power = 1; ; power *= 10) {
      for (int digit : new int[] {1, 2, 5}) if (digit * power >= least) return digit * power;
    }
  }

  private void begin(TrainSettings settings) {
    LabSettings.check(settings);
    LabMethod changed = method.with(method.name(), settings);
    LabRun next = LabRun.begin(mixture, changed, steps, settings.get(TrainSettings.SEED));
    if (run != null) run.close();
    run = next;
    curves = new LabCurves(mixture, steps);
    film = new LabFilm();
    row = null;
    broken = false;
    LabSnapshot first = snapshot();
    film.add(first);
    curves.add(first);
  }

  /**
   * Plays one step.
   *
   * @return whether there are more to play
   */
  public boolean advance() {
    broken = !run.step();
    if (run.steps() % every == 0 || isOver()) measure();
    return !isOver();
  }

  private void measure() {
    HistoryRow latest = run.takeRow();
    if (latest != null) row = latest;
    LabSnapshot now = snapshot();
    curves.add(now);
    if (run.steps() % (2 * every) == 0 || isOver()) film.add(now);
  }

  /** Whether the planned steps were played, or the game broke down. */
  public boolean isOver() {
    return broken || run.isOver();
  }

  /** Whether losses or gradients are no longer finite. */
  public boolean isBroken() {
    return broken;
  }

  /** What came of it so far. */
  LabResult.Run result() {
    return new LabResult.Run(run, !broken);
  }

  /** The run as it is now. */
  public LabSnapshot snapshot() {
    return LabSnapshot.of(run, row);
  }

  /** What {@link #snapshot} shows, in a sentence. */
  public String advice(LabSnapshot snapshot) {
    return broken ? LabAdvice.BROKEN : LabAdvice.of(snapshot, run.settings());
  }

  /**
   * Goes on under other settings, or begins anew where the networks cannot.
   *
   * @return whether it begins anew
   * @throws org.lookalike.image.InputException if settings exclude each other or mean nothing here;
   *     all stays as it was
   */
  public boolean change(TrainSettings settings) {
    LabSettings.check(settings);
    boolean anew = LabSettings.needNewNetworks(run.settings(), settings);
    if (anew) begin(settings);
    else run.change(settings);
    broken = false;
    return anew;
  }

  /** Begins anew with the settings of now. */
  public void restart() {
    begin(run.settings());
  }

  /** The settings as they were given, with auto where it was. */
  public TrainSettings settings() {
    return run.settings();
  }

  public Mixture mixture() {
    return mixture;
  }

  /** Steps of the generator that were planned. */
  public int planned() {
    return steps;
  }

  /** Steps of the generator so far. */
  public int steps() {
    return run.steps();
  }

  /** Grows while steps are played. */
  public LabCurves curves() {
    return curves;
  }

  /** Grows while steps are played; at most 52 pictures. */
  public LabFilm film() {
    return film;
  }

  /**
   * Writes {@code film.tif}, {@code curves.png} and {@code last.png}, each whole or not at all.
   *
   * @param folder is made if there is none
   */
  public void save(Path folder) throws IOException {
    Files.createDirectories(folder);
    ImageFiles.saveTiff(film.draw("film"), folder.resolve("film.tif"));
    ImageFiles.savePng(curves.draw(CURVES_WIDTH, CURVES_HEIGHT), folder.resolve("curves.png"));
    ImageFiles.savePng(LabPicture.draw(snapshot()), folder.resolve("last.png"));
  }

  /** Ends the run and gives memory back. */
  public void close() {
    run.close();
  }
}
