package dev.cloudmend.states.definition;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.states.paths.ValuePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the rules of a Choice state. */
final class ChoiceParser {

  private static final List<String> COMBINATIONS = List.of("And", "Or", "Not");
  private static final String IS_PRESENT = "IsPresent";

  private ChoiceParser() {}

  /** Nothing when a rule could not be read. */
  static Optional<List<State.Choice.Rule>> rules(FieldReader state) {
    state.require("Choices");
    var rules = new ArrayList<State.Choice.Rule>();
    boolean sound = true;
    for (FieldReader reader : state.objects("Choices").values()) {
      Optional<String> next = reader.requiredText("Next");
      Optional<Condition> condition = condition(reader);
      sound &= next.isPresent() && condition.isPresent();
      condition.ifPresent(c -> next.ifPresent(n -> rules.add(new State.Choice.Rule(c, n))));
      reader.finish();
    }
    if (rules.isEmpty() && sound && state.has("Choices")) {
      state.problem("Choices", "must hold at least one rule");
    }
    return sound && !rules.isEmpty() ? Optional.of(List.copyOf(rules)) : Optional.empty();
  }

  private static Optional<Condition> condition(FieldReader reader) {
    List<String> combined = COMBINATIONS.stream().filter(reader::has).toList();
    if (combined.isEmpty()) {
      return comparison(reader);
    }
    if (combined.size() > 1) {
      reader.problem("needs exactly one of And, Or, Not");
    }
    return switch (combined.getFirst()) {
      case "And" -> nested(reader, "And").map(Condition.And::new);
      case "Or" -> nested(reader, "Or").map(Condition.Or::new);
      default ->
          reader.object("Not").flatMap(n -> inner(reader.child("Not", n))).map(Condition.Not::new);
    };
  }

  private static Optional<List<Condition>> nested(FieldReader reader, String field) {
    var conditions = new ArrayList<Condition>();
    List<FieldReader> readers = List.copyOf(reader.objects(field).values());
    readers.forEach(child -> inner(child).ifPresent(conditions::add));
    if (readers.isEmpty()) {
      reader.problem(field, "must hold at least one rule");
    }
    return conditions.size() == readers.size() && !readers.isEmpty()
        ? Optional.of(List.copyOf(conditions))
        : Optional.empty();
  }

  private static Optional<Condition> inner(FieldReader reader) {
    if (reader.text("Next").isPresent()) {
      reader.problem("Next", "only the outermost rule leads somewhere");
    }
    Optional<Condition> condition = condition(reader);
    reader.finish();
    return condition;
  }

  private static Optional<Condition> comparison(FieldReader reader) {
    reader.require("Variable");
    Optional<ValuePath> variable = reader.referencePath("Variable");
    var fields = new ArrayList<String>();
    reader.node().fieldNames().forEachRemaining(fields::add);
    fields.removeIf(field -> !isComparison(field));
    if (fields.size() != 1) {
      reader.problem("needs exactly one comparison, such as StringEquals; it has " + fields);
      fields.forEach(reader::value);
      return Optional.empty();
    }
    String field = fields.getFirst();
    Optional<JsonNode> operand = reader.value(field);
    if (variable.isEmpty() || operand.isEmpty()) {
      return Optional.empty();
    }
    if (field.equals(IS_PRESENT)) {
      return literal(reader, field, Operator.Kind.BOOLEAN, operand.get())
          .map(value -> new Condition.IsPresent(variable.get(), value.booleanValue()));
    }
    Optional<Operator> operator = Operator.ofField(field);
    if (operator.isPresent()) {
      return literal(reader, field, operator.get().kind(), operand.get())
          .map(value -> new Condition.Comparison(variable.get(), operator.get(), value));
    }
    Operator base = withPath(field).orElseThrow();
    return reader
        .referencePath(field)
        .map(path -> new Condition.PathComparison(variable.get(), base, path));
  }

  private static boolean isComparison(String field) {
    return field.equals(IS_PRESENT)
        || Operator.ofField(field).isPresent()
        || withPath(field).isPresent();
  }

  private static Optional<Operator> withPath(String field) {
    return field.endsWith("Path")
        ? Operator.ofField(field.substring(0, field.length() - 4)).filter(Operator::takesPath)
        : Optional.empty();
  }

  private static Optional<JsonNode> literal(
      FieldReader reader, String field, Operator.Kind kind, JsonNode value) {
    if (kind.accepts(value)) {
      return Optional.of(value);
    }
    reader.problem(field, "must be " + kind.description());
    return Optional.empty();
  }
}
