package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds to tuples and objects in the way they are written: on their line, or on a line of its own.
 */
final class Additions {

  private final HclFile file;
  private final Span whole;
  private final List<Span> parts;

  private Additions(HclFile file, Span whole, List<Span> parts) {
    this.file = file;
    this.whole = whole;
    this.parts = parts;
  }

  static List<Edit> element(HclFile file, Tuple tuple, String expression) {
    List<Span> parts = tuple.elements().stream().map(Expression::span).toList();
    return new Additions(file, tuple.span(), parts).add(Snippet.expression(expression), "", true);
  }

  static List<Edit> entry(HclFile file, ObjectValue object, String key, String expression) {
    List<Span> parts = object.entries().stream().map(ObjectEntry::span).toList();
    String name = HclText.isName(key) ? key : HclText.string(key);
    return new Additions(file, object.span(), parts)
        .add(Snippet.expression(expression), name + " = ", false);
  }

  private List<Edit> add(Snippet value, String prefix, boolean commaNeeded) {
    Place place = new Place(file);
    String indentation = place.indentation(whole.start());
    if (parts.isEmpty()) {
      return List.of(first(value, prefix, indentation, commaNeeded));
    }
    Span last = parts.getLast();
    String inner = place.indentation(last.start());
    Scanner in = new Scanner(file.path(), file.text());
    in.at = last.end();
    in.skip(true);
    boolean comma = in.peek() == ',';
    int end = comma ? in.at + 1 : last.end();
    in.at = end;
    in.skip(false);
    String text = prefix + value.continued(inner, file.lineEnd());
    if (!place.beginsLine(last.start()) || !(in.looksAtNewline() || in.looksAtLineComment())) {
      return List.of(insertion(last.end(), ", " + text));
    }
    List<Edit> edits = new ArrayList<>();
    if (!comma && commaNeeded) {
      edits.add(insertion(last.end(), ","));
    }
    String line = inner + text + (comma ? "," : "") + file.lineEnd();
    edits.add(insertion(file.lines().next(end), line));
    return edits;
  }

  private Edit first(Snippet value, String prefix, String indentation, boolean tuple) {
    Span inside = new Span(whole.start() + 1, whole.end() - 1);
    if (file.text(inside).isBlank()) {
      String blank = tuple ? "" : " ";
      return new Edit(
          inside, blank + prefix + value.continued(indentation, file.lineEnd()) + blank);
    }
    String inner = indentation + "  ";
    int closing = whole.end() - 1;
    boolean ownLine = new Place(file).beginsLine(closing);
    return insertion(
        ownLine ? file.lines().start(closing) : file.lines().next(whole.start()),
        inner + prefix + value.continued(inner, file.lineEnd()) + file.lineEnd());
  }

  private static Edit insertion(int offset, String text) {
    return new Edit(new Span(offset, offset), text);
  }
}
