package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Expression.Heredoc;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Edits of one file, collected and then applied together. An edit that would change nothing is
 * none.
 *
 * <p>Texts are given as {@link HclText} prints them: from the first column, with line feeds; they
 * take on the indentation of their place and the line ends of the file. Spans are those of the file
 * that the edits began with. Where lines were lined up as {@code terraform fmt} does and an edit
 * changes a run of such lines, blanks before equals signs and trailing comments of that run follow.
 *
 * <p>Every method throws {@link HclException} for a text that is not HCL.
 */
public final class Edits {

  private final HclFile file;
  private final Insertions insertions;
  private final Removals removals;
  private final List<Edit> edits = new ArrayList<>();

  Edits(HclFile file) {
    this.file = file;
    this.insertions = new Insertions(file);
    this.removals = new Removals(file);
  }

  /** Sets an argument of a block: {@link #set(Body, String, String)} of its body. */
  public Edits set(Block block, String name, String expression) {
    return set(block.body(), name, expression);
  }

  /**
   * Sets an argument: replaces its value, or adds it after the arguments that stand before the
   * first nested block.
   */
  public Edits set(Body body, String name, String expression) {
    return body.attribute(name)
        .map(attribute -> replace(attribute.value(), expression))
        .orElseGet(() -> add(insertions.arguments(body, Map.of(name, expression))));
  }

  /** Sets several arguments; those that are new stand together, in the map's order. */
  public Edits set(Body body, Map<String, String> expressions) {
    Map<String, String> missing = new LinkedHashMap<>();
    expressions.forEach(
        (name, expression) ->
            body.attribute(name)
                .ifPresentOrElse(
                    attribute -> replace(attribute.value(), expression),
                    () -> missing.put(name, expression)));
    return missing.isEmpty() ? this : add(insertions.arguments(body, missing));
  }

  /** Replaces an expression by another. */
  public Edits replace(Expression old, String expression) {
    String text =
        Snippet.expression(expression)
            .continued(insertions.indentation(old.span().start()), file.lineEnd());
    return file.text(old.span()).equals(text)
        ? this
        : replace(Heredocs.withBlanks(file, old), text);
  }

  /** Replaces any stretch by a text, which is taken as it is. */
  public Edits replace(Span span, String text) {
    return add(new Edit(span, text));
  }

  /** Replaces what stands between a block's braces. */
  public Edits replaceBody(Block block, String body) {
    return add(insertions.body(block, body));
  }

  /**
   * Replaces the lines of a heredoc; its marker and the indentation of a {@code <<-} stay.
   *
   * @param content the text it shall stand for, not a template
   */
  public Edits replaceContent(Heredoc heredoc, String content) {
    return add(Heredocs.content(file, heredoc, content));
  }

  /** Adds a block at the end of a body, unless the same block is there. */
  public Edits addBlock(Body body, String block) {
    return insertions.holds(body, block) ? this : add(insertions.last(body, block));
  }

  /** Adds a block at the end of a block's body, unless the same block is there. */
  public Edits addBlock(Block parent, String block) {
    return addBlock(parent.body(), block);
  }

  /**
   * Adds a block right after another one, a blank line between, unless the same block stands beside
   * it.
   */
  public Edits insertAfter(Block sibling, String block) {
    Body body = Enclosing.body(file, sibling);
    return insertions.holds(body, block) ? this : add(insertions.after(sibling, block));
  }

  /** Adds an element at the end of a tuple. */
  public Edits addElement(Tuple tuple, String expression) {
    Additions.element(file, tuple, expression).forEach(this::add);
    return this;
  }

  /** Sets an entry of an object: replaces its value or adds it at the end. */
  public Edits setEntry(ObjectValue object, String key, String expression) {
    object
        .entry(key)
        .ifPresentOrElse(
            entry -> replace(entry.value(), expression),
            () -> Additions.entry(file, object, key, expression).forEach(this::add));
    return this;
  }

  /**
   * Removes an argument or a block with its line's comment. The comment lines right above go with
   * it unless they open the file or, for an argument, head others that follow without a blank line.
   */
  public Edits remove(BodyItem item) {
    return add(removals.item(item));
  }

  /** Removes an element of a tuple, which must be one of its own, with its comma. */
  public Edits remove(Tuple tuple, Expression element) {
    return add(
        removals.part(
            tuple.span(),
            tuple.elements().stream().map(Expression::span).toList(),
            element.span()));
  }

  /** Removes an entry of an object, which must be one of its own. */
  public Edits remove(ObjectValue object, ObjectEntry entry) {
    return add(
        removals.part(
            object.span(),
            object.entries().stream().map(ObjectEntry::span).toList(),
            entry.span()));
  }

  /** The edits so far, without the blanks that will follow them. */
  public List<Edit> list() {
    return List.copyOf(edits);
  }

  /** Whether nothing would change. */
  public boolean isEmpty() {
    return edits.isEmpty();
  }

  /**
   * The file after the edits; the same file if there are none.
   *
   * @throws HclException if two edits overlap, or if the result is not HCL
   */
  public HclFile apply() {
    return edits.isEmpty() ? file : new Application(file, edits).result();
  }

  private Edits add(Edit edit) {
    if (!file.text(edit.span()).equals(edit.replacement())) {
      edits.add(edit);
    }
    return this;
  }
}
