package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A bucket has its ACLs turned on, which S3 itself turns off for every new one. */
final class Ownership implements SourceRule {

  private static final String ENFORCED = "BucketOwnerEnforced";
  private static final String ARGUMENT = "object_ownership";

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-ownership-enforced",
          "An S3 bucket's ACLs are turned off",
          """
          With ACLs, whoever writes an object owns it and may let others in, past the bucket's \
          policy. With BucketOwnerEnforced the policy alone decides.""",
          Severity.MEDIUM,
          Safety.BREAKING,
          List.of("CKV2_AWS_65"),
          List.of(),
          List.of(),
          List.of(Buckets.OWNERSHIP));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return module.resources(Buckets.OWNERSHIP).stream()
        .flatMap(
            controls ->
                controls.nested("rule").stream()
                    .filter(
                        rule ->
                            controls.value(rule, ARGUMENT).text().stream()
                                .anyMatch(value -> !value.equals(ENFORCED)))
                    .map(rule -> violation(controls, rule)))
        .toList();
  }

  private static Violation violation(ResourceBlock controls, Body rule) {
    return Found.argument(
        INFO,
        controls,
        rule,
        ARGUMENT,
        ARGUMENT + " is not " + ENFORCED,
        acl(controls)
            .<Remedy>map(
                acl ->
                    new Remedy.None(
                        acl.address()
                            + " sets an ACL, which S3 refuses once ACLs are off: remove it first"))
            .orElseGet(() -> Remedies.set(controls, rule, ARGUMENT, HclText.string(ENFORCED))));
  }

  private static Optional<ResourceBlock> acl(ResourceBlock controls) {
    return Buckets.bucketOf(controls).stream()
        .flatMap(
            bucket ->
                Stream.concat(
                    Buckets.siblings(bucket, Buckets.ACL).found().stream(),
                    Stream.of(bucket)
                        .filter(
                            one ->
                                one.block().attribute("acl").isPresent()
                                    || !one.nested("grant").isEmpty())))
        .findFirst();
  }
}
