package dev.cloudmend.terraform.rules.iam;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Expression;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.PolicyDocument;
import dev.cloudmend.terraform.rules.PolicyStatement;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * None of a group's policies asks for a second factor.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html">Allows
 *     MFA-authenticated IAM users to manage their own MFA device</a>
 */
final class GroupMfa implements SourceRule {

  private static final String GROUP = "aws_iam_group";
  private static final String PRESENT = "aws:MultiFactorAuthPresent";

  /** What AWS's own example leaves to who has no second factor yet. */
  private static final List<String> SET_UP =
      List.of(
          "iam:ChangePassword",
          "iam:CreateVirtualMFADevice",
          "iam:EnableMFADevice",
          "iam:GetMFADevice",
          "iam:GetUser",
          "iam:ListMFADevices",
          "iam:ListVirtualMFADevices",
          "iam:ResyncMFADevice",
          "sts:GetSessionToken");

  private static final RuleInfo INFO =
      new RuleInfo(
          "iam-group-mfa",
          "An IAM group's rights ask for a second factor",
          """
          A password alone is found in leaks. A condition on aws:MultiFactorAuthPresent makes the \
          group's rights worthless to who has only that.""",
          Severity.MEDIUM,
          Safety.BREAKING,
          List.of(),
          List.of("AWS-0123"),
          List.of(),
          List.of(GROUP));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return module.resources(GROUP).stream()
        .filter(GroupMfa::asksForNone)
        .map(
            group ->
                new Violation(
                    INFO,
                    group,
                    group.block().header(),
                    "none of its policies asks for a second factor",
                    remedy(group)))
        .toList();
  }

  private static Remedy remedy(ResourceBlock group) {
    Map<String, String> statement = new LinkedHashMap<>();
    statement.put("Sid", HclText.string("CloudmendDenyWithoutMfa"));
    statement.put("Effect", HclText.string("Deny"));
    statement.put("NotAction", HclText.list(SET_UP.stream().map(HclText::string).toList()));
    statement.put("Resource", HclText.string("*"));
    statement.put(
        "Condition",
        HclText.object(
            Map.of("BoolIfExists", HclText.object(Map.of(PRESENT, HclText.string("false"))))));
    Map<String, String> document = new LinkedHashMap<>();
    document.put("Version", HclText.string("2012-10-17"));
    document.put("Statement", "[\n" + HclText.object(statement).indent(2) + "]");
    return Remedies.warning(
        Remedies.sibling(
            group,
            "aws_iam_group_policy",
            one ->
                HclText.arguments(Map.of("group", one + ".name"))
                    + "\n\npolicy = jsonencode("
                    + HclText.object(document)
                    + ")"),
        "members of "
            + group.address()
            + " that sign in without a second factor can only set one up, if they have the right"
            + " to; programs with keys of members are cut off");
  }

  private static boolean asksForNone(ResourceBlock group) {
    Module module = group.module();
    if (!isAllKnown(module, group)) {
      return false;
    }
    Stream<ResourceBlock> own =
        module.referring("aws_iam_group_policy", "group", group, "name").stream();
    Stream<ResourceBlock> attachments =
        Stream.concat(
            module.referring("aws_iam_group_policy_attachment", "group", group, "name").stream(),
            module.referring("aws_iam_policy_attachment", "groups", group, "name").stream());
    return own.allMatch(GroupMfa::asksForNoneItself)
        && attachments.allMatch(attachment -> asksForNone(module, attachment));
  }

  /** A policy for a group that cannot be told may be for this one. */
  private static boolean isAllKnown(Module module, ResourceBlock group) {
    return Stream.of("aws_iam_group_policy", "aws_iam_group_policy_attachment")
            .flatMap(type -> module.resources(type).stream())
            .allMatch(
                policy ->
                    policy.value("group").text().isPresent()
                        || names(policy, "group").anyMatch(name -> name.startsWith(GROUP)))
        && module.resources("aws_iam_policy_attachment").stream()
            .filter(attachment -> attachment.block().attribute("groups").isPresent())
            .allMatch(
                attachment ->
                    attachment.value("groups") instanceof Value.Known
                        || names(attachment, "groups").anyMatch(name -> name.startsWith(GROUP)))
        && module.project().callers(module).isEmpty()
        && module.calls().stream()
            .flatMap(call -> call.block().body().attributes().stream())
            .noneMatch(argument -> group.isMeantBy(argument.value()));
  }

  private static Stream<String> names(ResourceBlock resource, String argument) {
    return resource.block().attribute(argument).stream()
        .flatMap(there -> there.value().references().stream())
        .map(Expression.Reference::root);
  }

  private static boolean asksForNone(Module module, ResourceBlock attachment) {
    Optional<Expression> arn =
        attachment.block().attribute("policy_arn").map(there -> there.value());
    if (arn.isEmpty() || attachment.value("policy_arn").text().isPresent()) {
      // AWS's own policies ask for none.
      return attachment
          .value("policy_arn")
          .text()
          .filter(a -> a.contains(":aws:policy/"))
          .isPresent();
    }
    List<ResourceBlock> policies =
        module.resources("aws_iam_policy").stream()
            .filter(policy -> policy.isMeantBy(arn.get()))
            .toList();
    return !policies.isEmpty() && policies.stream().allMatch(GroupMfa::asksForNoneItself);
  }

  private static boolean asksForNoneItself(ResourceBlock policy) {
    return PolicyDocument.of(policy, "policy")
        .filter(document -> document.isWhole())
        .filter(document -> document.statements().stream().allMatch(GroupMfa::asksForNone))
        .isPresent();
  }

  private static boolean asksForNone(PolicyStatement statement) {
    return !(statement.condition() instanceof Value.Unknown)
        && statement.condition(PRESENT).isEmpty()
        && statement.condition("aws:MultiFactorAuthAge").isEmpty();
  }
}
