package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.policy.EventPattern;
import dev.cloudmend.configuration.policy.PolicyField;
import dev.cloudmend.configuration.policy.PolicyFields;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks the pattern of a rule beyond what EventBridge does: a field that the document does not
 * have, or a value that a field never has, would make a rule that never matches, and what it was to
 * hold back would go through.
 */
final class PatternCheck {

  private static final int SHOWN = 80;
  private static final int MOST_ALTERNATIVES = 1_000;

  private final YamlDocument document;
  private final List<ConfigurationProblem> problems;
  private final String rule;

  private PatternCheck(YamlDocument document, List<ConfigurationProblem> problems, String rule) {
    this.document = document;
    this.problems = problems;
    this.rule = rule;
  }

  /**
   * Checks and reads a pattern.
   *
   * @param rule how problems call the rule
   * @param pointer where the pattern stands
   * @param problems takes what is wrong
   * @return the pattern, where nothing is
   */
  static Optional<EventPattern> read(
      YamlDocument document,
      String rule,
      String pointer,
      ObjectNode pattern,
      List<ConfigurationProblem> problems) {
    int before = problems.size();
    var check = new PatternCheck(document, problems, rule);
    check.members(pattern, "", pointer);
    if (problems.size() > before) {
      return Optional.empty();
    }
    if (alternatives(pattern) > MOST_ALTERNATIVES) {
      check.problem(
          pointer,
          "the alternatives of $or multiply to more than " + MOST_ALTERNATIVES,
          "several rules");
      return Optional.empty();
    }
    try {
      return Optional.of(EventPattern.of(pattern));
    } catch (ModelException e) {
      check.problem(
          pointer,
          String.valueOf(e.getMessage()),
          "each field once: beside $or, or in its alternatives");
      return Optional.empty();
    }
  }

  private void members(ObjectNode part, String path, String pointer) {
    for (Map.Entry<String, JsonNode> member : part.properties()) {
      String name = member.getKey();
      String at = Pointers.member(pointer, name);
      if (name.equals(EventPattern.OR)) {
        or(member.getValue(), path, at);
      } else {
        member(path.isEmpty() ? name : path + "." + name, name, member.getValue(), at);
      }
    }
  }

  private void or(JsonNode alternatives, String path, String pointer) {
    if (!(alternatives instanceof ArrayNode) || alternatives.size() < 2) {
      problem(pointer, "$or has no alternatives", "a list of at least two patterns");
      return;
    }
    for (int i = 0; i < alternatives.size(); i++) {
      String at = Pointers.element(pointer, i);
      if (alternatives.get(i) instanceof ObjectNode alternative && !alternative.isEmpty()) {
        members(alternative, path, at);
      } else {
        problem(at, "an alternative of $or is no pattern", "an object with fields");
      }
    }
  }

  private void member(String path, String name, JsonNode value, String pointer) {
    PolicyField field = PolicyFields.all().get(path);
    boolean dotted = name.contains(".");
    if (field != null && !dotted) {
      values(field, value, pointer);
      return;
    }
    boolean holdsFields =
        PolicyFields.all().keySet().stream().anyMatch(known -> known.startsWith(path + "."));
    if (!holdsFields || dotted) {
      problems.add(
          document.problemOfKey(
              pointer,
              said(
                  "the document has no "
                      + Text.shown(path, SHOWN)
                      + (dotted && (field != null || holdsFields)
                          ? " with a dot in its name"
                          : "")),
              dotted && field != null ? nested(name) : NearestFields.of(path)));
    } else if (value instanceof ObjectNode object && !object.isEmpty()) {
      members(object, path, pointer);
    } else {
      problem(pointer, path + " has fields of its own", NearestFields.of(path));
    }
  }

  private void values(PolicyField field, JsonNode value, String pointer) {
    if (!(value instanceof ArrayNode values) || values.isEmpty()) {
      problem(
          pointer,
          field.path() + " has no list of values",
          "a list such as [" + example(field) + "]");
      return;
    }
    for (int i = 0; i < values.size(); i++) {
      String at = Pointers.element(pointer, i);
      switch (values.get(i)) {
        case ObjectNode expression -> expression(field, expression, at);
        case ArrayNode inner ->
            problem(
                at, "a list in the list of " + field.path(), "values such as " + example(field));
        case JsonNode literal -> literal(field, literal, at, true);
      }
    }
  }

