package org.lookalike.imagej;

import ij.IJ;
import ij.ImagePlus;
import ij.Macro;
import ij.WindowManager;
import ij.measure.ResultsTable;
import ij.plugin.PlugIn;
import ij.plugin.frame.Recorder;
import ij.text.TextWindow;
import java.awt.GraphicsEnvironment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.lookalike.image.InputException;
import org.scijava.Cancelable;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandService;
import org.scijava.convert.ConvertService;
import org.scijava.log.LogService;
import org.scijava.module.Module;
import org.scijava.module.ModuleItem;
import org.scijava.module.ModuleRunner;
import org.scijava.module.ModuleService;
import org.scijava.module.process.PreprocessorPlugin;
import org.scijava.plugin.Plugin;
import org.scijava.plugin.PluginService;

/**
 * Runs a SciJava command in plain ImageJ 1.x. {@code plugins.config} names this class with the
 * command's class as argument; dialog, macro keys and recording come from the command's inputs.
 *
 * <p>Fiji runs the command itself: its imagej-legacy puts SciJava commands in the place of menu
 * entries with the same label, so this class is not called there.
 */
public final class ImageJ1Adapter implements PlugIn {
  private static final int TEXT_WIDTH = 900;
  private static final int TEXT_HEIGHT = 220;
  private static final ThreadLocal<Boolean> RUNNING = ThreadLocal.withInitial(() -> false);

  /** Holds what all commands of this ImageJ share; made with the first one. */
  private static Context context;

  /**
   * Runs a command on this thread, to its end.
   *
   * @param commandClass full name of a SciJava command
   */
  @Override
  public void run(String commandClass) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ImageJ1Adapter.class.getClassLoader());
    try {
      run(context(), commandInfo(commandClass));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static synchronized Context context() {
    if (context == null) context = new Context(CommandService.class, LogService.class);
    return context;
  }

  private static CommandInfo commandInfo(String className) {
    try {
      Class<? extends Command> type =
          ImageJ1Adapter.class.getClassLoader().loadClass(className).asSubclass(Command.class);
      return new CommandInfo(type, type.getAnnotation(Plugin.class));
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException("plugins.config names an unknown command.", e);
    }
  }

  /** Whether a command runs on this thread by way of this class. */
  static boolean isRunning() {
    return RUNNING.get();
  }

  /** After a mistake in a dialog it opens again with what was entered. */
  private static void run(Context context, CommandInfo info) {
    boolean asks = Macro.getOptions() == null && !GraphicsEnvironment.isHeadless();
    Map<String, String> typed = new LinkedHashMap<>();
    Module before = null;
    while (true) {
      Module module = context.service(ModuleService.class).createModule(info);
      if (before != null) AdvancedSettings.copy(before, module);
      String reason;
      boolean mistaken;
      try {
        Map<String, Object> inputs = inputs(context, module, typed);
        reason = inputs == null ? "" : run(context, module, inputs);
        mistaken = isMistaken(module);
      } catch (InputException unreadable) {
        reason = unreadable.getMessage();
        mistaken = true;
      }
      if (reason == null) {
        show(module, asks);
        return;
      }
      if (reason.isEmpty()) {
        Macro.abort();
        return;
      }
      fail(reason);
      if (!asks || !mistaken || !CommandDialog.isNeeded(module)) return;
      if (IJ.recording()) Recorder.setCommand(Recorder.getCommand());
      before = module;
    }
  }

  /** Whether what was entered was wrong, so that something else may do. */
  private static boolean isMistaken(Module module) {
    return !(module instanceof LookalikeCommand) || ((LookalikeCommand) module).isMistaken();
  }

  /** Why the command stopped, empty if the user wanted it so; {@code null} if it did its work. */
  private static String run(Context context, Module module, Map<String, Object> inputs) {
    for (Map.Entry<String, Object> input : inputs.entrySet()) {
      module.setInput(input.getKey(), input.getValue());
      module.resolveInput(input.getKey());
    }
    RUNNING.set(true);
    try {
      new ModuleRunner(context, module, preprocessors(context), null).run();
    } finally {
      RUNNING.set(false);
    }
    return cancelReason(module);
  }

  /** What SciJava does before a command: it hands in services and defaults and initialises it. */
  private static List<PreprocessorPlugin> preprocessors(Context context) {
    return context.service(PluginService.class).createInstancesOfType(PreprocessorPlugin.class);
  }

  /** Why a command stopped, empty for no reason given; {@code null} if it did its work. */
  private static String cancelReason(Module module) {
    if (!(module instanceof Cancelable)) return null;
    Cancelable cancelable = (Cancelable) module;
    if (!cancelable.isCanceled()) return null;
    return cancelable.getCancelReason() == null ? "" : cancelable.getCancelReason();
  }

  /** From the macro, else from a dialog; {@code null} if the user cancelled that. */
  private static Map<String, Object> inputs(
      Context context, Module module, Map<String, String> typed) {
    ConvertService converter = context.service(ConvertService.class);
    String options = Macro.getOptions();
    if (options == null && GraphicsEnvironment.isHeadless()) options = "";
    if (options != null) return MacroOptions.parse(options).convert(module.getInfo(), converter);
    return new CommandDialog(module, converter, typed).ask();
  }

  /** In a macro this stops it with a message and line number, elsewhere it shows a dialog. */
  private static void fail(String message) {
    IJ.error("Lookalike", message);
  }

  /**
   * @param apart whether texts with a title get windows of their own: the Log cuts lines off
   */
  private static void show(Module module, boolean apart) {
    for (ModuleItem<?> item : module.getInfo().outputs()) {
      // The command itself has shown it.
      if (module.isOutputResolved(item.getName())) continue;
      Object value = module.getOutput(item.getName());
      if (value instanceof ImagePlus) show((ImagePlus) value);
      else if (value instanceof ResultsTable) show((ResultsTable) value, item.getLabel());
      else if (value != null) show(value.toString(), apart ? item.getLabel() : "");
    }
  }

  private static void show(ResultsTable table, String title) {
    if (!GraphicsEnvironment.isHeadless()) table.show(title);
  }

  /**
   * @param title empty for the Log
   */
  private static void show(String text, String title) {
    if (title.isEmpty()) IJ.log(text);
    else new TextWindow(title, text, TEXT_WIDTH, TEXT_HEIGHT);
  }

  private static void show(ImagePlus image) {
    if (GraphicsEnvironment.isHeadless() && !IJ.isMacro()) {
      WindowManager.setTempCurrentImage(image);
    } else {
      image.show();
    }
  }
}
