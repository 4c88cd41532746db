package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Puts tokens onto lines as {@code terraform fmt} does: each line indented by the brackets that are
 * open, equals signs and trailing comments lined up over lines that follow each other.
 *
 * <p>Source: the behaviour of hclwrite
 * (https://github.com/hashicorp/hcl/blob/main/hclwrite/format.go), also where it is odd: a line
 * break in an interpolation of a heredoc begins a line whose bracket was never counted as open.
 */
final class Layout {

  private static final int STEP = 2;

  /**
   * The tokens of one line, by their indexes; a heredoc belongs to the line it begins on.
   *
   * @param equals the equals sign to line up, or {@code comment} if there is none
   * @param comment the comment after other tokens, or {@code end} if there is none
   */
  private record Row(int start, int equals, int comment, int end) {}

  private final List<Token> tokens;
  private final List<Row> rows = new ArrayList<>();
  private final int[] blanks;

  private Layout(List<Token> tokens) {
    this.tokens = tokens;
    this.blanks = new int[tokens.size()];
  }

  /** The text; the last token is the end. */
  static String of(List<Token> tokens) {
    Layout layout = new Layout(tokens);
    layout.split();
    layout.indent();
    for (Row row : layout.rows) {
      layout.space(row.start(), row.equals());
      layout.space(row.equals(), row.comment());
    }
    layout.lineUp(Row::equals, Row::comment);
    layout.lineUp(Row::comment, Row::end);
    return layout.text();
  }

  private void split() {
    int start = 0;
    int end = tokens.size() - 1;
    for (int at = 0; at < end; at++) {
      if (tokens.get(at).endsLine()) {
        rows.add(row(start, at + 1));
        start = at + 1;
      }
    }
    if (start < end) {
      rows.add(row(start, end));
    }
  }

  private Row row(int start, int end) {
    boolean commented = end - start > 1 && tokens.get(end - 1).is(Kind.COMMENT);
    int comment = commented ? end - 1 : end;
    int equals = start + 1;
    while (equals < comment && !tokens.get(equals).is(Kind.EQUALS)) {
      equals++;
    }
    boolean isWhole = equals < comment && depth(equals, comment) == 0;
    return new Row(start, isWhole ? equals : comment, comment, end);
  }

  private int depth(int from, int to) {
    int depth = 0;
    for (int at = from; at < to; at++) {
      depth += tokens.get(at).depth();
    }
    return depth;
  }

  private void indent() {
    Deque<Integer> levels = new ArrayDeque<>();
    for (Row row : rows) {
      if (tokens.get(row.start()).is(Kind.NEWLINE)) {
        continue;
      }
      int opened = depth(row.start(), leadEnd(row)) + depth(row.equals(), row.comment());
      close(levels, -opened);
      blanks[row.start()] = STEP * levels.size();
      if (opened > 0) {
        levels.push(opened);
      }
    }
  }

  /** What stands in a heredoc opens nothing. */
  private int leadEnd(Row row) {
    for (int at = row.start(); at < row.equals(); at++) {
      if (tokens.get(at).is(Kind.OPEN_HEREDOC)) {
        return at;
      }
    }
    return row.equals();
  }

  /** Brackets that one line opened are one level, however many they are. */
  private static void close(Deque<Integer> levels, int brackets) {
    int closed = brackets;
    while (closed > 0 && !levels.isEmpty()) {
      int level = levels.pop();
      if (closed < level) {
        levels.push(level - closed);
      }
      closed -= level;
    }
  }

  private void space(int from, int to) {
    for (int at = from + 1; at < to; at++) {
      Token before = at - 2 < from ? null : tokens.get(at - 2);
      blanks[at] = Gaps.between(before, tokens.get(at - 1), tokens.get(at)) ? 1 : 0;
    }
  }

  /** Lines up what begins a cell over all rows that follow each other and have it. */
  private void lineUp(ToIntFunction<Row> cell, ToIntFunction<Row> cellEnd) {
    int first = 0;
    for (int at = 0; at <= rows.size(); at++) {
      boolean has =
          at < rows.size() && cell.applyAsInt(rows.get(at)) < cellEnd.applyAsInt(rows.get(at));
      if (!has) {
        pad(rows.subList(first, at), cell);
        first = at + 1;
      }
    }
  }

  private void pad(List<Row> run, ToIntFunction<Row> cell) {
    int[] columns = new int[run.size()];
    int widest = 0;
    for (int i = 0; i < columns.length; i++) {
      columns[i] = columns(run.get(i).start(), cell.applyAsInt(run.get(i)));
      widest = Math.max(widest, columns[i]);
    }
    for (int i = 0; i < columns.length; i++) {
      blanks[cell.applyAsInt(run.get(i))] = widest - columns[i] + 1;
    }
  }

  private int columns(int from, int to) {
    int columns = 0;
    for (int at = from; at < to; at++) {
      columns += blanks[at] + Columns.of(tokens.get(at).text());
    }
    return columns;
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int at = 0; at < blanks.length; at++) {
      text.repeat(' ', blanks[at]).append(tokens.get(at).text());
    }
    return text.toString();
  }
}
