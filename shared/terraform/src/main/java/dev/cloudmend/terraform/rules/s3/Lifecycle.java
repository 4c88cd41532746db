package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;

/** A bucket has no lifecycle at all. */
final class Lifecycle implements SourceRule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-lifecycle",
          "An S3 bucket has a lifecycle",
          """
          What is never cleared away is paid for and can leak for ever. How long your data is to \
          be kept only you know; what is added here ends uploads that were never finished, which \
          nobody can read anyway.""",
          Severity.LOW,
          Safety.SIBLING,
          List.of("CKV2_AWS_61"),
          List.of(),
          List.of(),
          List.of(Buckets.BUCKET));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Buckets.in(module).stream()
        .filter(bucket -> bucket.nested("lifecycle_rule").isEmpty())
        .filter(bucket -> Buckets.siblings(bucket, Buckets.LIFECYCLE).isMissing())
        .map(bucket -> Found.missing(INFO, bucket, "it has no lifecycle", remedy(bucket)))
        .toList();
  }

  private static Remedy remedy(ResourceBlock bucket) {
    String id = LifecycleRules.freeId(bucket, List.of());
    return BucketStyle.add(
        bucket,
        "lifecycle_rule",
        LifecycleRules.inline(id),
        Buckets.LIFECYCLE,
        LifecycleRules.split(id));
  }
}
