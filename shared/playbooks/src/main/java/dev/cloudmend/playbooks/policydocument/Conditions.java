package dev.cloudmend.playbooks.policydocument;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Text;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * When a statement holds: every operator on every key has to agree.
 *
 * @param byOperator operator, key in lower case, values
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html">Condition
 *     operators</a>
 */
record Conditions(SortedMap<String, SortedMap<String, SortedSet<String>>> byOperator) {

  private static final String CONDITION = "Condition";
  private static final String IF_EXISTS = "IfExists";

  /** Those that one equal value is enough for, so that more values say more. */
  private static final Set<String> ONE_OF =
      Set.of(
          "Bool",
          "StringEquals",
          "StringEqualsIgnoreCase",
          "StringLike",
          "ArnEquals",
          "ArnLike",
          "IpAddress",
          "NumericEquals",
          "DateEquals");

  static Conditions of(JsonNode statement) {
    var byOperator = new TreeMap<String, SortedMap<String, SortedSet<String>>>();
    JsonNode condition = statement.path(CONDITION);
    if (!condition.isMissingNode()) {
      for (Map.Entry<String, JsonNode> operator : object(condition).properties()) {
        var byKey = new TreeMap<String, SortedSet<String>>();
        for (Map.Entry<String, JsonNode> key : object(operator.getValue()).properties()) {
          String name = key.getKey().toLowerCase(Locale.ROOT);
          if (byKey.put(name, Texts.ofScalars(key.getValue(), CONDITION)) != null) {
            throw new PolicyException(
                "a statement's " + CONDITION + " names the key " + Text.shown(name, 80) + " twice");
          }
        }
        if (!byKey.isEmpty()) {
          byOperator.put(operator.getKey(), byKey);
        }
      }
    }
    return new Conditions(byOperator);
  }

  /** Whether these hold whenever the others hold. */
  boolean followFrom(Conditions others) {
    return byOperator.entrySet().stream()
        .allMatch(
            operator ->
                operator.getValue().entrySet().stream()
                    .allMatch(
                        key -> others.imply(operator.getKey(), key.getKey(), key.getValue())));
  }

  private boolean imply(String operator, String key, SortedSet<String> values) {
    String strict = withoutIfExists(operator);
    // What holds of a key that has to be there also holds of one that may be absent.
    return Stream.of(operator, strict)
        .flatMap(name -> Stream.ofNullable(byOperator.get(name)))
        .flatMap(keys -> Stream.ofNullable(keys.get(key)))
        .anyMatch(mine -> ONE_OF.contains(strict) ? values.containsAll(mine) : values.equals(mine));
  }

  private static String withoutIfExists(String operator) {
    return operator.endsWith(IF_EXISTS)
        ? operator.substring(0, operator.length() - IF_EXISTS.length())
        : operator;
  }

  private static ObjectNode object(JsonNode node) {
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new PolicyException("a statement's " + CONDITION + " is not {operator: {key: value}}");
  }
}
