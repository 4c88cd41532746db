package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Token.Kind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code terraform fmt} writes otherwise, before it lays it out: an argument that is nothing
 * but one interpolation, the type constraints of old, and labels, which it prints anew in quotes.
 *
 * <p>Source: {@code terraform fmt} of Terraform 1.11, as it answers. Not followed is that it drops
 * the key of an index that is {@code true}, {@code false} or {@code null}.
 */
final class Respelling {

  private static final int EMPTY_LABEL = 2;
  private static final int PLAIN_LABEL = 3;

  private final HclFile file;
  private final List<Token> tokens;
  private final List<Token> result;
  private int next;

  private Respelling(HclFile file, List<Token> tokens) {
    this.file = file;
    this.tokens = tokens;
    this.result = new ArrayList<>(tokens.size());
  }

  static List<Token> of(HclFile file, List<Token> tokens) {
    Respelling respelling = new Respelling(file, tokens);
    respelling.top();
    respelling.result.addAll(respelling.before(file.text().length() + 1));
    return respelling.result;
  }

  private void top() {
    for (BodyItem item : file.body().items()) {
      item(item, false, item instanceof Block block && block.type().equals("variable"));
    }
  }

  private void body(Body body, boolean isVariable) {
    body.items().forEach(item -> item(item, isVariable, false));
  }

  private void item(BodyItem item, boolean inVariable, boolean isVariable) {
    switch (item) {
      case Attribute attribute -> {
        Span span = attribute.value().span();
        result.addAll(before(span.start()));
        List<Token> value = before(span.end());
        boolean isType = inVariable && attribute.name().equals("type");
        result.addAll(isType ? type(value) : unwrapped(value));
      }
      case Block block -> {
        labels(block);
        body(block.body(), isVariable);
      }
    }
  }

  /** The tokens that were not taken yet and begin before an offset. */
  private List<Token> before(int offset) {
    int first = next;
    while (next < tokens.size() && tokens.get(next).start() < offset) {
      next++;
    }
    return tokens.subList(first, next);
  }

  private void labels(Block block) {
    result.addAll(before(block.span().start() + 1));
    for (Label label : block.labels()) {
      // A comment before a label is lost.
      before(label.span().start());
      List<Token> written = before(label.span().end());
      // So is a label that HCL's own lexer takes apart, such as "a$b".
      boolean kept =
          written.size() == PLAIN_LABEL
              || written.size() == EMPTY_LABEL
              || written.getFirst().is(Kind.NAME);
      if (kept) {
        result.add(Token.added(Kind.OPEN_QUOTE, "\""));
        result.add(Token.added(Kind.TEXT, escaped(label.value())));
        result.add(Token.added(Kind.CLOSE_QUOTE, "\""));
      }
    }
  }

  private static String escaped(String label) {
    StringBuilder text = new StringBuilder();
    Normalizer.normalize(label, Normalizer.Form.NFC)
        .codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                  if (isShown(c)) {
                    text.appendCodePoint(c);
                  } else {
                    text.append((c < 65536 ? "\\u%04x" : "\\u%08x").formatted(c));
                  }
                }
              }
            });
    return HclText.template(text.toString());
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  private static List<Token> unwrapped(List<Token> value) {
    int last = value.size() - 1;
    if (last < 4
        || !value.getFirst().is(Kind.OPEN_QUOTE)
        || !value.get(1).is(Kind.OPEN_INTERPOLATION)
        || !value.get(last - 1).is(Kind.CLOSE_TEMPLATE)
        || !value.get(last).is(Kind.CLOSE_QUOTE)) {
      return value;
    }
    List<Token> inner = value.subList(2, last - 1);
    return isOne(inner) ? onOneLine(withoutNewlines(inner)) : value;
  }

  /** Whether what stands between an interpolation's signs is no other one's end or beginning. */
  private static boolean isOne(List<Token> inner) {
    int quotes = 0;
    for (Token token : inner) {
      switch (token.kind()) {
        case OPEN_QUOTE -> quotes++;
        case CLOSE_QUOTE -> quotes--;
        case OPEN_INTERPOLATION, CLOSE_TEMPLATE, TEXT -> {
          if (quotes <= 0) {
            return false;
          }
        }
        default -> {}
      }
    }
    return true;
  }

  private static List<Token> withoutNewlines(List<Token> inner) {
    int start = 0;
    int end = inner.size();
    while (start < end && inner.get(start).is(Kind.NEWLINE)) {
      start++;
    }
    while (end > start && inner.get(end - 1).is(Kind.NEWLINE)) {
      end--;
    }
    return inner.subList(start, end);
  }

  /** In parentheses, unless it needs none. */
  private static List<Token> onOneLine(List<Token> value) {
    boolean isParenthesised =
        value.getFirst().is(Kind.OPEN_PARENTHESIS) && value.getLast().is(Kind.CLOSE_PARENTHESIS);
    if (isParenthesised || value.stream().noneMatch(token -> token.is(Kind.NEWLINE))) {
      return value;
    }
    List<Token> wrapped = new ArrayList<>();
    wrapped.add(Token.added(Kind.OPEN_PARENTHESIS, "("));
    wrapped.addAll(value);
    wrapped.add(Token.added(Kind.CLOSE_PARENTHESIS, ")"));
    return wrapped;
  }

  private static List<Token> type(List<Token> value) {
    boolean isQuoted =
        value.size() == PLAIN_LABEL
            && value.getFirst().is(Kind.OPEN_QUOTE)
            && value.get(1).is(Kind.TEXT);
    if (!isQuoted && (value.size() != 1 || !value.getFirst().is(Kind.NAME))) {
      return value;
    }
    String name = value.get(isQuoted ? 1 : 0).text();
    return switch (name) {
      case "string" -> List.of(Token.added(Kind.NAME, name));
      case "list", "map" -> collection(name, isQuoted ? "string" : "any");
      case "set" -> isQuoted ? value : collection(name, "any");
      default -> value;
    };
  }

  private static List<Token> collection(String name, String of) {
    return List.of(
        Token.added(Kind.NAME, name),
        Token.added(Kind.OPEN_PARENTHESIS, "("),
        Token.added(Kind.NAME, of),
        Token.added(Kind.CLOSE_PARENTHESIS, ")"));
  }
}
