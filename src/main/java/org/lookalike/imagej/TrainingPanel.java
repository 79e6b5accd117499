package org.lookalike.imagej;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.FlowLayout;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import org.lookalike.train.Progress;
import org.lookalike.train.TrainingControl;
import org.lookalike.train.TrainingResult;
import org.lookalike.train.Verdict;

/** Progress of a training and the two ways to stop it. */
final class TrainingPanel extends JPanel {
  private static final long serialVersionUID = 1L;
  private static final int STEPS = 1000;
  private static final int MIN_WIDTH = 440;
  private static final Color TROUBLE = new Color(0xb0, 0x20, 0x10);

  private final transient TrainingControl control;
  private final JProgressBar bar = new JProgressBar(0, STEPS);
  private final JLabel text = new JLabel("Starting");
  private final JLabel health = new JLabel(" ");
  private final JButton finish = new JButton("Finish");
  private final JButton cancel = new JButton("Cancel");
  private boolean stopping;
  private boolean finishing;

  /**
   * A panel of fixed width: what it says must not change the window's size.
   *
   * @param width in pixels
   */
  TrainingPanel(TrainingControl control, int width) {
    super(new BorderLayout(8, 4));
    this.control = control;
    setBorder(BorderFactory.createEmptyBorder(6, 8, 6, 8));
    finish.setToolTipText("Let the learning rates fall for a short while, then stop");
    cancel.setToolTipText("Stop now and stay with the last checkpoint");
    finish.addActionListener(e -> finish());
    cancel.addActionListener(e -> cancel());
    JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT, 6, 0));
    buttons.add(finish);
    buttons.add(cancel);
    add(bar, BorderLayout.NORTH);
    add(text, BorderLayout.CENTER);
    add(buttons, BorderLayout.EAST);
    add(health, BorderLayout.SOUTH);
    setPreferredSize(new Dimension(Math.max(width, MIN_WIDTH), getPreferredSize().height));
  }

  /** Asks the training to end well and keep everything; asked again, to end at once. */
  void finish() {
    if (finishing) {
      control.finishNow();
      stopping("Finishing\u2026");
      return;
    }
    finishing = true;
    control.finish();
    finish.setText("Stop Now");
    finish.setToolTipText("Stop now and keep the model as it is");
  }

  private void cancel() {
    control.cancel();
    stopping("Cancelling\u2026");
  }

  private void stopping(String words) {
    stopping = true;
    finish.setEnabled(false);
    cancel.setEnabled(false);
    text.setText(words);
  }

  void show(Progress progress) {
    bar.setValue((int) Math.round(STEPS * progress.fraction()));
    if (!stopping) text.setText((finishing ? "Finishing: " : "") + ProgressText.of(progress));
  }

  /** Shows what the curves say; what is too long for the window is in the tooltip. */
  void show(Verdict verdict) {
    health.setText(verdict.toString());
    health.setToolTipText(verdict.toString());
    health.setForeground(verdict.isTrouble() ? TROUBLE : text.getForeground());
  }

  /** Shows how the training ended. */
  void end(TrainingResult result) {
    stopping(result.message());
    text.setToolTipText(result.message());
    if (result.outcome() == TrainingResult.Outcome.FINISHED) bar.setValue(STEPS);
  }

  /** Shows that the training broke off, and why. */
  void fail(Throwable cause) {
    String why = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    stopping("The training failed: " + why);
    text.setToolTipText(text.getText());
  }
}
