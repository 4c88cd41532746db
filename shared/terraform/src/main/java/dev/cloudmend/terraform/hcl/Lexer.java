package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Takes a text apart into what {@code terraform fmt} moves: all of it but the blanks between, in
 * order. The text is HCL, which {@link HclFile} has found before; what nests nests no deeper than
 * it allows.
 */
final class Lexer {

  private static final int MARK_BYTES = 3;

  private static final Map<String, Kind> SIGNS =
      Map.of(
          "==", Kind.OPERATOR,
          "!=", Kind.OPERATOR,
          "<=", Kind.OPERATOR,
          ">=", Kind.OPERATOR,
          "&&", Kind.OPERATOR,
          "||", Kind.OPERATOR,
          "=>", Kind.ARROW,
          "::", Kind.DOUBLE_COLON);

  private final Scanner in;
  private final List<Token> tokens = new ArrayList<>();

  private Lexer(String text) {
    this.in = new Scanner("", text);
  }

  /** The tokens of a whole file; the last one is its end. */
  static List<Token> tokens(HclFile file) {
    Lexer lexer = new Lexer(file.text());
    int blanks = lexer.code(false);
    // fmt takes the mark's bytes for blanks before the first token.
    boolean onlyMark = lexer.tokens.isEmpty() && file.text().length() > blanks;
    String last = " ".repeat(blanks + (onlyMark ? MARK_BYTES : 0));
    lexer.tokens.add(new Token(Kind.END, last, file.text().length()));
    return lexer.tokens;
  }

  /**
   * Reads up to the end or the brace that closes a template, and says how many blanks were last.
   */
  private int code(boolean inTemplate) {
    int open = 0;
    while (true) {
      int start = in.at;
      while (in.peek() == ' ' || in.peek() == '\t') {
        in.at++;
      }
      boolean closes = inTemplate && open == 0 && (in.peek() == '}' || in.looksAt("~}"));
      if (in.atEnd() || closes) {
        return in.at - start;
      }
      open += in.peek() == '{' ? 1 : 0;
      open -= in.peek() == '}' ? 1 : 0;
      token();
    }
  }

  private void token() {
    char c = in.peek();
    if (in.looksAtNewline()) {
      add(Kind.NEWLINE, c == '\r' ? 2 : 1);
    } else if (in.looksAtLineComment()) {
      add(Kind.COMMENT, lineEnd() - in.at);
    } else if (in.looksAt("/*")) {
      add(Kind.COMMENT, in.text.indexOf("*/", in.at + 2) + 2 - in.at);
    } else if (c == '"') {
      quoted();
    } else if (in.looksAt("<<")) {
      heredoc();
    } else if (c >= '0' && c <= '9') {
      add(Kind.NUMBER, numberLength());
    } else if (in.looksAtName()) {
      int start = in.at;
      String name = in.name("a name");
      tokens.add(new Token(Kind.NAME, name, start));
    } else {
      sign(c);
    }
  }

  private void sign(char c) {
    Kind two = SIGNS.get(in.text.substring(in.at, Math.min(in.at + 2, in.text.length())));
    if (in.looksAt("...")) {
      add(Kind.ELLIPSIS, 3);
    } else if (two != null) {
      add(two, 2);
    } else {
      add(
          switch (c) {
            case '{' -> Kind.OPEN_BRACE;
            case '}' -> Kind.CLOSE_BRACE;
            case '[' -> Kind.OPEN_BRACKET;
            case ']' -> Kind.CLOSE_BRACKET;
            case '(' -> Kind.OPEN_PARENTHESIS;
            case ')' -> Kind.CLOSE_PARENTHESIS;
            case '.' -> Kind.DOT;
            case ',' -> Kind.COMMA;
            case ':' -> Kind.COLON;
            case '?' -> Kind.QUESTION;
            case '=' -> Kind.EQUALS;
            case '-' -> Kind.MINUS;
            case '!' -> Kind.BANG;
            default -> Kind.OPERATOR;
          },
          1);
    }
  }

  private void quoted() {
    add(Kind.OPEN_QUOTE, 1);
    while (in.peek() != '"') {
      template(Kind.TEXT, textEnd());
    }
    add(Kind.CLOSE_QUOTE, 1);
  }

  private int textEnd() {
    int end = in.at;
    while ("\"$%".indexOf(in.text.charAt(end)) < 0) {
      end += in.text.charAt(end) == '\\' ? 2 : 1;
    }
    return end;
  }

  private void heredoc() {
    int start = in.at;
    in.at += in.looksAt("<<-") ? 3 : 2;
    String marker = in.name("a heredoc's marker");
    int end = lineEnd();
    in.at = start;
    add(Kind.OPEN_HEREDOC, end - start);
    boolean lineStart = true;
    while (!lineStart || TemplateParser.markerEnd(in, marker) < 0) {
      int line = lineEnd();
      int text = in.at;
      while (text < line && "$%".indexOf(in.text.charAt(text)) < 0) {
        text++;
      }
      template(Kind.HEREDOC_TEXT, text);
      lineStart = in.text.charAt(in.at - 1) == '\n' && tokens.getLast().is(Kind.HEREDOC_TEXT);
    }
    int close = lineEnd() - 1;
    add(Kind.CLOSE_HEREDOC, (in.text.charAt(close - 1) == '\r' ? close - 1 : close) - in.at);
  }

  /** Reads an interpolation, a directive, or text up to an offset. */
  private void template(Kind kind, int textEnd) {
    if (textEnd > in.at) {
      add(kind, textEnd - in.at);
    } else if (in.looksAt("${") || in.looksAt("%{")) {
      boolean trims = in.looksAt("${~") || in.looksAt("%{~");
      add(in.peek() == '$' ? Kind.OPEN_INTERPOLATION : Kind.OPEN_DIRECTIVE, trims ? 3 : 2);
      code(true);
      add(Kind.CLOSE_TEMPLATE, in.peek() == '~' ? 2 : 1);
    } else if (in.looksAt("$${") || in.looksAt("%%{")) {
      add(kind, in.looksAt("$${~") || in.looksAt("%%{~") ? 4 : 3);
    } else {
      add(kind, 1);
    }
  }

  private int lineEnd() {
    int end = in.text.indexOf('\n', in.at);
    return end < 0 ? in.text.length() : end + 1;
  }

  /** HCL's numbers may hold several points, but do not end with one. */
  private int numberLength() {
    int at = in.at;
    int end = at;
    while (true) {
      if (isDigit(at)) {
        end = ++at;
      } else if (at < in.text.length() && in.text.charAt(at) == '.') {
        at++;
      } else if (isExponent(at)) {
        at += isDigit(at + 1) ? 2 : 3;
        end = at;
      } else {
        return end - in.at;
      }
    }
  }

  private boolean isExponent(int at) {
    boolean begins = at < in.text.length() && "eE".indexOf(in.text.charAt(at)) >= 0;
    boolean signed = at + 1 < in.text.length() && "+-".indexOf(in.text.charAt(at + 1)) >= 0;
    return begins && isDigit(signed ? at + 2 : at + 1);
  }

  private boolean isDigit(int at) {
    return at < in.text.length() && in.text.charAt(at) >= '0' && in.text.charAt(at) <= '9';
  }

  private void add(Kind kind, int length) {
    tokens.add(new Token(kind, in.text.substring(in.at, in.at + length), in.at));
    in.at += length;
  }
}
