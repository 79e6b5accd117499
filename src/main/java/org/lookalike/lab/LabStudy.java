package org.lookalike.lab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.lookalike.train.TrainSettings;

/** The same method on the same layout from several seeds. */
public final class LabStudy {
  /** Steps between two saves of a run that is kept. */
  static final int KEPT_EVERY = 5000;

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
   * Plays runs of as many seeds. Blocks.
   *
   * @param first seed
   * @param ended told after each run, which can still be asked
   * @throws org.lookalike.image.InputException if settings exclude each other, before anything runs
   */
  public LabResult run(long first, int seeds, Consumer<LabSession> ended) {
    List<LabResult.Run> runs = new ArrayList<>();
    for (int i = 0; i < seeds; i++) runs.add(play(first + i, ended));
    return of(runs);
  }

  /** What runs of this study gave together. */
  public LabResult of(List<LabResult.Run> runs) {
    return new LabResult(mixture, method, steps, runs);
  }

  /** One run; a game that is no longer finite ends there. */
  public LabResult.Run play(long seed, Consumer<LabSession> ended) {
    LabSession session = new LabSession(mixture, seeded(seed), steps);
    boolean more = true;
    while (more) more = session.advance();
    LabResult.Run end = session.result();
    ended.accept(session);
    session.close();
    return end;
  }

  /**
   * The same run unwatched, for hours: every few thousand steps it is written to a file, and where
   * that file is there already, it goes on from it.
   *
   * @param kept is deleted at the end
   * @throws org.lookalike.image.InputException if the file is damaged or another run's
   */
  public LabResult.Run play(long seed, Path kept) throws IOException {
    LabRun run = LabRun.begin(mixture, seeded(seed), steps, seed);
    if (Files.exists(kept)) run.restore(kept);
    boolean finite = true;
    while (finite && !run.isOver()) {
      finite = run.step();
      if (run.steps() % KEPT_EVERY == 0) run.save(kept);
    }
    LabResult.Run end = new LabResult.Run(run, finite);
    run.close();
    Files.deleteIfExists(kept);
    return end;
  }

  private LabMethod seeded(long seed) {
    return method.with(method.name(), TrainSettings.defaults().with(TrainSettings.SEED, seed));
  }
}
