package org.lookalike.cli;

import ij.ImagePlus;
import org.lookalike.train.TrainingControl;
import org.lookalike.train.TrainingListener;

/** Where the demo shows itself, if there is a display. */
public interface DemoView {
  /** Without a display: shows nothing. */
  DemoView NONE =
      new DemoView() {
        @Override
        public TrainingListener watch(TrainingControl control) {
          return new TrainingListener() {};
        }

        @Override
        public void show(ImagePlus image) {}
      };

  /** Opens what is to be seen of a training. */
  TrainingListener watch(TrainingControl control);

  /** Shows a result. */
  void show(ImagePlus image);
}
