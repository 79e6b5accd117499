package org.lookalike.imagej;

import ij.ImagePlus;
import ij.gui.ImageCanvas;
import ij.gui.ImageWindow;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.Panel;
import java.awt.Rectangle;
import java.awt.event.WindowEvent;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.SwingUtilities;
import org.lookalike.train.Progress;
import org.lookalike.train.TrainingControl;
import org.lookalike.train.TrainingResult;
import org.lookalike.train.Verdict;

/**
 * An image window with the live grid and, beneath it, progress and buttons.
 *
 * <p>While the training runs, closing it asks whether to finish; it only closes after the end.
 */
final class SamplesWindow extends ImageWindow {
  private static final long serialVersionUID = 1L;
  private static final double[] ZOOMS = {0.25, 1 / 3.0, 0.5, 0.75, 1, 1.5, 2, 3, 4};
  private static final double SHARE_OF_SCREEN = 0.7;

  private final TrainingPanel panel;
  private volatile boolean running = true;
  private boolean asking;

  /** Opens on the event dispatch thread. */
  SamplesWindow(String title, GridPicture picture, TrainingControl control) {
    super(image(title, picture));
    zoom();
    this.panel = new TrainingPanel(control, getCanvas().getWidth());
    add(heavyweight(panel));
    pack();
  }

  /** ImageWindow paints no Swing components, but AWT's Panel paints those inside it. */
  private static Panel heavyweight(JPanel swing) {
    Panel panel = new Panel(new BorderLayout());
    panel.add(swing);
    return panel;
  }

  private static ImagePlus image(String title, GridPicture picture) {
    ImagePlus image = new ImagePlus(title, picture.pixels());
    image.setOverlay(picture.headings());
    image.setProperty(InputImages.LIVE, true);
    return image;
  }

  /** As large as comfortably fits the screen. */
  private void zoom() {
    Rectangle screen = getGraphicsConfiguration().getBounds();
    double fit =
        SHARE_OF_SCREEN
            * Math.min(screen.getWidth() / imp.getWidth(), screen.getHeight() / imp.getHeight());
    double zoom = ZOOMS[0];
    for (double candidate : ZOOMS) if (candidate <= fit) zoom = candidate;
    ImageCanvas canvas = getCanvas();
    canvas.setMagnification(zoom);
    canvas.setSize(new Dimension((int) (imp.getWidth() * zoom), (int) (imp.getHeight() * zoom)));
  }

  void show(GridPicture picture) {
    if (isClosed()) return;
    imp.setProcessor(picture.pixels());
    imp.setOverlay(picture.headings());
    imp.changes = false;
  }

  void show(Progress progress) {
    panel.show(progress);
  }

  void show(Verdict verdict) {
    panel.show(verdict);
  }

  /** The training is over; from now on this is a window like others. */
  void end(TrainingResult result) {
    running = false;
    panel.end(result);
  }

  /** The training broke off. */
  void fail(Throwable cause) {
    running = false;
    panel.fail(cause);
  }

  @Override
  public void windowClosing(WindowEvent e) {
    close();
  }

  @Override
  public boolean close() {
    if (running) {
      SwingUtilities.invokeLater(this::askToFinish);
      return false;
    }
    return super.close();
  }

  private void askToFinish() {
    if (asking || !running) return;
    asking = true;
    int answer =
        JOptionPane.showConfirmDialog(
            this,
            "The training is still running. Finish it now and keep what it has learnt?",
            "Train GAN",
            JOptionPane.YES_NO_OPTION);
    asking = false;
    if (answer == JOptionPane.YES_OPTION) panel.finish();
  }
}
