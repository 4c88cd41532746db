package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A bucket keeps no former versions of its objects. */
final class Versioning implements SourceRule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-versioning",
          "An S3 bucket keeps versions",
          """
          Without versions an object that is deleted or overwritten, by mistake or by ransomware, \
          is gone. Versions cost storage; a lifecycle rule can end the old ones.""",
          Severity.MEDIUM,
          Safety.SIBLING,
          List.of("CKV_AWS_21"),
          List.of("AWS-0090"),
          List.of("s3-bucket-versioning"),
          List.of(Buckets.BUCKET, Buckets.VERSIONING));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Stream.concat(
            Buckets.in(module).stream().flatMap(Versioning::ofBucket),
            module.resources(Buckets.VERSIONING).stream().flatMap(Versioning::ofResource))
        .toList();
  }

  private static Stream<Violation> ofBucket(ResourceBlock bucket) {
    List<Body> inline = bucket.nested("versioning");
    if (inline.isEmpty()) {
      return Buckets.siblings(bucket, Buckets.VERSIONING).isMissing()
          ? Stream.of(missing(bucket))
          : Stream.empty();
    }
    return inline.stream()
        .filter(body -> bucket.value(body, "enabled").isCertainlyNotTrue())
        .map(
            body ->
                Found.argument(
                    INFO,
                    bucket,
                    body,
                    "enabled",
                    "versioning is not enabled",
                    Remedies.set(bucket, body, "enabled", HclText.bool(true))));
  }

  private static Violation missing(ResourceBlock bucket) {
    String inline =
        HclText.block("versioning", List.of(), HclText.arguments(Map.of("enabled", "true")));
    String split =
        HclText.block(
            "versioning_configuration",
            List.of(),
            HclText.arguments(Map.of("status", HclText.string("Enabled"))));
    return Found.missing(
        INFO,
        bucket,
        "it keeps no versions",
        BucketStyle.add(bucket, "versioning", inline, Buckets.VERSIONING, split));
  }

  private static Stream<Violation> ofResource(ResourceBlock versioning) {
    return versioning.nested("versioning_configuration").stream()
        .filter(
            body ->
                versioning.value(body, "status").text().stream()
                    .anyMatch(status -> !status.equals("Enabled")))
        .map(
            body ->
                Found.argument(
                    INFO,
                    versioning,
                    body,
                    "status",
                    "versioning is not enabled",
                    Remedies.set(versioning, body, "status", HclText.string("Enabled"))));
  }
}
