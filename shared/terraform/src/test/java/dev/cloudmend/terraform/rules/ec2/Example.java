package dev.cloudmend.terraform.rules.ec2;

import dev.cloudmend.terraform.project.Project;
import dev.cloudmend.terraform.project.Sources;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Scan;
import dev.cloudmend.terraform.rules.SourceFix;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Optional;

/**
 * A source that violates a rule, and what it is after the rule's edit.
 *
 * @param name a sentence
 * @param rule the rule's id
 */
record Example(String name, String rule, String before, String after) {

  /** With a key and without a destination for flow logs. */
  static final RuleSettings SETTINGS =
      new RuleSettings(
          Optional.empty(),
          Optional.of("arn:aws:kms:eu-west-1:111122223333:key/a"),
          Optional.empty(),
          RuleSettings.DEFAULT.highRiskPorts());

  static SourceRule rule(String id) {
    return Ec2Rules.all().stream()
        .filter(rule -> rule.info().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  static List<Violation> violations(String rule, String text) {
    return new Scan(List.of(rule(rule)), SETTINGS).of(Sources.project("main.tf", text));
  }

  static SourceFix.Result fix(String rule, String text) {
    return fix(rule, Sources.project("main.tf", text), SETTINGS);
  }

  static SourceFix.Result fix(String rule, Project project, RuleSettings settings) {
    return new SourceFix(new Scan(List.of(rule(rule)), settings)).fix(project, v -> true, true);
  }

  /** What a file is after the run, or nothing if it did not change. */
  static String text(SourceFix.Result result, String path) {
    return result.changed().containsKey(path) ? result.changed().get(path).text() : "";
  }

  @Override
  public String toString() {
    return rule + ": " + name;
  }
}
