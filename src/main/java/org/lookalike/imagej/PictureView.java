package org.lookalike.imagej;

import ij.process.ColorProcessor;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Image;
import javax.swing.JComponent;

/** Shows the newest of a row of pictures of the same size. */
final class PictureView extends JComponent {
  private static final long serialVersionUID = 1L;

  private transient Image picture;

  PictureView(int width, int height) {
    Dimension size = new Dimension(width, height);
    setPreferredSize(size);
    setMinimumSize(size);
    setMaximumSize(size);
  }

  void show(ColorProcessor newest) {
    picture = newest.getBufferedImage();
    repaint();
  }

  @Override
  protected void paintComponent(Graphics g) {
    if (picture != null) g.drawImage(picture, 0, 0, null);
  }
}
