package org.lookalike.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

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
   * @param progress told after each step
   * @param ended told after each run, whose networks can still be asked
   * @throws org.lookalike.image.InputException if settings exclude each other, before anything runs
   */
  public LabResult run(int seeds, Consumer<LabRun> progress, Consumer<LabRun> ended) {
    List<LabResult.Run> runs = new ArrayList<>();
    for (long seed = 1; seed <= seeds; seed++) runs.add(play(seed, progress, ended));
    return of(runs);
  }

  /** What runs of this study gave together. */
  public LabResult of(List<LabResult.Run> runs) {
    return new LabResult(mixture, method, steps, runs);
  }

  /** One run; a game that is no longer finite ends there. */
  public LabResult.Run play(long seed, Consumer<LabRun> progress, Consumer<LabRun> ended) {
    LabRun run = LabRun.begin(mixture, method, steps, seed);
    boolean finite = true;
    while (finite && !run.isOver()) {
      finite = run.step();
      progress.accept(run);
    }
    LabResult.Run end = new LabResult.Run(run, seed, finite);
    ended.accept(run);
    run.close();
    return end;
  }
}
