package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Expression.For;
import dev.cloudmend.terraform.hcl.Expression.ObjectValue;
import dev.cloudmend.terraform.hcl.Expression.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads tuples, objects and the {@code for} expressions that make them. */
final class CollectionParser {

  private final Scanner in;
  private final ExpressionParser expressions;

  CollectionParser(Scanner in, ExpressionParser expressions) {
    this.in = in;
    this.expressions = expressions;
  }

  Expression tuple() {
    int start = in.at;
    in.open("[");
    if (beginsLoop()) {
      return loop(start, false);
    }
    List<Expression> elements = new ArrayList<>();
    in.skip(true);
    while (in.peek() != ']') {
      elements.add(expressions.expression(true));
      in.skip(true);
      if (in.peek() != ']') {
        separator(",", "\",\" or \"]\"");
        in.skip(true);
      }
    }
    in.close("]");
    return new Tuple(in.from(start), elements);
  }

  Expression object() {
    int start = in.at;
    in.open("{");
    if (beginsLoop()) {
      return loop(start, true);
    }
    List<ObjectEntry> entries = new ArrayList<>();
    in.skip(true);
    while (in.peek() != '}') {
      entries.add(entry());
      in.skip(false);
      if (in.peek() == ',') {
        in.sign(",");
      } else if (in.looksAtNewline() || in.looksAtLineComment()) {
        in.newline();
      } else if (in.peek() != '}') {
        throw in.unexpected("\",\", the end of the line or \"}\"");
      }
      in.skip(true);
    }
    in.close("}");
    return new ObjectValue(in.from(start), entries);
  }

  private ObjectEntry entry() {
    int start = in.at;
    Expression key = expressions.expression(false);
    in.skip(false);
    if (in.peek() == '=') {
      in.equalsSign();
    } else {
      separator(":", "\"=\" or \":\"");
    }
    in.skip(false);
    Expression value = expressions.expression(false);
    return new ObjectEntry(in.from(start), key, value);
  }

  private void separator(String sign, String expected) {
    if (!in.looksAt(sign)) {
      throw in.unexpected(expected);
    }
    in.sign(sign);
  }

  private boolean beginsLoop() {
    int before = in.at;
    in.skip(true);
    boolean begins = in.looksAtWord("for");
    in.at = before;
    return begins;
  }

  private Expression loop(int start, boolean object) {
    in.skip(true);
    in.sign("for");
    in.skip(true);
    List<String> variables = expressions.variables();
    Expression collection = expressions.expression(true);
    in.skip(true);
    in.sign(":");
    in.skip(true);
    Optional<Expression> key = Optional.empty();
    Expression result = expressions.expression(true);
    in.skip(true);
    if (object) {
      in.sign("=>");
      in.skip(true);
      key = Optional.of(result);
      result = expressions.expression(true);
      in.skip(true);
    }
    boolean grouped = object && in.looksAt("...");
    if (grouped) {
      in.sign("...");
      in.skip(true);
    }
    Optional<Expression> condition = Optional.empty();
    if (in.looksAtWord("if")) {
      in.sign("if");
      in.skip(true);
      condition = Optional.of(expressions.expression(true));
      in.skip(true);
    }
    in.close(object ? "}" : "]");
    return new For(in.from(start), variables, collection, key, result, grouped, condition);
  }
}
