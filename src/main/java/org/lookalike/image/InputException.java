package org.lookalike.image;

/**
 * Something a user gave (a folder, a file, a setting) cannot be used.
 *
 * <p>The message is one sentence for that user: what is wrong and what to do about it. Commands
 * show it as it is, without a stack trace.
 */
public class InputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(message);
  }

  public InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
