package dev.cloudmend.local.cli;

import dev.cloudmend.model.Json;
import dev.cloudmend.model.Text;
import java.io.PrintStream;

/**
 * Where a command writes: results to standard output, everything else to standard error.
 *
 * @param out results
 * @param err progress, warnings, errors
 * @param isColoured whether results may have colours
 * @param isTerminal whether a person looks on, so that a line may be written over
 */
record Console(PrintStream out, PrintStream err, boolean isColoured, boolean isTerminal) {

  /** One that is no terminal. */
  Console(PrintStream out, PrintStream err, boolean isColoured) {
    this(out, err, isColoured, false);
  }

  /** The colours that are used, as ANSI codes. */
  enum Style {
    BOLD("1"),
    DIM("2"),
    RED("31"),
    GREEN("32"),
    YELLOW("33"),
    CYAN("36");

    private final String code;

    Style(String code) {
      this.code = code;
    }
  }

  /** Writes one JSON document. */
  void json(Object document) {
    out.println(Json.pretty(document));
  }

  void line(String text) {
    out.println(text);
  }

  void line() {
    out.println();
  }

  /** A line of what is going on, for whoever waits. */
  void progress(String text) {
    err.println(text);
  }

  String styled(Style style, String text) {
    return isColoured ? "\u001b[" + style.code + "m" + text + "\u001b[0m" : text;
  }

  /** Writes the lines of a unified diff. */
  void diff(String indent, Iterable<String> lines) {
    for (String line : lines) {
      String shown = indent + Text.shown(line);
      line(
          switch (line.isEmpty() ? ' ' : line.charAt(0)) {
            case '+' -> styled(Style.GREEN, shown);
            case '-' -> styled(Style.RED, shown);
            default -> shown;
          });
    }
  }

  /** Text from outside, made harmless for a terminal; line ends stay. */
  static String shown(String text) {
    return String.join("\n", text.lines().map(line -> Text.shown(line)).toList());
  }
}
