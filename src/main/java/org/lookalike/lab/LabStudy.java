package org.lookalike.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.lookalike.train.TrainSettings;

/** The same method on the same layout from several seeds. */
public final class LabStudy {
  private final Mixture mixture;
  private final LabMethod method;
  private final int steps;

  /**
   * @param steps of the generator, a run
   */
  public LabStudy(Mixture mixture, LabMethod method, int steps) {
    this.mixture = mixture;
    this.method = method;
    this.steps = steps;
  }

  /**
   * Plays runs of the seeds 1 to {@code seeds}. Blocks.
   *
   * @param ended told after each run, which can still be asked
   * @throws org.lookalike.image.InputException if settings exclude each other, before anything runs
   */
  public LabResult run(int seeds, Consumer<LabSession> ended) {
    List<LabResult.Run> runs = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) runs.add(play(seed, ended));
    return of(runs);
  }

  /** What runs of this study gave together. */
  public LabResult of(List<LabResult.Run> runs) {
    return new LabResult(mixture, method, steps, runs);
  }

  /** One run; a game that is no longer finite ends there. */
  public LabResult.Run play(long seed, Consumer<LabSession> ended) {
    TrainSettings seeded = TrainSettings.defaults().with(TrainSettings.SEED, seed);
    LabSession session = new LabSession(mixture, method.with(method.name(), seeded), steps);
    long start = System.nanoTime();
    boolean more = true;
    while (more) more = session.advance();
    LabResult.Run end = new LabResult.Run(session, seed, (System.nanoTime() - start) / 1e9);
    ended.accept(session);
    session.close();
    return end;
  }
}
