package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Token.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Changes blanks and indentation where they mean nothing: outside of texts and heredocs. */
final class Respacing {

  /** Beside one of these, tokens stay apart without a blank. */
  private static final Set<Kind> SEPARATE =
      EnumSet.of(
          Kind.OPEN_BRACE,
          Kind.OPEN_BRACKET,
          Kind.OPEN_PARENTHESIS,
          Kind.CLOSE_BRACE,
          Kind.CLOSE_BRACKET,
          Kind.CLOSE_PARENTHESIS,
          Kind.COMMA,
          Kind.NEWLINE,
          Kind.OPEN_QUOTE,
          Kind.CLOSE_QUOTE,
          Kind.OPEN_INTERPOLATION,
          Kind.CLOSE_TEMPLATE);

  private static final Set<Kind> IN_TEXT =
      EnumSet.of(Kind.TEXT, Kind.HEREDOC_TEXT, Kind.CLOSE_HEREDOC);

  private Respacing() {}

  static String of(HclFile file, Random random) {
    List<Token> tokens = Lexer.tokens(file);
    StringBuilder text = new StringBuilder(file.text().substring(0, tokens.getFirst().start()));
    for (int i = 0; i + 1 < tokens.size(); i++) {
      Token token = tokens.get(i);
      Token next = tokens.get(i + 1);
      int end = token.start() + token.text().length();
      String gap = file.text().substring(end, next.start());
      text.append(token.text()).append(isFree(token, next) ? other(gap, token, next, random) : gap);
    }
    return text.toString();
  }

  private static boolean isFree(Token left, Token right) {
    return !left.is(Kind.OPEN_HEREDOC)
        && !IN_TEXT.contains(left.kind())
        && !IN_TEXT.contains(right.kind())
        && !(left.is(Kind.OPEN_QUOTE) && !right.is(Kind.NAME))
        && !right.is(Kind.CLOSE_QUOTE)
        && !left.is(Kind.DOUBLE_COLON)
        && !(left.is(Kind.CLOSE_TEMPLATE) && isTemplate(right))
        && !(left.is(Kind.OPEN_QUOTE) && isTemplate(right));
  }

  private static boolean isTemplate(Token token) {
    return token.is(Kind.OPEN_INTERPOLATION) || token.is(Kind.OPEN_DIRECTIVE);
  }

  private static String other(String gap, Token left, Token right, Random random) {
    boolean mayVanish = SEPARATE.contains(left.kind()) || SEPARATE.contains(right.kind());
    return switch (random.nextInt(4)) {
      case 0 -> gap + " ".repeat(random.nextInt(5));
      case 1 -> "\t" + gap;
      case 2 -> mayVanish ? "" : gap;
      default -> gap;
    };
  }
}
