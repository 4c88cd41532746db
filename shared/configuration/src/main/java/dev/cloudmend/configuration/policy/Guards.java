package dev.cloudmend.configuration.policy;

import dev.cloudmend.model.Decision.Mode;
import dev.cloudmend.model.Diagnosis.Confidence;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds whatever the rules say. A guard makes a mode stricter, never looser, and says so.
 *
 * @param mode the mode that holds
 * @param notes why it is not the rule's, where it is not
 */
record Guards(Mode mode, List<String> notes) {

  /**
   * Holds the guards against a rule.
   *
   * @param rule the name of the rule that matched
   * @param mode the rule's mode
   * @param named whether the rule names the playbook
   */
  static Guards of(String rule, Mode mode, boolean named, PolicyInput input) {
    String says = "rule '" + rule + "' says " + mode + "; ";
    String playbook = input.playbook().id();
    if (input.playbook().tier() == Tier.manual && (mode == Mode.automatic || mode == Mode.guided)) {
      return new Guards(
          Mode.manual,
          List.of(says + "manual, because playbook " + playbook + " is of tier manual"));
    }
    List<String> reasons = mode == Mode.automatic ? againstAutomatic(named, input) : List.of();
    return reasons.isEmpty()
        ? new Guards(mode, List.of())
        : new Guards(
            Mode.guided, reasons.stream().map(r -> says + "guided, because " + r).toList());
  }

  private static List<String> againstAutomatic(boolean named, PolicyInput input) {
    var reasons = new ArrayList<String>();
    if (input.confidence() == Confidence.low) {
      reasons.add("the confidence of the diagnosis is low");
    }
    if (input.suggested()) {
      reasons.add("the playbook is only suggested");
    }
    if (input.breakGlass()) {
      reasons.add("a break-glass principal made the change");
    }
    if (input.playbook().tier() == Tier.guided && !named) {
      reasons.add(
          "playbook "
              + input.playbook().id()
              + " is of tier guided and the rule does not name it in when.playbook.id");
    }
    return reasons;
  }
}
