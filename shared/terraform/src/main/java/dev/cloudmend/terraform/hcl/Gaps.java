package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Token.Kind;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code terraform fmt} puts one blank between two tokens of a line, and where none. It looks
 * at no more than the token before them.
 *
 * <p>Source: the behaviour of hclwrite
 * (https://github.com/hashicorp/hcl/blob/main/hclwrite/format.go).
 */
final class Gaps {

  /** After these, a minus belongs to the value that follows. */
  private static final Set<Kind> BEFORE_A_SIGN =
      EnumSet.of(
          Kind.OPEN_PARENTHESIS,
          Kind.OPEN_BRACE,
          Kind.OPEN_BRACKET,
          Kind.EQUALS,
          Kind.COLON,
          Kind.COMMA,
          Kind.QUESTION,
          Kind.MINUS,
          Kind.BANG,
          Kind.OPERATOR);

  private static final Set<Kind> TEMPLATE_LEFT =
      EnumSet.of(Kind.TEXT, Kind.HEREDOC_TEXT, Kind.OPEN_QUOTE, Kind.OPEN_HEREDOC);

  private static final Set<Kind> TEMPLATE_RIGHT =
      EnumSet.of(Kind.TEXT, Kind.HEREDOC_TEXT, Kind.CLOSE_QUOTE, Kind.CLOSE_HEREDOC);

  private Gaps() {}

  /**
   * Whether there is one.
   *
   * @param before the token before the left one in the same cell, if it is not the cell's first
   */
  static boolean between(@Nullable Token before, Token left, Token right) {
    if (isTight(left.kind(), right.kind())) {
      return false;
    }
    if (left.is(Kind.COMMA)) {
      return true;
    }
    if (TEMPLATE_LEFT.contains(left.kind()) || TEMPLATE_RIGHT.contains(right.kind())) {
      return false;
    }
    if (isIn(left) && before != null && before.is(Kind.NAME)) {
      return true;
    }
    boolean isIndexed = left.is(Kind.NAME) || left.is(Kind.NUMBER) || left.depth() < 0;
    if (left.is(Kind.BANG) || (right.is(Kind.OPEN_BRACKET) && isIndexed)) {
      return false;
    }
    if (left.is(Kind.MINUS)) {
      return before != null && !BEFORE_A_SIGN.contains(before.kind());
    }
    return isLoose(left, right);
  }

  private static boolean isTight(Kind left, Kind right) {
    return switch (right) {
      case NEWLINE, DOT, COMMA, ELLIPSIS -> true;
      case OPEN_PARENTHESIS, DOUBLE_COLON -> left == Kind.NAME || left == Kind.DOT;
      case NAME -> left == Kind.DOUBLE_COLON || left == Kind.DOT;
      default -> left == Kind.DOT;
    };
  }

  private static boolean isIn(Token token) {
    return token.is(Kind.NAME) && token.text().equals("in");
  }

  private static boolean isLoose(Token left, Token right) {
    if (left.is(Kind.OPEN_BRACE) || right.is(Kind.CLOSE_BRACE)) {
      return !left.is(Kind.OPEN_BRACE) || !right.is(Kind.CLOSE_BRACE);
    }
    boolean opensTemplate = left.is(Kind.OPEN_INTERPOLATION) || left.is(Kind.OPEN_DIRECTIVE);
    if (opensTemplate && right.is(Kind.OPEN_BRACE)) {
      return true;
    }
    if (left.is(Kind.CLOSE_BRACE) && right.is(Kind.CLOSE_TEMPLATE)) {
      return true;
    }
    if (left.is(Kind.CLOSE_TEMPLATE)
        && (right.is(Kind.OPEN_INTERPOLATION) || right.is(Kind.OPEN_DIRECTIVE))) {
      return false;
    }
    return left.depth() <= 0 && right.depth() >= 0;
  }
}
