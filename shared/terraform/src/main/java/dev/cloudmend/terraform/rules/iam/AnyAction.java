package dev.cloudmend.terraform.rules.iam;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;

/** A policy allows every action, if on some resources only. It is shown. */
final class AnyAction implements SourceRule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "iam-policy-any-action",
          "No IAM policy allows every action",
          """
          The action "*" takes in deleting, giving rights to others, and whatever AWS adds next \
          year.""",
          Severity.HIGH,
          Safety.BREAKING,
          List.of("CKV_AWS_49", "CKV_AWS_63"),
          List.of(),
          List.of(),
          IdentityPolicies.types());

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return IdentityPolicies.violations(
        INFO,
        module,
        statement -> statement.allows() && statement.actions().contains("*"),
        "allows every action",
        "which actions are needed is not to be guessed: list those in use");
  }
}
