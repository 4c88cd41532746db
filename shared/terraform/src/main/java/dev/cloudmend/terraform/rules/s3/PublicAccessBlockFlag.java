package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;

/** One of the four switches of a bucket's public access block is off; the default is off. */
final class PublicAccessBlockFlag implements SourceRule {

  private final String flag;
  private final RuleInfo info;

  private PublicAccessBlockFlag(String id, String flag, String does, String checkov, String trivy) {
    this.flag = flag;
    this.info =
        new RuleInfo(
            id,
            "The public access block of an S3 bucket has " + flag,
            "The block holds whatever anybody writes into an ACL or a policy later. " + does,
            Severity.HIGH,
            Safety.LITERAL,
            List.of(checkov),
            List.of(trivy),
            List.of("s3-bucket-block-public-access"),
            List.of(Buckets.PUBLIC_ACCESS_BLOCK));
  }

  static List<PublicAccessBlockFlag> all() {
    return List.of(
        new PublicAccessBlockFlag(
            "s3-bucket-block-public-acls",
            "block_public_acls",
            "With this switch a call that sets a public ACL is refused.",
            "CKV_AWS_53",
            "AWS-0086"),
        new PublicAccessBlockFlag(
            "s3-bucket-block-public-policy",
            "block_public_policy",
            "With this switch a call that sets a public policy is refused.",
            "CKV_AWS_54",
            "AWS-0087"),
        new PublicAccessBlockFlag(
            "s3-bucket-ignore-public-acls",
            "ignore_public_acls",
            "With this switch the public ACLs that are there already open nothing.",
            "CKV_AWS_55",
            "AWS-0091"),
        new PublicAccessBlockFlag(
            "s3-bucket-restrict-public-buckets",
            "restrict_public_buckets",
            "With this switch a public policy that is there already lets nobody in but the account"
                + " itself and AWS services.",
            "CKV_AWS_56",
            "AWS-0093"));
  }

  @Override
  public RuleInfo info() {
    return info;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return module.resources(Buckets.PUBLIC_ACCESS_BLOCK).stream()
        .filter(block -> block.value(flag).isCertainlyNotTrue())
        .map(
            block -> {
              Body body = block.block().body();
              return Found.argument(
                  info,
                  block,
                  body,
                  flag,
                  flag + " is not true",
                  Remedies.set(block, body, flag, HclText.bool(true)));
            })
        .toList();
  }
}
