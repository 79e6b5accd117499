package org.lookalike.lab;

import ij.ImagePlus;
import ij.ImageStack;
import java.util.ArrayList;
import java.util.List;

/** The pictures of a run, drawn when they are wanted. Not for several threads. */
public final class LabFilm {
  private final List<LabSnapshot> frames = new ArrayList<>();

  void add(LabSnapshot snapshot) {
    frames.add(snapshot);
  }

  /** A copy that can be drawn on another thread while this one grows. */
  public LabFilm copy() {
    LabFilm copy = new LabFilm();
    copy.frames.addAll(frames);
    return copy;
  }

  /** The number of pictures. */
  public int size() {
    return frames.size();
  }

  /** An RGB stack of {@link LabPicture}s, each labelled with its step. */
  public ImagePlus draw(String title) {
    ImageStack stack = new ImageStack(LabPicture.WIDTH, LabPicture.HEIGHT);
    for (LabSnapshot frame : frames) stack.addSlice("step " + frame.step(), LabPicture.draw(frame));
    return new ImagePlus(title, stack);
  }
}
