package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Expression.Access;
import dev.cloudmend.terraform.hcl.Expression.BooleanValue;
import dev.cloudmend.terraform.hcl.Expression.Call;
import dev.cloudmend.terraform.hcl.Expression.NullValue;
import dev.cloudmend.terraform.hcl.Expression.NumberValue;
import dev.cloudmend.terraform.hcl.Expression.Parenthesised;
import dev.cloudmend.terraform.hcl.Expression.Reference;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** Reads what operators stand between: literals, names with their steps, calls, parentheses. */
final class TermParser {

  /**
   * Longer numbers are no numbers of a configuration, and an exponent of nine digits fills the
   * memory.
   */
  private static final int LONGEST_NUMBER = 200;

  private static final int LARGEST_EXPONENT = 10_000;

  private final Scanner in;
  private final ExpressionParser expressions;
  private final CollectionParser collections;
  private final TemplateParser templates;

  TermParser(Scanner in, ExpressionParser expressions) {
    this.in = in;
    this.expressions = expressions;
    this.collections = new CollectionParser(in, expressions);
    this.templates = new TemplateParser(in, expressions);
  }

  TemplateParser templates() {
    return templates;
  }

  Expression term(boolean lines) {
    int start = in.at;
    Expression source = primary(lines);
    List<Step> steps = steps(lines);
    if (steps.isEmpty()) {
      return source;
    }
    return source instanceof Reference reference
        ? new Reference(in.from(start), reference.root(), steps)
        : new Access(in.from(start), source, steps);
  }

  private Expression primary(boolean lines) {
    char c = in.peek();
    if (c == '"') {
      return templates.quoted();
    }
    if (c == '[') {
      return collections.tuple();
    }
    if (c == '{') {
      return collections.object();
    }
    if (c == '(') {
      return parenthesised();
    }
    if (c == '<' && in.looksAt("<<")) {
      return templates.heredoc();
    }
    if (isDigit(c)) {
      return number();
    }
    return named(lines);
  }

  private Expression parenthesised() {
    int start = in.at;
    in.open("(");
    in.skip(true);
    Expression inner = expressions.expression(true);
    in.skip(true);
    in.close(")");
    return new Parenthesised(in.from(start), inner);
  }

  private Expression number() {
    int start = in.at;
    digits();
    if (in.peek() == '.' && in.at + 1 < in.text.length() && isDigit(in.text.charAt(in.at + 1))) {
      in.at++;
      digits();
    }
    boolean exponent = in.peek() == 'e' || in.peek() == 'E';
    if (exponent) {
      in.at++;
      if (in.peek() == '+' || in.peek() == '-') {
        in.at++;
      }
      if (!isDigit(in.peek())) {
        throw in.unexpected("a digit of the exponent");
      }
      digits();
    }
    Span span = in.from(start);
    BigDecimal value = span.length() > LONGEST_NUMBER ? BigDecimal.ZERO : parsed(span);
    if (span.length() > LONGEST_NUMBER || Math.abs((long) value.scale()) > LARGEST_EXPONENT) {
      throw in.refusal(start, "a number too long or too large", "a number that Terraform can hold");
    }
    return new NumberValue(span, value);
  }

  private BigDecimal parsed(Span span) {
    try {
      return new BigDecimal(in.text.substring(span.start(), span.end()));
    } catch (NumberFormatException e) {
      throw in.refusal(
          span.start(), "a number too long or too large", "a number that Terraform can hold");
    }
  }

  private void digits() {
    while (isDigit(in.peek())) {
      in.at++;
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private Expression named(boolean lines) {
    int start = in.at;
    String name = in.name("an expression");
    int end = in.at;
    in.skip(lines);
    if (in.peek() == '(' || in.looksAt("::")) {
      return call(start, name);
    }
    in.at = end;
    Span span = in.from(start);
    return switch (name) {
      case "true" -> new BooleanValue(span, true);
      case "false" -> new BooleanValue(span, false);
      case "null" -> new NullValue(span);
      default -> new Reference(span, name, List.of());
    };
  }

  private Expression call(int start, String first) {
    StringBuilder name = new StringBuilder(first);
    while (in.looksAt("::")) {
      in.sign("::");
      name.append("::").append(in.name("a function's name"));
      in.skip(false);
    }
    in.open("(");
    List<Expression> arguments = new ArrayList<>();
    boolean expanded = false;
    in.skip(true);
    while (in.peek() != ')') {
      arguments.add(expressions.expression(true));
      in.skip(true);
      if (in.looksAt("...")) {
        in.sign("...");
        expanded = true;
        in.skip(true);
        break;
      }
      if (in.peek() != ')') {
        in.sign(",");
        in.skip(true);
      }
    }
    in.close(")");
    return new Call(in.from(start), name.toString(), arguments, expanded);
  }

  private List<Step> steps(boolean lines) {
    List<Step> steps = new ArrayList<>();
    while (true) {
      int end = in.at;
      in.skip(lines);
      if (in.peek() == '.' && !in.looksAt("...")) {
        in.sign(".");
        in.skip(lines);
        steps.add(named());
      } else if (in.peek() == '[') {
        steps.add(indexed());
      } else {
        in.at = end;
        return steps;
      }
    }
  }

  private Step named() {
    if (in.peek() == '*') {
      in.sign("*");
      return new Step.Splat(false);
    }
    int start = in.at;
    if (isDigit(in.peek())) {
      digits();
      return new Step.Name(in.text.substring(start, in.at));
    }
    return new Step.Name(in.name("a name or an index"));
  }

  private Step indexed() {
    in.open("[");
    in.skip(true);
    if (in.peek() == '*') {
      in.sign("*");
      in.skip(true);
      in.close("]");
      return new Step.Splat(true);
    }
    Expression key = expressions.expression(true);
    in.skip(true);
    in.close("]");
    return new Step.Index(key);
  }
}
