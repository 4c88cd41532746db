package dev.cloudmend.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The comparisons of Choice rules. A value of another type than the comparison's never matches.
 *
 * @see <a href="https://states-language.net/spec.html#choice-state">Choice State</a>
 */
@SuppressWarnings("ImmutableEnumChecker")
public enum Operator {
  STRING_EQUALS(Kind.STRING, "StringEquals", order -> order == 0),
  STRING_LESS_THAN(Kind.STRING, "StringLessThan", order -> order < 0),
  STRING_GREATER_THAN(Kind.STRING, "StringGreaterThan", order -> order > 0),
  STRING_LESS_THAN_EQUALS(Kind.STRING, "StringLessThanEquals", order -> order <= 0),
  STRING_GREATER_THAN_EQUALS(Kind.STRING, "StringGreaterThanEquals", order -> order >= 0),
  NUMERIC_EQUALS(Kind.NUMERIC, "NumericEquals", order -> order == 0),
  NUMERIC_LESS_THAN(Kind.NUMERIC, "NumericLessThan", order -> order < 0),
  NUMERIC_GREATER_THAN(Kind.NUMERIC, "NumericGreaterThan", order -> order > 0),
  NUMERIC_LESS_THAN_EQUALS(Kind.NUMERIC, "NumericLessThanEquals", order -> order <= 0),
  NUMERIC_GREATER_THAN_EQUALS(Kind.NUMERIC, "NumericGreaterThanEquals", order -> order >= 0),
  BOOLEAN_EQUALS(Kind.BOOLEAN, "BooleanEquals", order -> order == 0),
  TIMESTAMP_EQUALS(Kind.TIMESTAMP, "TimestampEquals", order -> order == 0),
  TIMESTAMP_LESS_THAN(Kind.TIMESTAMP, "TimestampLessThan", order -> order < 0),
  TIMESTAMP_GREATER_THAN(Kind.TIMESTAMP, "TimestampGreaterThan", order -> order > 0),
  TIMESTAMP_LESS_THAN_EQUALS(Kind.TIMESTAMP, "TimestampLessThanEquals", order -> order <= 0),
  TIMESTAMP_GREATER_THAN_EQUALS(Kind.TIMESTAMP, "TimestampGreaterThanEquals", order -> order >= 0),
  STRING_MATCHES("StringMatches", Kind.STRING, Operator::matches, false),
  IS_NULL("IsNull", Kind.BOOLEAN, is(JsonNode::isNull), false),
  IS_STRING("IsString", Kind.BOOLEAN, is(JsonNode::isTextual), false),
  IS_NUMERIC("IsNumeric", Kind.BOOLEAN, is(JsonNode::isNumber), false),
  IS_BOOLEAN("IsBoolean", Kind.BOOLEAN, is(JsonNode::isBoolean), false),
  IS_TIMESTAMP("IsTimestamp", Kind.BOOLEAN, is(value -> timestamp(value).isPresent()), false);

  /** The type of the value that the definition gives. */
  enum Kind {
    STRING("a string"),
    NUMERIC("a number"),
    BOOLEAN("true or false"),
    TIMESTAMP("a timestamp such as 2001-01-01T12:00:00Z");

    private final String description;

    Kind(String description) {
      this.description = description;
    }

    String description() {
      return description;
    }

    boolean accepts(JsonNode value) {
      return switch (this) {
        case STRING -> value.isTextual();
        case NUMERIC -> value.isNumber();
        case BOOLEAN -> value.isBoolean();
        case TIMESTAMP -> timestamp(value).isPresent();
      };
    }

    private OptionalInt compare(JsonNode left, JsonNode right) {
      if (!accepts(left) || !accepts(right)) {
        return OptionalInt.empty();
      }
      return OptionalInt.of(
          switch (this) {
            case STRING -> left.textValue().compareTo(right.textValue());
            case NUMERIC -> left.decimalValue().compareTo(right.decimalValue());
            case BOOLEAN -> Boolean.compare(left.booleanValue(), right.booleanValue());
            case TIMESTAMP ->
                timestamp(left).orElseThrow().compareTo(timestamp(right).orElseThrow());
          });
    }
  }

  private static final Map<String, Operator> BY_FIELD =
      Arrays.stream(values()).collect(Collectors.toMap(Operator::field, Function.identity()));

  private final String field;
  private final Kind kind;
  private final BiPredicate<JsonNode, JsonNode> test;
  private final boolean takesPath;

  Operator(Kind kind, String field, IntPredicate relation) {
    this(
        field,
        kind,
        (value, operand) -> {
          OptionalInt order = kind.compare(value, operand);
          return order.isPresent() && relation.test(order.getAsInt());
        },
        true);
  }

  Operator(String field, Kind kind, BiPredicate<JsonNode, JsonNode> test, boolean takesPath) {
    this.field = field;
    this.kind = kind;
    this.test = test;
    this.takesPath = takesPath;
  }

  static Optional<Operator> ofField(String field) {
    return Optional.ofNullable(BY_FIELD.get(field));
  }

  /** The name of the definition's field. */
  public String field() {
    return field;
  }

  Kind kind() {
    return kind;
  }

  /** Whether there is a form {@code …Path} that compares with another value of the data. */
  boolean takesPath() {
    return takesPath;
  }

  boolean test(JsonNode value, JsonNode operand) {
    return test.test(value, operand);
  }

  private static BiPredicate<JsonNode, JsonNode> is(Predicate<JsonNode> type) {
    return (value, expected) -> type.test(value) == expected.booleanValue();
  }

  private static Optional<Instant> timestamp(JsonNode value) {
    return value.isTextual() ? Timestamps.parse(value.textValue()) : Optional.empty();
  }

  private static boolean matches(JsonNode value, JsonNode pattern) {
    return value.isTextual() && Wildcards.match(pattern.textValue(), value.textValue());
  }
}
