/**
 * The jobs of the ImageJ commands from a shell, one class a subcommand, built on picocli.
 *
 * <p>Results' paths go to standard output, everything else to standard error. Exit codes: 0 done, 1
 * failed, 2 wrong usage. Nothing here knows AWT, so that all of it works without a display.
 *
 * <pre>{@code
 * int code = new Cli(System.out, System.err).run("train", "--input", "cells.tif", "--output", "run");
 * }</pre>
 */
package org.lookalike.cli;
