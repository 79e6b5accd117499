package org.lookalike.imagej;

import ij.IJ;
import ij.Macro;
import java.awt.GraphicsEnvironment;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
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

  private boolean fromMacro;
  private boolean mistaken;

  /**
   * The command's work.
   *
   * @throws InputException for what the user gave and can change; its message is shown as it is
   * @throws IOException if a file cannot be read or written
   */
  protected abstract void execute() throws IOException;

  /**
   * Takes a macro's keys. A macro never opens a dialog: what it leaves out has its default. In Fiji
   * inputs have been given values by then, by a look-up that takes {@code ema_images=5000} for
   * {@code images=5000} too, so all are given anew.
   */
  @Override
  public void initialize() throws MethodCallException {
    super.initialize();
    String options = IJ.isMacro() ? Macro.getOptions() : null;
    if (options == null) return;
    fromMacro = true;
    try {
      Map<String, Object> given = MacroOptions.parse(options).convert(getInfo(), converter);
      LookalikeCommand fresh = fresh();
      for (ModuleItem<?> input : getInfo().inputs()) {
        if (!InputTypes.isTyped(input)) continue;
        String key = input.getName();
        setInput(key, given.containsKey(key) ? given.get(key) : fresh.initial(input));
      }
    } catch (InputException e) {
      fail(e);
    }
    for (ModuleItem<?> input : getInfo().inputs()) resolveInput(input.getName());
  }

  /** A command whose inputs nobody has touched. */
  private LookalikeCommand fresh() {
    try {
      LookalikeCommand fresh = getClass().getDeclaredConstructor().newInstance();
      fresh.setContext(getContext());
      return fresh;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Commands have a constructor without parameters.", e);
    }
  }

  private Object initial(ModuleItem<?> input) {
    Object value = getInput(input.getName());
    return value == null ? input.getDefaultValue() : value;
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
      mistaken = true;
      fail(e);
    } catch (IOException | UncheckedIOException e) {
      Throwable cause = e instanceof UncheckedIOException ? e.getCause() : e;
      String why = "A file could not be read or written: " + cause.getMessage() + ".";
      fail(new InputException(why, e));
    } catch (RuntimeException | Error e) {
      if (endsMacro()) Macro.abort();
      throw e;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /**
   * Stops the macro as well that called the command; in plain ImageJ its adapter does so, after it
   * has told why.
   */
  @Override
  public void cancel(String reason) {
    super.cancel(reason);
    if (endsMacro()) Macro.abort();
  }

  private boolean endsMacro() {
    return fromMacro && !ImageJ1Adapter.isRunning();
  }

  /** Whether it stopped because of what was given. */
  final boolean isMistaken() {
    return mistaken;
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

  /** See {@link ImageJStatus#tell}. */
  protected final void tell(String line) {
    ImageJStatus.tell(line, log);
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
