package org.lookalike.imagej;

import ij.gui.Plot;
import ij.macro.Interpreter;
import java.awt.GraphicsEnvironment;
import java.awt.Window;
import org.lookalike.gan.Quality;
import org.lookalike.image.ImageBuilder;
import org.lookalike.train.HistoryRow;
import org.lookalike.train.Progress;
import org.lookalike.train.SampleGrid;
import org.lookalike.train.TrainingControl;
import org.lookalike.train.TrainingListener;
import org.lookalike.train.TrainingResult;
import org.lookalike.train.TrainingRun;
import org.lookalike.train.Verdict;

/**
 * Shows a training live: a window with real images beside samples, progress and two buttons, a plot
 * of losses and discriminator outputs, and one of quality.
 *
 * <p>All windows live on the event dispatch thread; what the training thread tells is handed over
 * and the newest shown.
 */
public final class TrainingWindows implements TrainingListener {
  private final TrainingControl control;
  private final CurveData curveData = new CurveData();
  private final LivePlot curvesPlot = new LivePlot();
  private final LivePlot qualityPlot = new LivePlot();
  private final EdtInbox<SampleGrid> grids = new EdtInbox<>(this::showGrid);
  private final EdtInbox<Progress> progresses = new EdtInbox<>(this::showProgress);
  private final EdtInbox<CurveData> curves = new EdtInbox<>(this::showCurves);
  private final EdtInbox<Verdict> verdicts = new EdtInbox<>(this::showVerdict);
  private final EdtInbox<TrainingResult> results = new EdtInbox<>(this::showEnd);
  private final EdtInbox<Throwable> failures = new EdtInbox<>(this::showFailure);

  private volatile ImageBuilder images;
  private volatile String title = "Training GAN";
  private volatile Quality floors;

  /** On the event dispatch thread only; {@code null} until the first samples. */
  private SamplesWindow samplesWindow;

  /** Whether the plots have their places beside the samples; later the user decides. */
  private boolean curvesPlaced;

  private boolean qualityPlaced;

  /**
   * Windows of a training; they open with its first results.
   *
   * @param control told when the user presses a button
   */
  public TrainingWindows(TrainingControl control) {
    this.control = control;
  }

  /** Whether windows can be shown: there is a display and no macro in batch mode. */
  public static boolean arePossible() {
    return !GraphicsEnvironment.isHeadless() && !Interpreter.isBatchMode();
  }

  @Override
  public void started(TrainingRun run) {
    images = run.images();
    title = "Training GAN: " + run.folder().getFileName();
    run.history().forEach(curveData::add);
  }

  @Override
  public void progressed(Progress progress) {
    progresses.offer(progress);
  }

  @Override
  public void measured(HistoryRow row) {
    curveData.add(row);
    curves.offer(curveData);
  }

  @Override
  public void judged(Quality quality, long atImages) {
    floors = quality;
  }

  @Override
  public void diagnosed(Verdict verdict) {
    verdicts.offer(verdict);
  }

  @Override
  public void sampled(SampleGrid grid) {
    grids.offer(grid);
  }

  @Override
  public void ended(TrainingResult result) {
    results.offer(result);
  }

  @Override
  public void failed(Throwable cause) {
    failures.offer(cause);
  }

  private void showGrid(SampleGrid grid) {
    GridPicture picture = new GridPicture(images, grid);
    if (samplesWindow == null) samplesWindow = new SamplesWindow(title, picture, control);
    else samplesWindow.show(picture);
    arrange();
  }

  private void showCurves(CurveData data) {
    Plot losses = TrainingPlots.curves(data);
    if (losses != null) curvesPlot.show(losses);
    Plot quality = TrainingPlots.quality(data, floors);
    if (quality != null) qualityPlot.show(quality);
    arrange();
  }

  private void arrange() {
    Window losses = curvesPlot.window();
    if (samplesWindow == null || losses == null) return;
    if (!curvesPlaced) WindowPlacement.arrange(samplesWindow, losses);
    curvesPlaced = true;
    Window quality = qualityPlot.window();
    if (quality == null) return;
    if (!qualityPlaced) WindowPlacement.below(losses, quality);
    qualityPlaced = true;
  }

  private void showProgress(Progress progress) {
    if (samplesWindow != null) samplesWindow.show(progress);
  }

  private void showVerdict(Verdict verdict) {
    if (samplesWindow != null) samplesWindow.show(verdict);
  }

  private void showEnd(TrainingResult result) {
    if (samplesWindow != null) samplesWindow.end(result);
  }

  private void showFailure(Throwable cause) {
    if (samplesWindow != null) samplesWindow.fail(cause);
  }
}
