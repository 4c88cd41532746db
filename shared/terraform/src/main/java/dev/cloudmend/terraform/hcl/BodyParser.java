package dev.cloudmend.terraform.hcl;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads bodies: the file's own and those of blocks. */
final class BodyParser {

  private final Scanner in;
  private final ExpressionParser expressions;

  BodyParser(Scanner in) {
    this.in = in;
    this.expressions = new ExpressionParser(in);
  }

  Body file() {
    int start = in.at;
    List<BodyItem> items = items();
    if (!in.atEnd()) {
      throw in.unexpected("an argument or a block");
    }
    return new Body(in.from(start), items);
  }

  /** An expression and nothing else but blanks and comments around it. */
  Expression expressionOnly() {
    in.skip(true);
    Expression value = expressions.expression(false);
    in.skip(true);
    if (!in.atEnd()) {
      throw in.unexpected("the end of the expression");
    }
    return value;
  }

  private List<BodyItem> items() {
    List<BodyItem> items = new ArrayList<>();
    Set<String> names = new HashSet<>();
    in.skip(true);
    while (in.looksAtName()) {
      BodyItem item = item();
      if (item instanceof Attribute attribute) {
        once(attribute, names);
      }
      items.add(item);
      in.skip(false);
      if (!in.atEnd() && !in.looksAtNewline() && !in.looksAtLineComment()) {
        throw in.unexpected("the end of the line");
      }
      in.skip(true);
    }
    return items;
  }

  private void once(Attribute attribute, Set<String> names) {
    if (!names.add(attribute.name())) {
      throw in.refusal(
          attribute.span().start(),
          "a second argument of the name \"" + attribute.name() + "\"",
          "each argument of a block once");
    }
  }

  private BodyItem item() {
    int start = in.at;
    String name = in.name("an argument or a block");
    Span nameSpan = in.from(start);
    in.skip(false);
    if (in.peek() == '=' && !in.looksAt("==")) {
      return attribute(nameSpan, name);
    }
    in.enter();
    Block block = block(start, name);
    in.leave();
    return block;
  }

  private Attribute attribute(Span nameSpan, String name) {
    in.equalsSign();
    in.skip(false);
    Expression value = expressions.expression(false);
    return new Attribute(in.from(nameSpan.start()), nameSpan, name, value);
  }

  private Block block(int start, String type) {
    List<Label> labels = new ArrayList<>();
    while (in.peek() != '{') {
      labels.add(label());
      in.skip(false);
    }
    in.open("{");
    Span header = in.from(start);
    int inner = in.at;
    in.skip(false);
    boolean oneLine = !in.looksAtNewline() && !in.looksAtLineComment();
    List<BodyItem> items = oneLine ? only() : items();
    if (in.atEnd()) {
      throw in.refusal(start, "a block that does not end", "\"}\"");
    }
    Body body = new Body(in.from(inner), items);
    in.close("}");
    return new Block(in.from(start), header, type, labels, body, oneLine);
  }

  private Label label() {
    if (in.peek() == '"') {
      return expressions.templates().label();
    }
    int start = in.at;
    String name = in.name("a label, \"{\" or \"=\"");
    return new Label(in.from(start), name, false);
  }

  private List<BodyItem> only() {
    if (in.peek() == '}') {
      return List.of();
    }
    int start = in.at;
    String name = in.name("an argument or \"}\"");
    Span nameSpan = in.from(start);
    in.skip(false);
    if (in.peek() != '=') {
      throw in.unexpected("\"=\": a block on one line holds one argument and no block");
    }
    Attribute attribute = attribute(nameSpan, name);
    in.skip(false);
    if (in.peek() != '}') {
      throw in.unexpected("\"}\": a block on one line holds one argument");
    }
    return List.of(attribute);
  }
}
