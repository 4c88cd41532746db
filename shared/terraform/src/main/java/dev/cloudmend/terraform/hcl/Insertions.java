package dev.cloudmend.terraform.hcl;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Decides where new arguments and blocks go. */
final class Insertions {

  private static final String STEP = "  ";

  private final HclFile file;
  private final Place place;
  private final String lineEnd;
  private Optional<Alignment> alignment = Optional.empty();

  Insertions(HclFile file) {
    this.file = file;
    this.place = new Place(file);
    this.lineEnd = file.lineEnd();
  }

  String indentation(int offset) {
    return place.indentation(offset);
  }

  Edit arguments(Body body, Map<String, String> expressions) {
    Snippet arguments = Snippet.body(HclText.arguments(expressions));
    if (isOneLine(body)) {
      return expanded(body, arguments);
    }
    Optional<Attribute> anchor = lastBeforeBlocks(body);
    if (anchor.isPresent()) {
      boolean apart = !fits(anchor.get(), expressions);
      return lines(
          file.lines().next(anchor.get().span().end()),
          (apart ? lineEnd : "") + indented(body, arguments),
          "");
    }
    if (isTop(body)) {
      return last(body, arguments);
    }
    int offset = file.lines().next(body.span().start());
    boolean apart = !body.items().isEmpty() && !place.blankLine(offset);
    return lines(offset, indented(body, arguments), apart ? lineEnd : "");
  }

  Edit body(Block block, String text) {
    Snippet inner = Snippet.body(text);
    String base = place.indentation(block.span().start());
    String replacement =
        inner.isEmpty() ? "" : lineEnd + inner.indented(base + STEP, lineEnd) + lineEnd + base;
    return new Edit(block.body().span(), replacement);
  }

  /** Whether one of a body's blocks is this text already. */
  boolean holds(Body body, String block) {
    Snippet snippet = Snippet.body(block);
    for (Block each : body.blocks()) {
      String text = snippet.continued(place.indentation(each.span().start()), lineEnd);
      if (file.text().startsWith(text, each.span().end() - text.length())) {
        return !snippet.isEmpty();
      }
    }
    return snippet.isEmpty();
  }

  Edit last(Body body, String block) {
    Snippet snippet = Snippet.body(block);
    return isOneLine(body) ? expanded(body, snippet) : last(body, snippet);
  }

  private Edit last(Body body, Snippet snippet) {
    int end = body.span().end();
    if (!isTop(body) && !place.beginsLine(end)) {
      String base = place.indentation(body.span().start());
      return new Edit(new Span(end, end), lineEnd + indented(body, snippet) + lineEnd + base);
    }
    int offset = isTop(body) ? end : file.lines().start(end);
    boolean first = body.items().isEmpty() && !(isTop(body) && !file.comments().isEmpty());
    boolean apart = !first && !(endsLine(offset) && place.blankLine(place.before(offset)));
    return lines(offset, (apart ? lineEnd : "") + indented(body, snippet), "");
  }

  Edit after(Block sibling, String block) {
    int offset = file.lines().next(sibling.span().end());
    boolean followed = offset < file.text().length() && !place.blankLine(offset) && !closes(offset);
    String indentation = place.indentation(sibling.span().start());
    return lines(
        offset,
        lineEnd + Snippet.body(block).indented(indentation, lineEnd),
        followed ? lineEnd : "");
  }

  private boolean closes(int lineStart) {
    return file.text().startsWith("}", lineStart + place.indentation(lineStart).length());
  }

  /**
   * Whole lines at the start of a line, or after a last line that has no end and then will have
   * one.
   */
  private Edit lines(int offset, String text, String after) {
    Span span = new Span(offset, offset);
    return endsLine(offset)
        ? new Edit(span, text + lineEnd + after)
        : new Edit(span, lineEnd + text);
  }

  private boolean endsLine(int offset) {
    return offset <= place.top() || file.text().charAt(offset - 1) == '\n';
  }

  private Edit expanded(Body body, Snippet added) {
    String base = place.indentation(body.span().start());
    String inner = base + STEP;
    String present = file.text(body.span()).strip();
    return new Edit(
        body.span(),
        lineEnd
            + (present.isEmpty() ? "" : inner + present + lineEnd)
            + added.indented(inner, lineEnd)
            + lineEnd
            + base);
  }

  private String indented(Body body, Snippet snippet) {
    String indentation =
        body.items().isEmpty()
            ? place.indentation(body.span().start()) + (isTop(body) ? "" : STEP)
            : place.indentation(body.items().getFirst().span().start());
    return snippet.indented(indentation, lineEnd);
  }

  private boolean isTop(Body body) {
    return body.span().equals(file.body().span());
  }

  /** Whether its argument, if it has one, stands on the line of the opening brace. */
  private boolean isOneLine(Body body) {
    Scanner in = new Scanner(file.path(), file.text());
    in.at = body.span().start();
    in.skip(false);
    return !isTop(body) && !in.looksAtNewline() && !in.looksAtLineComment();
  }

  private Alignment alignment() {
    Alignment known = alignment.orElseGet(() -> new Alignment(file));
    alignment = Optional.of(known);
    return known;
  }

  private static Optional<Attribute> lastBeforeBlocks(Body body) {
    List<BodyItem> items = body.items();
    Optional<Attribute> last = Optional.empty();
    for (BodyItem item : items) {
      if (!(item instanceof Attribute attribute)) {
        break;
      }
      last = Optional.of(attribute);
    }
    return last;
  }

  /**
   * Whether the new names fit before the equals signs of the run above, so that its lines can stay
   * as they are.
   */
  private boolean fits(Attribute anchor, Map<String, String> expressions) {
    OptionalInt widest = alignment().widest(anchor.span().start());
    if (widest.isEmpty()) {
      return true;
    }
    int indentation = Columns.of(place.indentation(anchor.span().start()));
    for (Map.Entry<String, String> each : expressions.entrySet()) {
      if (!Snippet.expression(each.getValue()).joinsRun()) {
        return true;
      }
      if (indentation + Columns.of(each.getKey()) > widest.getAsInt()) {
        return false;
      }
    }
    return true;
  }
}
