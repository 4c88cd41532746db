package dev.cloudmend.terraform.hcl;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A value as it is written. Nothing is evaluated.
 *
 * <p>Source: the HCL native syntax specification, "Expressions" and "Templates"
 * (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md).
 */
public sealed interface Expression {

  /** From its first to its last char. */
  Span span();

  /** What it is made of, in the order of the source; empty for a literal. */
  default List<Expression> children() {
    return List.of();
  }

  /**
   * Every traversal in it that begins at a name of the module: not those of a {@code for}'s own
   * variables.
   */
  default List<Reference> references() {
    return References.in(this);
  }

  /** Its text when it is a quoted text or heredoc without interpolation, unescaped. */
  default Optional<String> string() {
    return switch (this) {
      case Quoted quoted -> Template.literal(quoted.parts());
      case Heredoc heredoc -> heredoc.value();
      case Parenthesised parenthesised -> parenthesised.inner().string();
      default -> Optional.empty();
    };
  }

  /** A number, boolean or {@code null}. */
  sealed interface Literal extends Expression permits NumberValue, BooleanValue, NullValue {

    /** As a text. */
    String text();
  }

  /** A number. */
  record NumberValue(Span span, BigDecimal value) implements Literal {
    @Override
    public String text() {
      return value.toPlainString();
    }
  }

  /** {@code true} or {@code false}. */
  record BooleanValue(Span span, boolean value) implements Literal {
    @Override
    public String text() {
      return String.valueOf(value);
    }
  }

  /** {@code null}, which Terraform reads as "not set". */
  record NullValue(Span span) implements Literal {
    @Override
    public String text() {
      return "null";
    }
  }

  /** A text in quotes; {@link #string} is empty when it has interpolations or directives. */
  record Quoted(Span span, List<Template> parts) implements Expression {
    public Quoted {
      parts = List.copyOf(parts);
    }

    @Override
    public List<Expression> children() {
      return Template.expressions(parts);
    }
  }

  /**
   * A heredoc.
   *
   * @param span from {@code <<} to the closing marker's last char
   * @param indented whether it begins with {@code <<-}, which takes the common indentation away
   * @param content its lines, with the last one's end, without the closing marker's line
   */
  record Heredoc(Span span, String marker, boolean indented, Span content, List<Template> parts)
      implements Expression {
    public Heredoc {
      parts = List.copyOf(parts);
    }

    @Override
    public List<Expression> children() {
      return Template.expressions(parts);
    }

    private Optional<String> value() {
      Optional<String> literal = Template.literal(parts);
      return indented ? literal.map(Template::withoutIndentation) : literal;
    }
  }

  /** {@code [a, b]}. */
  record Tuple(Span span, List<Expression> elements) implements Expression {
    public Tuple {
      elements = List.copyOf(elements);
    }

    @Override
    public List<Expression> children() {
      return elements;
    }
  }

  /** <code>{ a = 1 }</code>. */
  record ObjectValue(Span span, List<ObjectEntry> entries) implements Expression {
    public ObjectValue {
      entries = List.copyOf(entries);
    }

    /** The first entry whose key is this name, bare or in quotes. */
    public Optional<ObjectEntry> entry(String name) {
      return entries.stream()
          .filter(entry -> entry.name().filter(name::equals).isPresent())
          .findFirst();
    }

    @Override
    public List<Expression> children() {
      return entries.stream().flatMap(ObjectEntry::expressions).toList();
    }
  }

  /** A traversal from a name: {@code aws_s3_bucket.a.id}, {@code a[0].b}, {@code a[*].b}. */
  record Reference(Span span, String root, List<Step> steps) implements Expression {
    public Reference {
      steps = List.copyOf(steps);
    }

    /**
     * The root and the names after it, up to the first index or splat: {@code [aws_s3_bucket, a]}
     * of {@code aws_s3_bucket.a[0].id}.
     */
    public List<String> names() {
      return Step.names(root, steps);
    }

    @Override
    public List<Expression> children() {
      return Step.expressions(steps);
    }
  }

  /** A traversal from a value: {@code f(x).a[0]}. */
  record Access(Span span, Expression source, List<Step> steps) implements Expression {
    public Access {
      steps = List.copyOf(steps);
    }

    @Override
    public List<Expression> children() {
      return References.join(List.of(source), Step.expressions(steps));
    }
  }

  /**
   * A call.
   *
   * @param name with its namespaces, if any: {@code provider::aws::arn_parse}
   * @param expanded whether the last argument is followed by {@code ...}
   */
  record Call(Span span, String name, List<Expression> arguments, boolean expanded)
      implements Expression {
    public Call {
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<Expression> children() {
      return arguments;
    }
  }

  /** {@code condition ? then : otherwise}. */
  record Conditional(Span span, Expression condition, Expression then, Expression otherwise)
      implements Expression {
    @Override
    public List<Expression> children() {
      return List.of(condition, then, otherwise);
    }
  }

  /**
   * {@code [for v in c : r if p]} or <code>{for k, v in c : k => r... if p}</code>.
   *
   * @param variables one or two names
   * @param key empty for a tuple
   * @param grouped whether the result is followed by {@code ...}
   */
  record For(
      Span span,
      List<String> variables,
      Expression collection,
      Optional<Expression> key,
      Expression result,
      boolean grouped,
      Optional<Expression> condition)
      implements Expression {
    public For {
      variables = List.copyOf(variables);
    }

    @Override
    public List<Expression> children() {
      return References.join(List.of(collection), inner());
    }

    List<Expression> inner() {
      return References.join(
          key.stream().toList(), References.join(List.of(result), condition.stream().toList()));
    }
  }

  /** Operators of one precedence, left to right, or one prefix operator with one operand. */
  record Operation(Span span, List<String> operators, List<Expression> operands)
      implements Expression {
    public Operation {
      operators = List.copyOf(operators);
      operands = List.copyOf(operands);
    }

    @Override
    public List<Expression> children() {
      return operands;
    }
  }

  /** {@code (inner)}. */
  record Parenthesised(Span span, Expression inner) implements Expression {
    @Override
    public List<Expression> children() {
      return List.of(inner);
    }
  }
}
