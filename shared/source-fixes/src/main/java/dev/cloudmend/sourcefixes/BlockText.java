package dev.cloudmend.sourcefixes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Block;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import dev.cloudmend.terraform.hcl.HclFile;
import dev.cloudmend.terraform.hcl.ObjectEntry;
import dev.cloudmend.terraform.hcl.Step;
import dev.cloudmend.terraform.hcl.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What stands in a block, down to its last text, so that two versions of it can be compared. */
final class BlockText {

  /** Follows the effect of a statement that has a condition. */
  static final String CONDITIONAL = " if";

  /** The only call whose result the rules read. */
  private static final String READ = "jsonencode";

  private final HclFile file;
  private final Block block;
  private final List<Literal> literals = new ArrayList<>();
  private final List<Reference> references = new ArrayList<>();
  private final List<String> computed = new ArrayList<>();
  private final List<Block> nested = new ArrayList<>();

  /**
   * A text that is written out.
   *
   * @param where of the statement of a policy that it stands in: its effect, and whether it has a
   *     condition
   * @param name of the argument or member that holds it
   * @param text without escapes; what is put in stands as <code>${…}</code>
   */
  record Literal(String where, String name, String text) {}

  BlockText(HclFile file, Block block) {
    this.file = file;
    this.block = block;
    walk(block.body(), "");
  }

  Block block() {
    return block;
  }

  /** Its text as it is written. */
  String text() {
    return file.text(block.span());
  }

  /** Every text in it, also those of JSON in a text. */
  List<Literal> literals() {
    return literals;
  }

  List<Reference> references() {
    return references;
  }

  /** Every expression whose value is not simply written out. */
  List<String> computed() {
    return computed;
  }

  /** The blocks in it of a type, at any depth, as they are written. */
  List<String> nested(String type) {
    return nested.stream().filter(inner -> inner.is(type)).map(b -> plain(b.span())).toList();
  }

  List<String> comments() {
    return file.comments().stream()
        .filter(comment -> block.span().contains(comment.span()))
        .map(comment -> file.text(comment.span()).strip())
        .toList();
  }

  /** Of an argument or of all blocks of a type, directly in it; empty where there is none. */
  String part(String name) {
    return block.body().items().stream()
        .filter(
            item ->
                switch (item) {
                  case Attribute attribute -> attribute.name().equals(name);
                  case Block inner -> nameOf(inner).equals(name);
                })
        .map(item -> plain(item.span()))
        .reduce("", (all, one) -> all + "\n" + one);
  }

  /** The names of what stands directly in it. */
  List<String> parts() {
    return block.body().items().stream()
        .map(
            item ->
                switch (item) {
                  case Attribute attribute -> attribute.name();
                  case Block inner -> nameOf(inner);
                })
        .distinct()
        .toList();
  }

  private static String nameOf(Block inner) {
    return inner.is("dynamic") && !inner.labels().isEmpty()
        ? inner.labelValues().getFirst()
        : inner.type();
  }

  /** Without the blanks that line it up. */
  private String plain(dev.cloudmend.terraform.hcl.Span span) {
    return file.text(span).replace("\r\n", "\n").replaceAll("[ \\t]+", " ");
  }

  private void walk(Body body, String outer) {
    String where =
        body.attribute("effect")
            .flatMap(Attribute::literal)
            .map(effect -> where(effect, !body.blocks("condition").isEmpty()))
            .orElse(outer);
    for (Attribute attribute : body.attributes()) {
      walk(attribute.name(), attribute.value(), where);
    }
    for (Block inner : body.blocks()) {
      nested.add(inner);
      // The names in it are those of arguments, and nothing that they refer to.
      if (!inner.is("lifecycle")) {
        walk(inner.body(), where);
      }
    }
  }

  private static String where(String effect, boolean isConditional) {
    return effect.toLowerCase(Locale.ROOT) + (isConditional ? CONDITIONAL : "");
  }

  private void walk(String name, Expression expression, String where) {
    switch (expression) {
      case Expression.NumberValue number -> literals.add(new Literal(where, name, number.text()));
      case Expression.BooleanValue written -> {}
      case Expression.NullValue written -> {}
      case Expression.Quoted quoted -> walk(name, quoted.parts(), where);
      case Expression.Heredoc heredoc -> walk(name, heredoc.parts(), where);
      case Expression.Tuple tuple -> tuple.elements().forEach(e -> walk(name, e, where));
      case Expression.ObjectValue object -> walk(object, where);
      case Reference reference -> {
        references.add(reference);
        Step.expressions(reference.steps()).forEach(key -> walk(name, key, where));
      }
      case Expression.Call call when call.name().equals(READ) ->
          call.arguments().forEach(argument -> walk(name, argument, where));
      case Expression.Call other -> compute(name, other, where);
      case Expression.Access other -> compute(name, other, where);
      case Expression.Conditional other -> compute(name, other, where);
      case Expression.For other -> compute(name, other, where);
      case Expression.Operation other -> compute(name, other, where);
      case Expression.Parenthesised other -> compute(name, other, where);
    }
  }

  private void compute(String name, Expression expression, String where) {
    computed.add(plain(expression.span()));
    expression.children().forEach(child -> walk(name, child, where));
  }

  private void walk(Expression.ObjectValue object, String outer) {
    String where =
        member(object, "effect")
            .flatMap(entry -> entry.value().string().stream())
            .findFirst()
            .map(effect -> where(effect, member(object, "condition").findAny().isPresent()))
            .orElse(outer);
    for (ObjectEntry entry : object.entries()) {
      String name = entry.name().orElse("");
      literals.add(new Literal(where, "member", name));
      if (entry.name().isEmpty()) {
        computed.add(plain(entry.key().span()));
        walk("member", entry.key(), where);
      }
      walk(name, entry.value(), where);
    }
  }

  private static Stream<ObjectEntry> member(Expression.ObjectValue object, String name) {
    return object.entries().stream()
        .filter(entry -> entry.name().filter(name::equalsIgnoreCase).isPresent());
  }

  private void walk(String name, List<Template> parts, String where) {
    var text = new StringBuilder();
    for (Template part : parts) {
      switch (part) {
        case Template.Text written -> text.append(written.value());
        case Template.Interpolation put -> {
          text.append("${").append(plain(put.value().span())).append('}');
          walk(name, put.value(), where);
        }
        case Template.Directive directive -> {
          text.append("%{").append(plain(directive.span())).append('}');
          computed.add(plain(directive.span()));
          directive.value().ifPresent(value -> walk(name, value, where));
        }
      }
    }
    add(name, text.toString(), where);
  }

  private void add(String name, String text, String where) {
    String stripped = text.strip();
    if (stripped.startsWith("{") || stripped.startsWith("[")) {
      try {
        walk(name, Json.parse(stripped), where);
        return;
      } catch (ModelException e) {
        // What it grants cannot be told, so it is compared as a whole.
        computed.add(text);
      }
    }
    literals.add(new Literal(where, name, text));
  }

  private void walk(String name, JsonNode node, String outer) {
    if (node.isObject()) {
      String effect = node.path("Effect").asText();
      String where = effect.isEmpty() ? outer : where(effect, node.has("Condition"));
      for (var member : node.properties()) {
        literals.add(new Literal(where, "member", member.getKey()));
        walk(member.getKey(), member.getValue(), where);
      }
    } else if (node.isArray()) {
      node.forEach(element -> walk(name, element, outer));
    } else {
      literals.add(new Literal(outer, name, node.asText()));
    }
  }
}
