package dev.cloudmend.terraform.rules.iam;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A policy is given to a user and not to a group or role. It is shown. */
final class UserPolicies implements SourceRule {

  private static final String INLINE = "aws_iam_user_policy";
  private static final String ATTACHMENT = "aws_iam_user_policy_attachment";
  private static final String ANY_ATTACHMENT = "aws_iam_policy_attachment";

  private static final RuleInfo INFO =
      new RuleInfo(
          "iam-user-direct-policies",
          "No IAM policy is attached to a user",
          """
          Rights that each person was given apart are forgotten when the person changes work. A \
          group or role shows who may do what, and is changed in one place.""",
          Severity.LOW,
          Safety.BREAKING,
          List.of("CKV_AWS_40"),
          List.of("AWS-0143"),
          List.of(),
          List.of(INLINE, ATTACHMENT, ANY_ATTACHMENT));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Stream.of(
            module.resources(INLINE).stream().flatMap(policy -> violation(policy, "user")),
            module.resources(ATTACHMENT).stream().flatMap(policy -> violation(policy, "user")),
            module.resources(ANY_ATTACHMENT).stream()
                .filter(attachment -> isGiven(attachment, "users"))
                .flatMap(policy -> violation(policy, "users")))
        .flatMap(violations -> violations)
        .toList();
  }

  /** A list that is written out is not empty even if its elements are known at apply only. */
  private static boolean isGiven(ResourceBlock attachment, String argument) {
    return attachment
        .block()
        .attribute(argument)
        .filter(
            there ->
                switch (there.value()) {
                  case Expression.Tuple tuple -> !tuple.elements().isEmpty();
                  default ->
                      attachment.value(argument) instanceof Value.Known known
                          && isFull(known.value());
                })
        .isPresent();
  }

  private static boolean isFull(JsonNode node) {
    return node.isArray() && !node.isEmpty();
  }

  private static Stream<Violation> violation(ResourceBlock policy, String argument) {
    Optional<Attribute> place = policy.block().attribute(argument);
    return place.stream()
        .map(
            there ->
                new Violation(
                    INFO,
                    policy,
                    there.span(),
                    "it gives rights to a user directly",
                    new Remedy.None(
                        "which group the user is to have the right from is not to be guessed:"
                            + " attach the policy to a group that the user is in, then remove it"
                            + " here")));
  }
}
