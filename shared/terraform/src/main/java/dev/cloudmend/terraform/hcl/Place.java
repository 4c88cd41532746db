package dev.cloudmend.terraform.hcl;

/** What the lines around an offset look like. */
final class Place {

  private final HclFile file;
  private final String text;

  Place(HclFile file) {
    this.file = file;
    this.text = file.text();
  }

  /** The blanks at the beginning of an offset's line. */
  String indentation(int offset) {
    int start = file.lines().start(offset);
    int end = start;
    while (end < text.length() && isBlank(text.charAt(end))) {
      end++;
    }
    return text.substring(start, end);
  }

  /** Whether nothing but blanks stands before it on its line. */
  boolean beginsLine(int offset) {
    int start = file.lines().start(offset);
    return isBlank(start, offset);
  }

  /** Whether a line, given by its start, holds nothing but blanks; the text's end is no line. */
  boolean blankLine(int start) {
    return start < text.length() && isBlank(start, file.lines().next(start));
  }

  /** The start of the line before, or the same offset at the text's beginning. */
  int before(int lineStart) {
    return lineStart <= top() ? lineStart : file.lines().start(lineStart - 1);
  }

  /** Where the text begins, after a byte order mark. */
  int top() {
    return file.lines().start(0);
  }

  private boolean isBlank(int start, int end) {
    for (int at = start; at < end; at++) {
      char c = text.charAt(at);
      if (!isBlank(c) && c != '\n' && c != '\r') {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
