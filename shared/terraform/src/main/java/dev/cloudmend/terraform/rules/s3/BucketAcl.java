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
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A canned ACL lets strangers read or write. */
final class BucketAcl implements SourceRule {

  private static final Set<String> OPEN =
      Set.of("public-read", "public-read-write", "authenticated-read", "website");

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-acl-private",
          "The canned ACL of an S3 bucket lets no strangers in",
          """
          With public-read anybody can list the bucket, with public-read-write anybody can put \
          what they like into it; authenticated-read means every AWS customer in the world.""",
          Severity.HIGH,
          Safety.LITERAL,
          List.of("CKV_AWS_20", "CKV_AWS_57", "CKV_AWS_375", "CKV2_AWS_43"),
          List.of("AWS-0092"),
          List.of(),
          List.of(Buckets.BUCKET, Buckets.ACL));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Stream.concat(Buckets.in(module).stream(), module.resources(Buckets.ACL).stream())
        .flatMap(
            resource ->
                resource.value("acl").text().filter(OPEN::contains).stream()
                    .map(acl -> violation(resource, acl)))
        .toList();
  }

  private static Violation violation(ResourceBlock resource, String acl) {
    Remedy remedy =
        Remedies.set(resource, resource.block().body(), "acl", HclText.string("private"));
    return Found.argument(
        INFO,
        resource,
        resource.block().body(),
        "acl",
        "the ACL " + acl + " lets strangers in",
        Stream.concat(
                Stream.of(resource).filter(one -> one.type().equals(Buckets.BUCKET)),
                Buckets.bucketOf(resource).stream())
            .findFirst()
            .map(bucket -> Websites.warned(bucket, remedy))
            .orElse(remedy));
  }
}
