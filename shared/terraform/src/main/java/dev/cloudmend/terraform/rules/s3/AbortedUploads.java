package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.stream.Stream;

/** A bucket's lifecycle keeps unfinished uploads for ever. The rules that are there stay. */
final class AbortedUploads implements SourceRule {

  private static final String MESSAGE = "its lifecycle does not end unfinished uploads";

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-lifecycle-abort-uploads",
          "An S3 bucket's lifecycle ends unfinished uploads",
          """
          The parts of an upload that was broken off are in no listing, are paid for, and stay \
          for ever unless the lifecycle ends them.""",
          Severity.LOW,
          Safety.SIBLING,
          List.of("CKV_AWS_300"),
          List.of(),
          List.of(),
          List.of(Buckets.BUCKET, Buckets.LIFECYCLE));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Stream.concat(
            Buckets.in(module).stream().flatMap(AbortedUploads::ofBucket),
            module.resources(Buckets.LIFECYCLE).stream().flatMap(AbortedUploads::ofResource))
        .toList();
  }

  private static Stream<Violation> ofBucket(ResourceBlock bucket) {
    List<Body> rules = bucket.nested("lifecycle_rule");
    if (rules.isEmpty()
        || rules.stream().anyMatch(rule -> LifecycleRules.abortsInline(bucket, rule))) {
      return Stream.empty();
    }
    String added = LifecycleRules.inline(LifecycleRules.freeId(bucket, rules));
    return Stream.of(
        Found.missing(
            INFO,
            bucket,
            MESSAGE,
            Remedies.addBlock(bucket, bucket.block().body(), "lifecycle_rule", added)));
  }

  private static Stream<Violation> ofResource(ResourceBlock lifecycle) {
    List<Body> rules = lifecycle.nested("rule");
    if (rules.stream().anyMatch(rule -> LifecycleRules.aborts(lifecycle, rule))) {
      return Stream.empty();
    }
    String added = LifecycleRules.split(LifecycleRules.freeId(lifecycle, rules));
    return Stream.of(
        Found.missing(
            INFO,
            lifecycle,
            MESSAGE,
            Remedies.addBlock(lifecycle, lifecycle.block().body(), "rule", added)));
  }
}
