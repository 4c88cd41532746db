package dev.cloudmend.local.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.local.InputException;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.Rules;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;

/** Rules of Terraform source, as commands name and show them. */
final class SourceRules {

  private SourceRules() {}

  /**
   * The rules of these ids, or all where none is given.
   *
   * @throws InputException when there is no rule of an id
   */
  static List<SourceRule> named(List<String> ids) {
    return ids.isEmpty()
        ? Rules.standard()
        : ids.stream()
            .map(
                id ->
                    Rules.byId(id)
                        .orElseThrow(
                            () ->
                                new InputException(
                                    "--rule: there is no rule '"
                                        + Console.shown(id)
                                        + "'; expected one that 'cloudmend scan --list' shows")))
            .toList();
  }

  static boolean isGrave(RuleInfo rule) {
    return rule.severity() == Severity.CRITICAL || rule.severity() == Severity.HIGH;
  }

  /** A violation for machines. */
  static ObjectNode document(Violation violation) {
    ObjectNode node = Json.object();
    RuleInfo rule = violation.rule();
    node.put("rule", rule.id());
    node.put("title", rule.title());
    node.put("severity", rule.severity().name());
    node.put("safety", rule.safety().name());
    node.set("checkov", Json.toTree(rule.checkov()));
    node.set("trivy", Json.toTree(rule.trivy()));
    node.put("file", violation.resource().file().path());
    node.put("line", violation.line());
    node.put("address", violation.resource().address());
    node.put("module", violation.resource().module().toString());
    node.put("message", violation.message());
    switch (violation.remedy()) {
      case Remedy.Edit edit -> {
        node.put("fixable", true);
        node.set("reaches", Json.toTree(edit.reaches()));
        node.set("warnings", Json.toTree(edit.warnings()));
      }
      case Remedy.None none -> node.put("fixable", false).put("reason", none.reason());
    }
    return node;
  }

  /** Names the files that were left alone. */
  static void refusals(Console console, Project project) {
    project
        .refusals()
        .forEach(
            refusal ->
                console
                    .err()
                    .println(
                        "cloudmend: left alone: "
                            + Console.shown(refusal.path() + ": " + refusal.reason())));
  }
}
