package dev.cloudmend.terraform.rules.iam;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.rules.PolicyStatement;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;

/**
 * A policy allows everything on everything. It is shown; which rights are needed it does not say.
 */
final class AdminPolicies implements SourceRule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "iam-admin-policy",
          "No IAM policy allows everything",
          """
          Who gets hold of one credential with "*" on "*" owns the account: every key, every \
          bucket, every log of what they did.""",
          Severity.HIGH,
          Safety.BREAKING,
          List.of("CKV_AWS_1", "CKV_AWS_62"),
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
        AdminPolicies::allowsAll,
        "allows every action on every resource",
        "which rights are needed is not to be guessed: list the actions and resources in use, for"
            + " which IAM Access Analyzer can make a policy from CloudTrail");
  }

  private static boolean allowsAll(PolicyStatement statement) {
    return statement.allows()
        && statement.actions().contains("*")
        && statement.resources().contains("*");
  }
}
