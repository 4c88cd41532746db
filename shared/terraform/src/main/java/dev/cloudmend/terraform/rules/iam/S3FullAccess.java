package dev.cloudmend.terraform.rules.iam;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Attribute;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.PolicyStatement;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A policy allows everything on every bucket, or AWS's policy that does is attached. */
final class S3FullAccess implements SourceRule {

  private static final String ARN = "policy_arn";
  private static final Set<String> EVERYWHERE = Set.of("*", "arn:aws:s3:::*");
  private static final List<String> ATTACHMENTS =
      List.of(
          "aws_iam_group_policy_attachment",
          "aws_iam_policy_attachment",
          "aws_iam_role_policy_attachment",
          "aws_iam_user_policy_attachment");

  private static final String REASON =
      "which buckets and actions are needed is not to be guessed: name them";

  private static final RuleInfo INFO =
      new RuleInfo(
          "iam-policy-s3-full-access",
          "No IAM policy allows everything on every S3 bucket",
          """
          With s3:* on "*" one workload can read, empty and open every bucket of the account, \
          those of all others too.""",
          Severity.HIGH,
          Safety.BREAKING,
          List.of(),
          List.of("AWS-0345"),
          List.of(),
          Stream.concat(IdentityPolicies.types().stream(), ATTACHMENTS.stream()).toList());

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    Stream<Violation> attached =
        ATTACHMENTS.stream()
            .flatMap(type -> module.resources(type).stream())
            .flatMap(S3FullAccess::attached);
    return Stream.concat(
            IdentityPolicies.violations(
                INFO, module, S3FullAccess::allowsAll, "allows s3:* on every bucket", REASON)
                .stream(),
            attached)
        .toList();
  }

  private static boolean allowsAll(PolicyStatement statement) {
    return statement.allows()
        && statement.actions().contains("s3:*")
        && statement.resources().stream().anyMatch(EVERYWHERE::contains);
  }

  private static Stream<Violation> attached(ResourceBlock attachment) {
    return attachment
        .value(ARN)
        .text()
        .filter(arn -> arn.endsWith(":aws:policy/AmazonS3FullAccess"))
        .flatMap(arn -> attachment.block().attribute(ARN))
        .map(Attribute::span)
        .map(
            place ->
                new Violation(
                    INFO,
                    attachment,
                    place,
                    "it attaches AmazonS3FullAccess",
                    new Remedy.None(REASON)))
        .stream();
  }
}
