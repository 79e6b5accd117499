package org.lookalike.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.nio.file.Path;
import javax.swing.BorderFactory;
import javax.swing.Box;
import javax.swing.BoxLayout;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import org.lookalike.image.InputException;
import org.lookalike.lab.LabPicture;
import org.lookalike.lab.LabSession;

/**
 * Shows a lab live, with what starts, pauses and changes it. Closing it ends the run.
 *
 * <p>On the event dispatch thread only; the player's news are handed over and the newest shown.
 */
final class LabWindow extends JFrame implements LabPlayer.Listener {
  private static final long serialVersionUID = 1L;
  private static final int GAP = 8;
  private static final int ADVICE_HEIGHT = 40;
  private static final int NOTE_HEIGHT = 50;
  private static final Color TROUBLE = new Color(0xb0, 0x20, 0x10);
  private static final Color CALM = new Color(0x40, 0x40, 0x40);

  private final transient LabPlayer player;
  private final transient EdtInbox<LabView> views = new EdtInbox<>(this::show);
  private final transient LabControls controls;
  private final PictureView picture = new PictureView(LabPicture.WIDTH, LabPicture.HEIGHT);
  private final PictureView curves =
      new PictureView(LabPlayer.CURVES_WIDTH, LabPlayer.CURVES_HEIGHT);
  private final JLabel advice = new JLabel();
  private final JLabel note = new JLabel();
  private final JButton play = new JButton("Pause");
  private final JButton step = new JButton("Step");
  private transient LabView shown;

  /**
   * Opens the window and begins to play.
   *
   * @param output where files are written at the end; {@code null} for nowhere
   */
  LabWindow(LabSession session, Path output) {
    super("Mode Collapse Lab: " + session.mixture().label());
    player = new LabPlayer(session, output, this);
    controls = new LabControls(session.settings(), this::apply);
    advice.setName("advice");
    note.setName("note");
    setContentPane(content());
    setDefaultCloseOperation(DISPOSE_ON_CLOSE);
    addWindowListener(
        new WindowAdapter() {
          @Override
          public void windowClosed(WindowEvent e) {
            WindowManager.removeWindow(LabWindow.this);
            player.close();
          }
        });
    pack();
    setLocationByPlatform(true);
    setVisible(true);
    WindowManager.addWindow(this);
    player.start();
  }

  private JComponent content() {
    JPanel right = new JPanel();
    right.setLayout(new BoxLayout(right, BoxLayout.Y_AXIS));
    right.add(curves);
    right.add(sized(advice, ADVICE_HEIGHT));
    right.add(buttons());
    right.add(controls.component());
    right.add(Box.createVerticalGlue());
    right.add(sized(note, NOTE_HEIGHT));
    JPanel content = new JPanel(new BorderLayout(GAP, 0));
    content.setBorder(BorderFactory.createEmptyBorder(GAP, GAP, GAP, GAP));
    content.add(picture, BorderLayout.CENTER);
    content.add(right, BorderLayout.EAST);
    return content;
  }

  /** Of fixed size: what it says must not change the window's. */
  private static JComponent sized(JLabel label, int height) {
    JPanel panel = new JPanel(new BorderLayout());
    panel.add(label);
    panel.setPreferredSize(new Dimension(LabPlayer.CURVES_WIDTH, height));
    return panel;
  }

  private JComponent buttons() {
    JPanel buttons = new JPanel(new FlowLayout(FlowLayout.CENTER, GAP, 2));
    play.addActionListener(e -> player.setPlaying(shown.state != LabView.State.PLAYING));
    play.setEnabled(false);
    step.addActionListener(e -> player.step());
    step.setToolTipText("Pause and play a single step");
    JButton restart = new JButton("Restart");
    restart.addActionListener(e -> player.restart());
    restart.setToolTipText("Begin anew with the settings of now");
    JButton film = new JButton("Film");
    film.addActionListener(e -> player.film(this::show));
    film.setToolTipText("All pictures so far as a stack");
    for (JButton button : new JButton[] {play, step, restart, film}) buttons.add(button);
    return buttons;
  }

  private void apply() {
    if (shown == null) return;
    try {
      String changes = controls.changes(shown.settings);
      if (changes.isEmpty()) say("Nothing has been changed.", CALM);
      else player.change(changes);
    } catch (InputException e) {
      say(e.getMessage(), TROUBLE);
    }
  }

  @Override
  public void viewed(LabView view) {
    views.offer(view);
  }

  @Override
  public void noted(String sentence) {
    EventQueue.invokeLater(() -> say(sentence, CALM));
  }

  @Override
  public void refused(String sentence) {
    EventQueue.invokeLater(
        () -> {
          if (isDisplayable()) say(sentence, TROUBLE);
          else IJ.error("Lookalike", sentence);
        });
  }

  private void show(LabView view) {
    shown = view;
    picture.show(LabPicture.draw(view.snapshot));
    curves.show(view.curves);
    advice.setText(wrapped("<b>" + escaped(view.advice)));
    play.setText(view.state == LabView.State.PLAYING ? "Pause" : "Start");
    play.setEnabled(view.state != LabView.State.OVER);
    step.setEnabled(view.state != LabView.State.OVER);
  }

  private void show(ImagePlus film) {
    EventQueue.invokeLater(film::show);
  }

  private void say(String sentence, Color color) {
    note.setForeground(color);
    note.setText(wrapped(escaped(sentence)));
  }

  private static String wrapped(String html) {
    return "<html><body width=" + (LabPlayer.CURVES_WIDTH - 2 * GAP) + ">" + html;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
