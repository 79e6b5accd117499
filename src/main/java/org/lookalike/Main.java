package org.lookalike;

import ij.ImagePlus;
import java.awt.AWTError;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.Window;
import java.util.Arrays;
import org.lookalike.cli.Cli;
import org.lookalike.cli.Demo;
import org.lookalike.cli.DemoView;
import org.lookalike.cli.Terminal;
import org.lookalike.imagej.TrainingWindows;
import org.lookalike.train.TrainingControl;
import org.lookalike.train.TrainingListener;

/** Where the program starts from a shell: a command and its options, or nothing for the demo. */
public final class Main {
  private static final String HEADLESS = "java.awt.headless";
  private static final int FAILED = 1;
  private static final long POLL_MILLIS = 200;

  private Main() {}

  /**
   * Runs a command, or the demo, and ends the process with its exit code.
   *
   * @param args a subcommand and its options; none for the demo
   */
  public static void main(String[] args) throws InterruptedException {
    System.exit(args.length == 0 ? demo() : command(args));
  }

  private static int command(String... args) {
    System.setProperty(HEADLESS, "true");
    return new Cli(System.out, System.err).run(args);
  }

  private static int demo() throws InterruptedException {
    boolean display = !GraphicsEnvironment.isHeadless();
    if (display && !isDisplayUsable()) return FAILED;
    if (!display) System.setProperty(HEADLESS, "true");
    int code = new Demo(display ? new Windows() : DemoView.NONE, System.out, System.err).run();
    if (display && Terminal.isInteractive()) waitUntilWindowsAreClosed();
    return code;
  }

  /**
   * The variable DISPLAY may name a display that is not there. Java asks only once, and after that
   * can no longer do without one, so all that is left is to say so.
   */
  private static boolean isDisplayUsable() {
    try {
      GraphicsEnvironment.getLocalGraphicsEnvironment().getDefaultScreenDevice();
      return true;
    } catch (AWTError | HeadlessException | LinkageError e) {
      System.err.println(
          "The display cannot be used (" + e.getMessage() + "); unset DISPLAY to go without.");
      return false;
    }
  }

  private static void waitUntilWindowsAreClosed() throws InterruptedException {
    System.out.println("Close the windows, or press Ctrl-C, to end.");
    while (Arrays.stream(Window.getWindows()).anyMatch(Window::isShowing)) {
      Thread.sleep(POLL_MILLIS);
    }
  }

  /** Shows the demo in ImageJ's windows. */
  private static final class Windows implements DemoView {
    @Override
    public TrainingListener watch(TrainingControl control) {
      return new TrainingWindows(control);
    }

    @Override
    public void show(ImagePlus image) {
      image.show();
    }
  }
}
