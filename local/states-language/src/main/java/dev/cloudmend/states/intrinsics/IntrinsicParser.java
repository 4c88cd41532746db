package dev.cloudmend.states.intrinsics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cloudmend.states.paths.JsonData;
import dev.cloudmend.states.paths.PathSyntaxException;
import dev.cloudmend.states.paths.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code States.Name(argument, …)}.
 *
 * @see <a href="https://states-language.net/spec.html#intrinsic-functions">Intrinsic functions</a>
 */
final class IntrinsicParser {

  /** As many functions as Step Functions lets one field nest. */
  private static final int MAX_DEPTH = 10;

  private static final Pattern NAME = Pattern.compile("States\\.\\w+");
  private static final Pattern SIMPLE =
      Pattern.compile("-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?|true|false|null");
  private static final String ESCAPABLE = "'{}\\";

  private final String text;
  private int at;

  private IntrinsicParser(String text) {
    this.text = text;
  }

  static Expression parse(String text) {
    var parser = new IntrinsicParser(text);
    Expression call = parser.call(1);
    if (parser.at < text.length()) {
      throw parser.error("nothing may follow the closing parenthesis");
    }
    return call;
  }

  private Expression call(int depth) {
    if (depth > MAX_DEPTH) {
      throw error("more than " + MAX_DEPTH + " functions are nested");
    }
    int start = at;
    String name = token(NAME, "the name of an intrinsic function");
    IntrinsicFunction function =
        IntrinsicFunction.named(name)
            .orElseThrow(() -> error(name + " is not an intrinsic function"));
    skipSpace();
    expect('(');
    var arguments = new ArrayList<Expression>();
    skipSpace();
    if (peek() != ')') {
      arguments.add(argument(function, arguments.size(), depth));
      skipSpace();
      while (peek() == ',') {
        at++;
        skipSpace();
        arguments.add(argument(function, arguments.size(), depth));
        skipSpace();
      }
    }
    expect(')');
    check(function, arguments);
    return new Expression.Call(text.substring(start, at), function, List.copyOf(arguments));
  }

  private void check(IntrinsicFunction function, List<Expression> arguments) {
    if (!function.takes(arguments.size())) {
      throw error(
          "%s takes %s, not %d arguments"
              .formatted(function.fullName(), function.arity(), arguments.size()));
    }
    if (function == IntrinsicFunction.FORMAT
        && arguments.getFirst() instanceof Expression.Template template) {
      FormatFunction.requirePlaces(template.texts(), arguments.size() - 1);
    }
  }

  private Expression argument(IntrinsicFunction function, int position, int depth) {
    char first = peek();
    if (first == '\'') {
      String raw = quoted();
      return function == IntrinsicFunction.FORMAT && position == 0
          ? new Expression.Template(FormatFunction.parse(raw))
          : new Expression.Constant(TextNode.valueOf(raw.replaceAll("\\\\(.)", "$1")));
    }
    if (first == '$') {
      return new Expression.Path(ValuePath.parse(path()));
    }
    if (first == 'S') {
      return call(depth + 1);
    }
    String literal =
        token(SIMPLE, "a path, a 'string', a number, true, false, null or a nested function");
    try {
      return new Expression.Constant(JsonData.parse(literal));
    } catch (JsonProcessingException e) {
      throw error("'" + literal + "' is not a number");
    }
  }

  /** The text between apostrophes, escapes still in it. */
  private String quoted() {
    int start = ++at;
    while (peek() != '\'') {
      if (peek() == '\\') {
        at++;
        if (at >= text.length() || ESCAPABLE.indexOf(peek()) < 0) {
          throw error("a backslash must be followed by ', {, } or another backslash");
        }
      }
      at++;
    }
    return text.substring(start, at++);
  }

  private String path() {
    int start = at;
    int brackets = 0;
    char quote = 0;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (brackets > 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == '[') {
        brackets++;
      } else if (c == ']') {
        brackets--;
      } else if (brackets == 0 && (c == ',' || c == ')')) {
        break;
      }
    }
    return text.substring(start, at).strip();
  }

  private String token(Pattern pattern, String expected) {
    Matcher matcher = pattern.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw error("expected " + expected);
    }
    at = matcher.end();
    return matcher.group();
  }

  private void expect(char expected) {
    if (peek() != expected) {
      throw error("expected '" + expected + "'");
    }
    at++;
  }

  private char peek() {
    if (at >= text.length()) {
      throw error("it ends too early");
    }
    return text.charAt(at);
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private PathSyntaxException error(String reason) {
    return new PathSyntaxException(
        "%s at character %d of the intrinsic function '%s'".formatted(reason, at + 1, text));
  }
}
