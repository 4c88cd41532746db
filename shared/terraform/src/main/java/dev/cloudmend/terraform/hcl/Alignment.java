package dev.cloudmend.terraform.hcl;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * How {@code terraform fmt} lines up equals signs and trailing comments: over lines that follow
 * each other and have one. A line whose value opens a bracket that another line closes has no
 * equals sign to line up.
 *
 * <p>Source: hclwrite's formatCells
 * (https://github.com/hashicorp/hcl/blob/main/hclwrite/format.go).
 */
final class Alignment {

  /**
   * A line as fmt sees it: a heredoc is part of the line it begins on.
   *
   * @param lead the text before the equals sign, blanks at its end not included; the whole line if
   *     it has none
   * @param equals the equals sign's offset, -1 if there is none
   * @param joins whether the equals sign is lined up with others
   * @param last the end of what stands before the comment, or of the line
   * @param comment the trailing comment's offset, -1 if there is none
   */
  private record Row(Span lead, int equals, boolean joins, int last, int comment) {}

  /**
   * Rows that are lined up together, how wide the widest one is, and the blanks in them that should
   * be others.
   */
  record Run(Span span, int widest, List<Edit> paddings) {}

  private final String text;
  private final NavigableMap<Integer, Run> equals = new TreeMap<>();
  private final NavigableMap<Integer, Run> alone = new TreeMap<>();
  private final NavigableMap<Integer, Run> comments = new TreeMap<>();

  Alignment(HclFile file) {
    this.text = file.text();
    List<Row> rows = rows(file.marks());
    for (int at = 0; at < rows.size(); at++) {
      int first = at;
      while (at < rows.size() && rows.get(at).joins()) {
        at++;
      }
      lineUpEquals(rows.subList(first, at), equals);
      if (at < rows.size() && rows.get(at).equals() >= 0) {
        lineUpEquals(rows.subList(at, at + 1), alone);
      }
    }
    for (int at = 0; at < rows.size(); at++) {
      int first = at;
      while (at < rows.size() && rows.get(at).comment() >= 0) {
        at++;
      }
      lineUpComments(rows.subList(first, at));
    }
  }

  /** The runs that touch a span. */
  List<Run> runs(Span span) {
    List<Run> found = new ArrayList<>();
    for (NavigableMap<Integer, Run> runs : List.of(equals, alone, comments)) {
      Map.Entry<Integer, Run> before = runs.floorEntry(span.start());
      int from = before == null ? span.start() : before.getKey();
      for (Run run : runs.subMap(from, true, span.end(), true).values()) {
        if (run.span().end() >= span.start()) {
          found.add(run);
        }
      }
    }
    return found;
  }

  /**
   * The columns before the equals sign's blank in the run that an offset lies in, if it lies in
   * one.
   */
  OptionalInt widest(int offset) {
    Map.Entry<Integer, Run> run = equals.floorEntry(offset);
    return run == null || run.getValue().span().end() < offset
        ? OptionalInt.empty()
        : OptionalInt.of(run.getValue().widest());
  }

  private List<Row> rows(Marks marks) {
    List<Row> rows = new ArrayList<>();
    int start = 0;
    int sign = -1;
    int open = 0;
    int comment = -1;
    for (int i = 0; i <= marks.size(); i++) {
      boolean end = i == marks.size();
      int offset = end ? text.length() : marks.offset(i);
      switch (end ? Marks.Kind.NEWLINE : marks.kind(i)) {
        case EQUALS -> sign = sign < 0 ? offset : sign;
        case OPEN -> open += sign < 0 ? 0 : 1;
        case CLOSE -> open -= sign < 0 ? 0 : 1;
        case COMMENT -> comment = text.startsWith("/*", offset) ? comment : offset;
        case NEWLINE -> {
          rows.add(row(start, sign, open == 0, comment, offset));
          start = offset + (text.startsWith("\r", offset) ? 2 : 1);
          sign = -1;
          open = 0;
          comment = -1;
        }
      }
    }
    return rows;
  }

  private Row row(int start, int sign, boolean closed, int comment, int end) {
    int last = trimmed(start, comment < 0 ? end : comment);
    int shown = last == start ? -1 : comment;
    Span lead = new Span(start, sign < 0 ? last : trimmed(start, sign));
    return new Row(lead, sign, sign >= 0 && closed, last, shown);
  }

  private int trimmed(int start, int end) {
    int last = end;
    while (last > start && (text.charAt(last - 1) == ' ' || text.charAt(last - 1) == '\t')) {
      last--;
    }
    return last;
  }

  private void lineUpEquals(List<Row> rows, NavigableMap<Integer, Run> runs) {
    if (rows.isEmpty()) {
      return;
    }
    int widest = rows.stream().mapToInt(this::leadColumns).max().orElse(0);
    List<Edit> paddings = new ArrayList<>();
    for (Row row : rows) {
      pad(new Span(row.lead().end(), row.equals()), widest - leadColumns(row) + 1, paddings);
    }
    runs.put(rows.getFirst().lead().start(), new Run(whole(rows), widest, paddings));
  }

  private void lineUpComments(List<Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    int[] widths = rows.stream().mapToInt(this::columnsBeforeComment).toArray();
    int widest = 0;
    for (int width : widths) {
      widest = Math.max(widest, width);
    }
    List<Edit> paddings = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      pad(new Span(rows.get(i).last(), rows.get(i).comment()), widest - widths[i] + 1, paddings);
    }
    comments.put(rows.getFirst().lead().start(), new Run(whole(rows), widest, paddings));
  }

  private void pad(Span blanks, int wanted, List<Edit> paddings) {
    String padding = " ".repeat(wanted);
    if (!text.substring(blanks.start(), blanks.end()).equals(padding)) {
      paddings.add(new Edit(blanks, padding));
    }
  }

  private int leadColumns(Row row) {
    return Columns.of(text.substring(row.lead().start(), row.lead().end()));
  }

  /** With the equals sign where it will be once its own run is lined up. */
  private int columnsBeforeComment(Row row) {
    int columns = Columns.of(text.substring(row.lead().start(), row.last()));
    if (row.equals() < 0) {
      return columns;
    }
    Integer start = row.lead().start();
    NavigableMap<Integer, Run> runs = row.joins() ? equals : alone;
    int padding = runs.floorEntry(start).getValue().widest() + 1 - leadColumns(row);
    return columns + padding - (row.equals() - row.lead().end());
  }

  private static Span whole(List<Row> rows) {
    return new Span(rows.getFirst().lead().start(), rows.getLast().last());
  }
}
