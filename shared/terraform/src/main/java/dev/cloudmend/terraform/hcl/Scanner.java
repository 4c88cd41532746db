package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Marks.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * A cursor over the text that knows blanks, comments, line ends and names, and refuses with a
 * place.
 */
final class Scanner {

  /**
   * How deep blocks and expressions may nest; each level costs a few frames of the thread's stack.
   */
  static final int DEEPEST = 100;

  final String path;
  final String text;
  final Marks marks = new Marks();
  final List<Comment> comments = new ArrayList<>();

  /**
   * The contents of the {@code <<-} heredocs, which may be indented further without another value.
   */
  final List<Span> indentable = new ArrayList<>();

  int at;
  private int depth;

  Scanner(String path, String text) {
    this.path = path;
    this.text = text;
    this.at = !text.isEmpty() && text.charAt(0) == Lines.BYTE_ORDER_MARK ? 1 : 0;
  }

  boolean atEnd() {
    return at >= text.length();
  }

  /** The char at the cursor, NUL at the end: a file with a NUL was refused before. */
  char peek() {
    return at < text.length() ? text.charAt(at) : '\0';
  }

  boolean looksAt(String wanted) {
    return text.startsWith(wanted, at);
  }

  boolean looksAtNewline() {
    char c = peek();
    return c == '\n' || (c == '\r' && looksAt("\r\n"));
  }

  boolean looksAtLineComment() {
    return peek() == '#' || looksAt("//");
  }

  /**
   * Goes past blanks and comments; past line ends, and the comments that end with one, only across
   * lines.
   */
  void skip(boolean acrossLines) {
    while (!atEnd()) {
      char c = text.charAt(at);
      if (c == ' ' || c == '\t') {
        at++;
      } else if (looksAtNewline() || looksAtLineComment()) {
        if (!acrossLines) {
          return;
        }
        newline();
      } else if (c == '/' && looksAt("/*")) {
        blockComment();
      } else {
        return;
      }
    }
  }

  /** Goes past one line end, with the comment before it. */
  void newline() {
    if (looksAtLineComment()) {
      int start = at;
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      at = end > at && end < text.length() && text.charAt(end - 1) == '\r' ? end - 1 : end;
      comment(start, at);
    }
    if (looksAtNewline()) {
      marks.add(Kind.NEWLINE, at);
      at += peek() == '\r' ? 2 : 1;
    }
  }

  private void blockComment() {
    int start = at;
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw refusal(start, "a comment that does not end", "\"*/\"");
    }
    at = end + 2;
    comment(start, at);
  }

  private void comment(int start, int end) {
    marks.add(Kind.COMMENT, start);
    if (comments.isEmpty() || comments.getLast().span().start() < start) {
      int before = start - 1;
      while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
        before--;
      }
      boolean ownLine =
          before < 0 || text.charAt(before) == '\n' || text.charAt(before) == Lines.BYTE_ORDER_MARK;
      comments.add(new Comment(new Span(start, end), ownLine));
    }
  }

  boolean looksAtName() {
    return !atEnd() && startsName(text.codePointAt(at));
  }

  /** Reads a name: letters, digits, {@code _} and {@code -}, not beginning with a digit or dash. */
  String name(String expected) {
    if (!looksAtName()) {
      throw unexpected(expected);
    }
    int start = at;
    while (!atEnd() && continuesName(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return text.substring(start, at);
  }

  boolean looksAtWord(String word) {
    int end = at + word.length();
    return looksAt(word) && (end >= text.length() || !continuesName(text.codePointAt(end)));
  }

  private static boolean startsName(int c) {
    return (c >= 'a' && c <= 'z')
        || c == '_'
        || (c >= 'A' && c <= 'Z')
        || (c > 127 && Character.isUnicodeIdentifierStart(c));
  }

  private static boolean continuesName(int c) {
    return startsName(c)
        || (c >= '0' && c <= '9')
        || c == '-'
        || (c > 127 && Character.isUnicodeIdentifierPart(c) && !Character.isIdentifierIgnorable(c));
  }

  /** Reads one sign, which opens or closes nothing. */
  void sign(String sign) {
    if (!looksAt(sign)) {
      throw unexpected("\"" + sign + "\"");
    }
    at += sign.length();
  }

  /** Reads an {@code =} that sets something. */
  void equalsSign() {
    marks.add(Kind.EQUALS, at);
    sign("=");
  }

  void open(String sign) {
    marks.add(Kind.OPEN, at);
    sign(sign);
  }

  void close(String sign) {
    if (!looksAt(sign)) {
      throw unexpected("\"" + sign + "\"");
    }
    marks.add(Kind.CLOSE, at);
    at += sign.length();
  }

  /** Goes one level deeper, and refuses when that is too deep. */
  void enter() {
    if (++depth > DEEPEST) {
      throw refusal(at, "more than " + DEEPEST + " levels of nesting", "a flatter file");
    }
  }

  void leave() {
    depth--;
  }

  Span from(int start) {
    return new Span(start, at);
  }

  HclException unexpected(String expected) {
    return refusal(at, found(), expected);
  }

  HclException refusal(int offset, String what, String expected) {
    return new HclException(path, new Lines(text).position(offset), what, expected);
  }

  private String found() {
    if (atEnd()) {
      return "the end of the file";
    }
    if (looksAtNewline()) {
      return "the end of the line";
    }
    int c = text.codePointAt(at);
    boolean shown = c > ' ' && c < 127;
    return shown ? "\"" + Character.toString(c) + "\"" : "the character U+%04X".formatted(c);
  }
}