  /** A comparison such as {@code {anything-but: [a, b]}}. */
  private void expression(PolicyField field, ObjectNode expression, String pointer) {
    int before = problems.size();
    for (Map.Entry<String, JsonNode> member : expression.properties()) {
      String at = Pointers.member(pointer, member.getKey());
      switch (member.getKey()) {
        case "exists" -> {}
        case "exact", "equals-ignore-case" -> literals(field, member.getValue(), at, false);
        case "anything-but" -> literals(field, member.getValue(), at, true);
        case "numeric" ->
            problem(at, field.path() + " is no number, so numeric never matches", expected(field));
        default -> {
          if (field.type() == PolicyField.Type.FLAG) {
            problem(at, "never matches: " + field.path() + " is no text", expected(field));
          }
        }
      }
    }
    if (problems.size() > before) {
      return;
    }
    try {
      EventPattern.checkValue(expression);
    } catch (ModelException e) {
      problem(
          pointer,
          String.valueOf(e.getMessage()),
          "a comparison of EventBridge, such as {prefix: text}");
    }
  }

  private void literals(PolicyField field, JsonNode value, String pointer, boolean caseCounts) {
    switch (value) {
      case ArrayNode values -> {
        for (int i = 0; i < values.size(); i++) {
          literal(field, values.get(i), Pointers.element(pointer, i), caseCounts);
        }
      }
      case ObjectNode nested -> {
        JsonNode ignoringCase = nested.path("equals-ignore-case");
        if (!ignoringCase.isMissingNode()) {
          literals(field, ignoringCase, Pointers.member(pointer, "equals-ignore-case"), false);
        }
      }
      case JsonNode literal -> literal(field, literal, pointer, caseCounts);
    }
  }

  private void literal(PolicyField field, JsonNode value, String pointer, boolean caseCounts) {
    String written = Text.shown(document.written(pointer).orElse(value.toString()), SHOWN);
    boolean flag = field.type() == PolicyField.Type.FLAG;
    if (value.isContainerNode()) {
      // event-ruler says what may stand in a comparison.
      return;
    }
    if (value.isNull()) {
      problem(
          pointer,
          field.path() + " is never empty",
          expected(field) + "; {exists: false} where it is to be absent");
    } else if (flag ? !value.isBoolean() : !value.isTextual()) {
      String kind = value.isNumber() ? "a number" : value.isBoolean() ? "true or false" : "text";
      problem(
          pointer,
          written
              + " is "
              + kind
              + ", so "
              + field.path()
              + " never has it"
              + (flag ? "" : ": quote it"),
          expected(field));
    } else if (!flag && !field.values().isEmpty() && !has(field, value.textValue(), caseCounts)) {
      problem(pointer, field.path() + " is never '" + written + "'", expected(field));
    }
  }

  private static boolean has(PolicyField field, String value, boolean caseCounts) {
    return field.values().stream()
        .anyMatch(v -> caseCounts ? v.equals(value) : v.equalsIgnoreCase(value));
  }

  private static String expected(PolicyField field) {
    if (!field.values().isEmpty()) {
      return "one of " + String.join(", ", field.values().stream().sorted().toList());
    }
    return field.type() == PolicyField.Type.FLAG ? "true or false" : "text in quotes";
  }

  private static String example(PolicyField field) {
    return field.type() == PolicyField.Type.FLAG
        ? "true"
        : field.values().stream().sorted().findFirst().orElse("\"text\"");
  }

  private static String nested(String dotted) {
    return dotted.replace(".", ": {") + ": […]" + "}".repeat(dotted.split("\\.", -1).length - 1);
  }

  /** How many patterns event-ruler makes of one: it multiplies every $or with the next. */
  private static long alternatives(JsonNode part) {
    long product = 1;
    for (Map.Entry<String, JsonNode> member : part.properties()) {
      JsonNode value = member.getValue();
      long factor =
          member.getKey().equals(EventPattern.OR)
              ? value.valueStream().mapToLong(PatternCheck::alternatives).sum()
              : value.isObject() ? alternatives(value) : 1;
      product = Math.min(product * factor, Integer.MAX_VALUE);
    }
    return product;
  }

  private void problem(String pointer, String message, String expected) {
    problems.add(document.problem(pointer, said(message), expected));
  }

  private String said(String message) {
    return rule + ": " + message;
  }
}
