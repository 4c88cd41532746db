package dev.cloudmend.terraform.rules;

import dev.cloudmend.terraform.project.Project;
import java.util.Comparator;
import java.util.List;

/** Looks for violations in a whole project. */
public final class Scan {

  private final List<SourceRule> rules;
  private final RuleSettings settings;

  public Scan(List<SourceRule> rules, RuleSettings settings) {
    this.rules = List.copyOf(rules);
    this.settings = settings;
  }

  /** All violations, by file, line and rule. */
  public List<Violation> of(Project project) {
    return project.modules().stream()
        .flatMap(
            module -> rules.stream().flatMap(rule -> rule.violations(module, settings).stream()))
        .sorted(
            Comparator.comparing((Violation violation) -> violation.resource().file().path())
                .thenComparingInt(Violation::line)
                .thenComparing(violation -> violation.rule().id()))
        .toList();
  }
}
