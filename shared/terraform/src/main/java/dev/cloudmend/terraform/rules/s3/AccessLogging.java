package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.model.Severity;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Nobody records who reads and writes a bucket. Buckets that logs go to are exempt. */
final class AccessLogging implements SourceRule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-access-logging",
          "An S3 bucket's requests are logged",
          """
          After a leak the first question is who read what. Without access logs, switched on \
          before it happened, nobody can say.""",
          Severity.LOW,
          Safety.SIBLING,
          List.of("CKV_AWS_18"),
          List.of("AWS-0089"),
          List.of(),
          List.of(Buckets.BUCKET));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Buckets.in(module).stream()
        .filter(bucket -> bucket.nested("logging").isEmpty())
        .filter(bucket -> Buckets.siblings(bucket, Buckets.LOGGING).isMissing())
        .filter(bucket -> !LogBuckets.holds(bucket, settings))
        .map(
            bucket ->
                Found.missing(
                    INFO, bucket, "its requests are not logged", remedy(bucket, settings)))
        .toList();
  }

  private static Remedy remedy(ResourceBlock bucket, RuleSettings settings) {
    if (settings.logBucket().isEmpty()) {
      return new Remedy.None(
          "where to is not configured: set logBucket to the bucket that access logs go to");
    }
    String target = target(bucket.module(), settings, settings.logBucket().get());
    if (BucketStyle.isInline(bucket.module())) {
      String own = bucket.value("bucket").text().orElse(bucket.name());
      return Remedies.addBlock(
          bucket,
          bucket.block().body(),
          "logging",
          HclText.block("logging", List.of(), arguments(target, HclText.string(own + "/"))));
    }
    return Remedies.sibling(
        bucket,
        Buckets.LOGGING,
        one ->
            HclText.arguments(Map.of("bucket", one + ".id"))
                + "\n\n"
                + arguments(target, "\"${" + one + ".id}/\""));
  }

  /** The log bucket by reference, where this module declares it, so that it is made first. */
  private static String target(Module module, RuleSettings settings, String name) {
    Optional<ResourceBlock> declared =
        Buckets.in(module).stream()
            .filter(bucket -> LogBuckets.isConfigured(bucket, settings))
            .filter(bucket -> bucket.repetition().isEmpty())
            .findFirst();
    return declared.map(bucket -> bucket.address() + ".id").orElse(HclText.string(name));
  }

  private static String arguments(String target, String prefix) {
    Map<String, String> arguments = new LinkedHashMap<>();
    arguments.put("target_bucket", target);
    arguments.put("target_prefix", prefix);
    return HclText.arguments(arguments);
  }
}
