package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.rules.PolicyDocument;
import dev.cloudmend.terraform.rules.PolicyStatement;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.stream.Stream;

/** A bucket's policy lets anybody in, without a condition; only that statement goes. */
final class AnyPrincipal implements SourceRule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-policy-no-public-statements",
          "An S3 bucket's policy lets no strangers in",
          """
          An Allow for the principal "*" without a condition holds for everybody on the internet. \
          Name the accounts and roles that need the bucket instead.""",
          Severity.CRITICAL,
          Safety.BREAKING,
          List.of("CKV_AWS_70"),
          List.of(),
          List.of(),
          List.of(Buckets.BUCKET, Buckets.POLICY));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Stream.concat(Buckets.in(module).stream(), module.resources(Buckets.POLICY).stream())
        .flatMap(resource -> PolicyDocument.of(resource, "policy").stream())
        .flatMap(
            policy ->
                policy.statements().stream()
                    .filter(AnyPrincipal::isOpen)
                    .map(statement -> violation(policy, statement)))
        .toList();
  }

  private static boolean isOpen(PolicyStatement statement) {
    return statement.allows() && statement.isForAnyone() && statement.isUnconditional();
  }

  private static Violation violation(PolicyDocument policy, PolicyStatement statement) {
    Remedy remedy = policy.remove(statement);
    return new Violation(
        INFO,
        policy.resource(),
        policy.place(statement),
        statement.name() + " lets anybody in",
        Buckets.bucketOf(policy.resource())
            .map(bucket -> Websites.warned(bucket, remedy))
            .orElse(remedy));
  }
}
