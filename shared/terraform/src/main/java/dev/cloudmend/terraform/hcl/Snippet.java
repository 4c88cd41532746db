package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Marks.Kind;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A piece of HCL that is to be put into a file: read, so that only its own line ends are indented
 * and not those of heredocs.
 */
final class Snippet {

  private final String text;
  private final Marks marks;
  private final SortedSet<Integer> lineStarts = new TreeSet<>();

  private Snippet(String text, Scanner read) {
    this.text = text;
    this.marks = read.marks;
    for (int i = 0; i < marks.size(); i++) {
      if (marks.kind(i) == Kind.NEWLINE) {
        addLineStart(marks.offset(i) + 1);
      }
    }
    for (Span content : read.indentable) {
      for (int at = content.start();
          at > 0 && at <= content.end();
          at = text.indexOf('\n', at) + 1) {
        addLineStart(at);
      }
    }
  }

  private void addLineStart(int offset) {
    if (offset < text.length()) {
      lineStarts.add(offset);
    }
  }

  /**
   * One expression.
   *
   * @throws HclException if it is none
   */
  static Snippet expression(String text) {
    String stripped = normal(text);
    Scanner in = new Scanner("the new value", stripped + "\n");
    new BodyParser(in).expressionOnly();
    return new Snippet(stripped, in);
  }

  /**
   * Arguments and blocks.
   *
   * @throws HclException if it is something else
   */
  static Snippet body(String text) {
    String stripped = normal(text);
    Scanner in = new Scanner("the new text", stripped + "\n");
    new BodyParser(in).file();
    return new Snippet(stripped, in);
  }

  private static String normal(String text) {
    return text.replace("\r\n", "\n").strip();
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  /**
   * Whether the text, after an {@code =}, is lined up with its neighbours: it opens nothing that it
   * closes on another line.
   */
  boolean joinsRun() {
    int open = 0;
    for (int i = 0; i < marks.size() && marks.offset(i) < text.length(); i++) {
      switch (marks.kind(i)) {
        case OPEN -> open++;
        case CLOSE -> open--;
        case NEWLINE -> {
          return open == 0;
        }
        case EQUALS, COMMENT -> {}
      }
    }
    return true;
  }

  /** The text with every line, the first too, indented. */
  String indented(String indentation, String lineEnd) {
    return indentation + continued(indentation, lineEnd);
  }

  /** The text with every line but the first indented. */
  String continued(String indentation, String lineEnd) {
    StringBuilder out = new StringBuilder();
    int from = 0;
    for (int start : lineStarts) {
      out.append(text, from, start);
      if (!blankLine(start)) {
        out.append(indentation);
      }
      from = start;
    }
    String whole = out.append(text, from, text.length()).toString();
    return lineEnd.equals("\n") ? whole : whole.replace("\n", lineEnd);
  }

  private boolean blankLine(int start) {
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end).isBlank();
  }
}
