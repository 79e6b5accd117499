package org.lookalike.imagej;

import ij.IJ;
import ij.Macro;
import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.lookalike.image.InputException;
import org.scijava.command.DynamicCommand;
import org.scijava.convert.ConvertService;
import org.scijava.log.LogService;
import org.scijava.module.MethodCallException;
import org.scijava.module.ModuleItem;
import org.scijava.plugin.Parameter;

/**
 * What all commands share: errors a user can do something about become the reason of the command's
 * cancellation, macro keys are checked, and ND4J finds its backend.
 */
public abstract class LookalikeCommand extends DynamicCommand {
  @Parameter private LogService log;
  @Parameter private ConvertService converter;

  /**
   * The command's work.
   *
   * @throws InputException for what the user gave and can change; its message is shown as it is
   * @throws IOException if a file cannot be read or written
   */
  protected abstract void execute() throws IOException;

  /** Checks a macro's keys. A macro never opens a dialog: what it leaves out has its default. */
  @Override
  public void initialize() throws MethodCallException {
    super.initialize();
    String options = IJ.isMacro() ? Macro.getOptions() : null;
    if (options == null) return;
    try {
      MacroOptions.parse(options).convert(getInfo(), converter);
    } catch (InputException e) {
      fail(e);
    }
    for (ModuleItem<?> input : getInfo().inputs()) resolveInput(input.getName());
  }

  /** Runs {@link #execute()} with this class's loader as context loader (ND4J looks there). */
  @Override
  public final void run() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(LookalikeCommand.class.getClassLoader());
    try {
      execute();
    } catch (InputException e) {
      fail(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Without a display nobody would see the reason of a cancellation, so it is logged as well. */
  private void fail(InputException e) {
    if (GraphicsEnvironment.isHeadless()) log.error(e.getMessage());
    log.debug(e);
    cancel(e.getMessage());
  }

  protected final LogService log() {
    return log;
  }

  /**
   * A file or folder that must be given.
   *
   * @throws InputException if it was not
   */
  protected static Path required(File file, String key, String meaning) {
    if (isBlank(file)) {
      throw new InputException(String.format("Give %s (%s=…).", meaning, key));
    }
    return file.toPath();
  }

  /** Whether nothing was given; empty text fields arrive as a file without a name. */
  protected static boolean isBlank(File file) {
    return file == null || file.getPath().trim().isEmpty();
  }
}
