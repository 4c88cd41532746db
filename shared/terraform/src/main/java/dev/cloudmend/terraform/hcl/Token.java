package dev.cloudmend.terraform.hcl;

/**
 * A stretch of a file that {@code terraform fmt} moves as a whole.
 *
 * @param start where it began in the text, or -1 if it was not in it
 */
record Token(Kind kind, String text, int start) {

  /** What it is, as far as the layout asks. */
  enum Kind {
    /** A line's end that is not part of a comment or a heredoc's content. */
    NEWLINE,
    /** With the line's end after {@code #} and {@code //}. */
    COMMENT,
    NAME,
    NUMBER,
    DOT,
    COMMA,
    ELLIPSIS,
    DOUBLE_COLON,
    COLON,
    QUESTION,
    EQUALS,
    MINUS,
    BANG,
    /** Between two values, and not a minus. */
    OPERATOR,
    ARROW,
    OPEN_BRACE(1),
    OPEN_BRACKET(1),
    OPEN_PARENTHESIS(1),
    OPEN_INTERPOLATION(1),
    OPEN_DIRECTIVE(1),
    CLOSE_BRACE(-1),
    CLOSE_BRACKET(-1),
    CLOSE_PARENTHESIS(-1),
    CLOSE_TEMPLATE(-1),
    OPEN_QUOTE,
    CLOSE_QUOTE,
    /** The marker with the line's end after it. */
    OPEN_HEREDOC,
    /** The last line with the blanks around the marker, without its end. */
    CLOSE_HEREDOC,
    /** Of a quoted text, not always as long as it could be. */
    TEXT,
    /** Of a line of a heredoc; what ends the line has its end too. */
    HEREDOC_TEXT,
    /** The text's end; its own text is the blanks that stand before it on the last line. */
    END;

    private final int depth;

    Kind() {
      this(0);
    }

    Kind(int depth) {
      this.depth = depth;
    }
  }

  /** One that was not in the text. */
  static Token added(Kind kind, String text) {
    return new Token(kind, text, -1);
  }

  boolean is(Kind other) {
    return kind == other;
  }

  /** How many levels it opens: 1, 0, or -1 if it closes one. */
  int depth() {
    return kind.depth;
  }

  /** Whether the next token stands on another line. */
  boolean endsLine() {
    return kind == Kind.NEWLINE || (kind == Kind.COMMENT && text.endsWith("\n"));
  }
}
