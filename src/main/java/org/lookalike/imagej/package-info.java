/**
 * Lookalike inside ImageJ: the commands behind the menu, their windows and their macros.
 *
 * <p>Each menu entry is one SciJava command, made for Fiji, scripts and headless use:
 *
 * <pre>{@code
 * CommandInfo generate = context.service(CommandService.class).getCommand(GenerateCommand.class);
 * Module done = context.service(ModuleService.class)
 *     .run(generate, true, "model", "runs/nuclei", "count", 64).get();
 * ImagePlus synthetic = (ImagePlus) done.getOutput("synthetic");
 * }</pre>
 *
 * <p>The commands are SciJava modules of their own, for which {@code CommandService.run} starts the
 * work but returns no future, by its API; {@code ModuleService.run} does.
 *
 * <p>In plain ImageJ 1.x, {@link org.lookalike.imagej.ImageJ1Adapter} makes dialog, macro keys and
 * recording from those same commands. Commands only translate between the user and the floors
 * below; the windows are listeners of the training.
 */
package org.lookalike.imagej;
