package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Expression.Heredoc;
import dev.cloudmend.terraform.hcl.Expression.Quoted;
import dev.cloudmend.terraform.hcl.Template.Directive;
import dev.cloudmend.terraform.hcl.Template.Interpolation;
import dev.cloudmend.terraform.hcl.Template.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads quoted texts and heredocs. */
final class TemplateParser {

  private final Scanner in;
  private final ExpressionParser expressions;

  TemplateParser(Scanner in, ExpressionParser expressions) {
    this.in = in;
    this.expressions = expressions;
  }

  Quoted quoted() {
    int start = in.at;
    Parts parts = new Parts(++in.at);
    while (in.peek() != '"') {
      if (in.atEnd() || in.looksAtNewline()) {
        throw in.refusal(start, "a text that does not end on its line", "a closing quote");
      }
      if (in.peek() == '\\') {
        parts.text.appendCodePoint(escape());
      } else {
        parts.next();
      }
    }
    List<Template> read = parts.finish();
    in.at++;
    return new Quoted(in.from(start), read);
  }

  /** A label: a text that may hold no interpolation. */
  Label label() {
    Quoted quoted = quoted();
    return new Label(
        quoted.span(),
        quoted
            .string()
            .orElseThrow(
                () ->
                    in.refusal(
                        quoted.span().start(), "a label with an interpolation", "a plain text")),
        true);
  }

  Heredoc heredoc() {
    int start = in.at;
    in.sign("<<");
    boolean indented = in.peek() == '-';
    if (indented) {
      in.at++;
    }
    String marker = in.name("a heredoc's marker");
    if (!in.looksAtNewline()) {
      throw in.unexpected("the end of the line right after the heredoc's marker");
    }
    in.at = in.text.indexOf('\n', in.at) + 1;
    int content = in.at;
    Parts parts = new Parts(content);
    boolean lineStart = true;
    while (true) {
      if (in.atEnd()) {
        throw in.refusal(
            start, "a heredoc that does not end", "\"" + marker + "\" on a line of its own");
      }
      if (lineStart) {
        int end = markerEnd(in, marker);
        if (end >= 0) {
          List<Template> read = parts.finish();
          Span inner = in.from(content);
          if (indented) {
            in.indentable.add(inner);
          }
          in.at = end;
          return new Heredoc(in.from(start), marker, indented, inner, read);
        }
      }
      lineStart = in.peek() == '\n';
      parts.next();
    }
  }

  /** The end of the closing marker if this line is it, else -1. */
  static int markerEnd(Scanner in, String marker) {
    int from = pastBlanks(in, in.at);
    if (!in.text.startsWith(marker, from)) {
      return -1;
    }
    int end = from + marker.length();
    int rest = pastBlanks(in, end);
    boolean alone = in.text.startsWith("\n", rest) || in.text.startsWith("\r\n", rest);
    return alone ? end : -1;
  }

  private static int pastBlanks(Scanner in, int from) {
    int to = from;
    while (to < in.text.length() && (in.text.charAt(to) == ' ' || in.text.charAt(to) == '\t')) {
      to++;
    }
    return to;
  }

  private int escape() {
    int start = in.at++;
    char kind = in.peek();
    in.at++;
    return switch (kind) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case '"' -> '"';
      case '\\' -> '\\';
      case 'u' -> hex(start, 4);
      case 'U' -> hex(start, 8);
      default ->
          throw in.refusal(start, "an unknown escape", "one of \\n \\r \\t \\\" \\\\ \\u \\U");
    };
  }

  private int hex(int start, int digits) {
    int value = 0;
    for (int i = 0; i < digits; i++) {
      int digit = in.atEnd() ? -1 : Character.digit(in.peek(), 16);
      if (digit < 0 || value > Character.MAX_CODE_POINT >> 4) {
        throw in.refusal(
            start, "an incomplete escape", digits + " hexadecimal digits of a character");
      }
      value = value * 16 + digit;
      in.at++;
    }
    return value;
  }

  private Interpolation interpolation() {
    int start = in.at;
    in.open("${");
    trim();
    in.skip(true);
    Expression value = expressions.expression(true);
    end();
    return new Interpolation(in.from(start), value);
  }

  private Directive directive() {
    int start = in.at;
    in.open("%{");
    trim();
    in.skip(true);
    String keyword = in.name("if, else, endif, for or endfor");
    List<String> variables = new ArrayList<>();
    Optional<Expression> value = Optional.empty();
    in.skip(true);
    switch (keyword) {
      case "if" -> value = Optional.of(expressions.expression(true));
      case "for" -> {
        variables.addAll(expressions.variables());
        value = Optional.of(expressions.expression(true));
      }
      case "else", "endif", "endfor" -> {}
      default -> throw in.refusal(start, "an unknown directive", "if, else, endif, for or endfor");
    }
    end();
    return new Directive(in.from(start), keyword, variables, value);
  }

  private void trim() {
    if (in.peek() == '~') {
      in.at++;
    }
  }

  private void end() {
    in.skip(true);
    trim();
    in.close("}");
  }

  /** The parts read so far, and the text since the last one that was none. */
  private final class Parts {

    private final List<Template> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int textStart;

    Parts(int start) {
      this.textStart = start;
    }

    void next() {
      if (in.looksAt("$${") || in.looksAt("%%{")) {
        text.append(in.peek()).append('{');
        in.at += 3;
      } else if (in.looksAt("${")) {
        finishText();
        parts.add(interpolation());
        textStart = in.at;
      } else if (in.looksAt("%{")) {
        finishText();
        parts.add(directive());
        textStart = in.at;
      } else {
        text.append(in.peek());
        in.at++;
      }
    }

    private void finishText() {
      if (in.at > textStart) {
        parts.add(new Text(in.from(textStart), text.toString()));
        text.setLength(0);
      }
    }

    List<Template> finish() {
      finishText();
      return parts;
    }
  }
}
