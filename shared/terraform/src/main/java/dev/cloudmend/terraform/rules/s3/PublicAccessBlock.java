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

/** A bucket has no public access block. */
final class PublicAccessBlock implements SourceRule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-block-public-access",
          "An S3 bucket has a public access block",
          """
          One ACL or one policy, written in haste, opens a bucket to the whole internet. The block \
          holds whatever they say, and costs nothing.""",
          Severity.HIGH,
          Safety.SIBLING,
          List.of("CKV2_AWS_6"),
          List.of("AWS-0094"),
          List.of("s3-bucket-block-public-access"),
          List.of(Buckets.BUCKET));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Buckets.in(module).stream()
        .filter(bucket -> Buckets.siblings(bucket, Buckets.PUBLIC_ACCESS_BLOCK).isMissing())
        .map(bucket -> Found.missing(INFO, bucket, "it has no public access block", remedy(bucket)))
        .toList();
  }

  private static Remedy remedy(ResourceBlock bucket) {
    Map<String, String> flags = new LinkedHashMap<>();
    for (String flag :
        List.of(
            "block_public_acls",
            "block_public_policy",
            "ignore_public_acls",
            "restrict_public_buckets")) {
      flags.put(flag, HclText.bool(true));
    }
    return Websites.warned(
        bucket,
        Remedies.sibling(
            bucket, Buckets.PUBLIC_ACCESS_BLOCK, "bucket", "id", HclText.arguments(flags)));
  }
}
