package dev.cloudmend.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.policy.EventPattern;
import dev.cloudmend.configuration.policy.Policy;
import dev.cloudmend.configuration.policy.Rule;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the rules of a document that was checked with the schema. */
final class PolicyReader {

  private static final String BUILT_IN = "built-in:";

  private final YamlDocument document;
  private final List<ConfigurationProblem> problems;
  private final Map<String, Integer> lines = new HashMap<>();

  /**
   * A reader.
   *
   * @param problems what is wrong with the file so far; takes what else is
   */
  PolicyReader(YamlDocument document, List<ConfigurationProblem> problems) {
    this.document = document;
    this.problems = problems;
  }

  /**
   * Reads a policy.
   *
   * @param pointer where it stands
   * @return the policy; the built-in one where there is none, or anything is wrong with the file
   */
  Policy read(String pointer) {
    JsonNode rules = document.tree().at(pointer).path("rules");
    JsonNode list = rules.isArray() ? rules : MissingNode.getInstance();
    var patterns = new ArrayList<Optional<EventPattern>>();
    for (int i = 0; i < list.size(); i++) {
      patterns.add(check(list.get(i), Pointers.element(pointer + "/rules", i)));
    }
    if (!problems.isEmpty()) {
      return Policy.BUILT_IN;
    }
    var read = new ArrayList<Rule>();
    for (int i = 0; i < list.size(); i++) {
      JsonNode rule = list.get(i);
      read.add(
          new Rule(
              rule.path("name").textValue(),
              document.line(Pointers.element(pointer + "/rules", i)),
              patterns.get(i).orElse(EventPattern.ALWAYS),
              Mode.valueOf(rule.path("mode").textValue()),
              Optional.ofNullable(rule.get("channels"))
                  .map(said -> said.valueStream().map(JsonNode::textValue).toList()),
              rule.path("dryRun").booleanValue()));
    }
    return Policy.of(read);
  }

  /** Checks a rule beyond the schema; what has the wrong type is passed over. */
  private Optional<EventPattern> check(JsonNode rule, String pointer) {
    String called = "this rule";
    if (rule.path("name").isTextual()) {
      String name = rule.path("name").textValue();
      called = "rule '" + Text.shown(name, 80) + "'";
      checkName(name, pointer + "/name");
    }
    return rule.path("when") instanceof ObjectNode when
        ? PatternCheck.read(document, called, pointer + "/when", when, problems)
        : Optional.empty();
  }

  private void checkName(String name, String pointer) {
    if (!name.equals(Text.shown(name)) || (!name.isEmpty() && name.isBlank())) {
      problems.add(
          document.problem(
              pointer, "'" + Text.shown(name, 80) + "' is not printable", "printable characters"));
    }
    if (name.startsWith(BUILT_IN)) {
      problems.add(
          document.problem(
              pointer, "names with " + BUILT_IN + " are Cloudmend's own", "another name"));
    }
    Integer first = lines.putIfAbsent(name, document.line(pointer));
    if (first != null) {
      problems.add(
          document.problem(
              pointer,
              "the rule in line " + first + " has the same name '" + Text.shown(name, 80) + "'",
              "each name only once"));
    }
  }
}
