package dev.cloudmend.configuration.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.configuration.policy.Explanation.PassedOver;
import dev.cloudmend.model.Decision;
import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Rules in order, of which the first that matches decides; where none does, the playbook's tier:
 * auto is automatic, guided is guided, manual is manual.
 *
 * <p>A fix whose channels no rule says goes to the resource itself, and to its source too where a
 * repository may hold that.
 *
 * <p>What is of low confidence, only suggested, or changed by a break-glass principal is never
 * automatic, whatever a rule says. A playbook of tier guided is automatic only where the rule names
 * it in {@code when.playbook.id}; one of tier manual is never more than manual.
 */
public final class Policy {

  /** No rule: the tier decides. */
  public static final Policy BUILT_IN = new Policy(List.of());

  private final List<Rule> rules;

  private Policy(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /**
   * A policy of rules.
   *
   * @param rules in the order in which they are asked
   */
  public static Policy of(List<Rule> rules) {
    return new Policy(rules);
  }

  /** The rules, in the order in which they are asked. */
  public List<Rule> rules() {
    return rules;
  }

  /** The rules as they hold, for hashing. */
  public ArrayNode tree() {
    ArrayNode tree = Json.mapper().createArrayNode();
    rules.forEach(rule -> tree.add(rule.tree()));
    return tree;
  }

  /**
   * Decides.
   *
   * @param live the run's switch
   * @param configuration the hash of the configuration that this policy stands in
   * @throws PolicyException when a rule cannot be matched
   */
  public Decision decide(PolicyInput input, boolean live, String configuration) {
    return decision(first(input.document()), input, live, configuration);
  }

  /**
   * Decides, and says why the rules before the one that decided did not match.
   *
   * @param live the run's switch
   * @param configuration the hash of the configuration that this policy stands in
   * @throws PolicyException when a rule cannot be matched
   */
  public Explanation explain(PolicyInput input, boolean live, String configuration) {
    ObjectNode document = input.document();
    int first = first(document);
    var passedOver = new ArrayList<PassedOver>();
    for (Rule rule : rules.subList(0, first)) {
      passedOver.add(new PassedOver(rule.name(), rule.line(), mismatches(rule, document)));
    }
    return new Explanation(decision(first, input, live, configuration), passedOver);
  }

  /** The place of the first rule that matches; the number of rules where none does. */
  private int first(ObjectNode document) {
    for (int i = 0; i < rules.size(); i++) {
      if (matches(rules.get(i), document)) {
        return i;
      }
    }
    return rules.size();
  }

  private static boolean matches(Rule rule, ObjectNode document) {
    try {
      return rule.when().matches(document);
    } catch (RuntimeException e) {
      throw new PolicyException(rule.name(), e);
    }
  }

  private static List<String> mismatches(Rule rule, ObjectNode document) {
    try {
      return rule.when().mismatches(document);
    } catch (RuntimeException e) {
      throw new PolicyException(rule.name(), e);
    }
  }

  private Decision decision(int first, PolicyInput input, boolean live, String configuration) {
    if (first == rules.size()) {
      return builtIn(input, live, configuration);
    }
    Rule rule = rules.get(first);
    Guards held =
        Guards.of(rule.name(), rule.mode(), rule.when().names(input.playbook().id()), input);
    return new Decision(
        held.mode(),
        !live || rule.dryRun(),
        rule.name(),
        rule.channels().orElseGet(() -> unsaid(input)),
        held.notes(),
        configuration);
  }

  private static Decision builtIn(PolicyInput input, boolean live, String configuration) {
    String name = "built-in: tier " + input.playbook().tier();
    Mode mode =
        switch (input.playbook().tier()) {
          case auto -> Mode.automatic;
          case guided -> Mode.guided;
          case manual -> Mode.manual;
        };
    Guards held = Guards.of(name, mode, false, input);
    return new Decision(held.mode(), !live, name, unsaid(input), held.notes(), configuration);
  }

  /** A live fix that the source does not have is gone at its next apply. */
  private static List<String> unsaid(PolicyInput input) {
    return input.mapped() ? List.of(Decision.LIVE, Decision.PULL_REQUEST) : List.of(Decision.LIVE);
  }
}
