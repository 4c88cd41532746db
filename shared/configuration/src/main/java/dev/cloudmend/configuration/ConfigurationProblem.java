package dev.cloudmend.configuration;

import dev.cloudmend.model.Text;

/**
 * One problem of a file.
 *
 * @param file the file's name as the user gave it
 * @param lineNumber from 1
 * @param column from 1, in characters
 * @param pointer the JSON pointer of the value, such as {@code /rules/2/mode}
 * @param message what is wrong
 * @param expected what was expected
 */
public record ConfigurationProblem(
    String file, int lineNumber, int column, String pointer, String message, String expected) {

  private static final int LONGEST_POINTER = 200;

  /** {@code file:line:column: pointer: message; expected …}. */
  public String line() {
    return "%s:%d:%d: %s%s; expected %s"
        .formatted(
            Text.shown(file),
            lineNumber,
            column,
            pointer.isEmpty() ? "" : Text.shown(pointer, LONGEST_POINTER) + ": ",
            message,
            expected);
  }
}
