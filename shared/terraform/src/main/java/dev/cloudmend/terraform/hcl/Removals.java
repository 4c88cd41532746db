package dev.cloudmend.terraform.hcl;

import java.util.List;

/** Decides what goes with a part that is removed: its line, its comma, its comments. */
final class Removals {

  private final HclFile file;
  private final String text;
  private final Place place;

  Removals(HclFile file) {
    this.file = file;
    this.text = file.text();
    this.place = new Place(file);
  }

  Edit item(BodyItem item) {
    Body body = Enclosing.body(file, item);
    return place.beginsLine(item.span().start())
        ? lines(item.span(), item instanceof Block)
        : new Edit(body.span(), "");
  }

  /** An element or entry, given the collection and all its parts. */
  Edit part(Span whole, List<Span> parts, Span part) {
    int index = parts.indexOf(part);
    if (index < 0) {
      throw new HclException(
          file.path(),
          file.position(part.start()),
          "a part of another value",
          "one of this value's own");
    }
    if (parts.size() == 1
        && file.comments().stream().noneMatch(comment -> whole.contains(comment.span()))) {
      return new Edit(new Span(whole.start() + 1, whole.end() - 1), "");
    }
    Span separated = new Span(part.start(), pastComma(part.end()));
    if (place.beginsLine(part.start()) && endsLine(separated.end())) {
      return lines(separated, false);
    }
    if (index > 0
        && !file.text(new Span(parts.get(index - 1).end(), part.start())).contains("\n")) {
      return new Edit(new Span(parts.get(index - 1).end(), part.end()), "");
    }
    int end = separated.end();
    while (text.charAt(end) == ' ' || text.charAt(end) == '\t') {
      end++;
    }
    return new Edit(new Span(part.start(), end), "");
  }

  private int pastComma(int end) {
    Scanner in = new Scanner(file.path(), text);
    in.at = end;
    in.skip(true);
    return in.peek() == ',' ? in.at + 1 : end;
  }

  private boolean endsLine(int end) {
    Scanner in = new Scanner(file.path(), text);
    in.at = end;
    in.skip(false);
    return in.atEnd() || in.looksAtNewline() || in.looksAtLineComment();
  }

  /**
   * Whole lines, with what belongs to them, and without leaving blank lines where none stood or two
   * beside each other.
   */
  private Edit lines(Span span, boolean ownsComments) {
    int start = file.lines().start(span.start());
    int end = file.lines().next(span.end());
    int commented = commentsAbove(start);
    boolean opensFile = commented <= place.top();
    if (!opensFile && (ownsComments || !followed(end))) {
      start = commented;
    }
    int above = place.before(start);
    boolean blankAbove = above < start && place.blankLine(above);
    boolean opens =
        start <= place.top() || text.substring(above, start).stripTrailing().endsWith("{");
    if (blankAbove || opens) {
      while (place.blankLine(end)) {
        end = file.lines().next(end);
      }
    }
    if (blankAbove && (end >= text.length() || closes(end))) {
      while (start > place.top() && place.blankLine(place.before(start))) {
        start = place.before(start);
      }
    }
    return new Edit(new Span(start, end), "");
  }

  private int commentsAbove(int lineStart) {
    int start = lineStart;
    while (start > place.top() && isComment(place.before(start))) {
      start = place.before(start);
    }
    return start;
  }

  private boolean isComment(int lineStart) {
    int at = lineStart + place.indentation(lineStart).length();
    return text.startsWith("#", at) || text.startsWith("//", at);
  }

  /** Whether another part begins on the next line: then comments above may head both. */
  private boolean followed(int lineStart) {
    return lineStart < text.length()
        && !place.blankLine(lineStart)
        && !isComment(lineStart)
        && !closes(lineStart);
  }

  private boolean closes(int lineStart) {
    int at = lineStart + place.indentation(lineStart).length();
    return text.startsWith("}", at) || text.startsWith("]", at) || text.startsWith(")", at);
  }
}
