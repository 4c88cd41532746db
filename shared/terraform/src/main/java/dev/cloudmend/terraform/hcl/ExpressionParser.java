package dev.cloudmend.terraform.hcl;

import dev.cloudmend.terraform.hcl.Expression.Conditional;
import dev.cloudmend.terraform.hcl.Expression.Operation;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads expressions. {@code lines} says whether a line end is a blank, as it is inside parentheses
 * and brackets, or ends the expression.
 */
final class ExpressionParser {

  private static final List<List<String>> OPERATORS =
      List.of(
          List.of("||"),
          List.of("&&"),
          List.of("==", "!="),
          List.of("<=", ">=", "<", ">"),
          List.of("+", "-"),
          List.of("*", "/", "%"));

  private static final String SIGNS = "|&=!<>+-*/%";

  private final Scanner in;
  private final TermParser terms;

  ExpressionParser(Scanner in) {
    this.in = in;
    this.terms = new TermParser(in, this);
  }

  TemplateParser templates() {
    return terms.templates();
  }

  Expression expression(boolean lines) {
    in.enter();
    Expression value = conditional(lines);
    in.leave();
    return value;
  }

  /** The one or two names after {@code for}, with the {@code in}. */
  List<String> variables() {
    List<String> names = new ArrayList<>();
    names.add(in.name("a name"));
    in.skip(true);
    if (in.peek() == ',') {
      in.sign(",");
      in.skip(true);
      names.add(in.name("a name"));
      in.skip(true);
    }
    if (!in.looksAtWord("in")) {
      throw in.unexpected("\"in\"");
    }
    in.sign("in");
    in.skip(true);
    return names;
  }

  private Expression conditional(boolean lines) {
    int start = in.at;
    Expression condition = operation(0, lines);
    int end = in.at;
    in.skip(lines);
    if (in.peek() != '?') {
      in.at = end;
      return condition;
    }
    in.sign("?");
    in.skip(lines);
    Expression then = expression(lines);
    in.skip(lines);
    in.sign(":");
    in.skip(lines);
    Expression otherwise = expression(lines);
    return new Conditional(in.from(start), condition, then, otherwise);
  }

  private Expression operation(int lowest, boolean lines) {
    int start = in.at;
    Expression left = unary(lines);
    int precedence = precedence(lines);
    while (precedence >= lowest) {
      List<String> operators = new ArrayList<>();
      List<Expression> operands = new ArrayList<>(List.of(left));
      int level = precedence;
      while (precedence == level) {
        in.skip(lines);
        String operator = operatorAt(level);
        in.sign(operator);
        in.skip(lines);
        operators.add(operator);
        in.enter();
        operands.add(operation(level + 1, lines));
        in.leave();
        precedence = precedence(lines);
      }
      left = new Operation(in.from(start), operators, operands);
    }
    return left;
  }

  /** The precedence of the operator that follows, -1 if none does; the cursor stays. */
  private int precedence(boolean lines) {
    int end = in.at;
    in.skip(lines);
    int found = -1;
    boolean possible = SIGNS.indexOf(in.peek()) >= 0 && !in.looksAtLineComment();
    for (int level = 0; level < OPERATORS.size() && found < 0 && possible; level++) {
      found = operatorAt(level).isEmpty() ? -1 : level;
    }
    in.at = end;
    return found;
  }

  private String operatorAt(int level) {
    for (String operator : OPERATORS.get(level)) {
      if (in.looksAt(operator)) {
        return operator;
      }
    }
    return "";
  }

  private Expression unary(boolean lines) {
    char sign = in.peek();
    if (sign != '!' && sign != '-') {
      return terms.term(lines);
    }
    int start = in.at++;
    in.skip(lines);
    in.enter();
    Expression operand = unary(lines);
    in.leave();
    return new Operation(in.from(start), List.of(String.valueOf(sign)), List.of(operand));
  }
}
