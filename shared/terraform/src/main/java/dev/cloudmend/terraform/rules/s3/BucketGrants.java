package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.model.Severity;
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

/** A grant of an ACL lets strangers in; the others stay. */
final class BucketGrants implements SourceRule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-grants-private",
          "The ACL of an S3 bucket grants nothing to strangers",
          """
          AllUsers is everybody on the internet and AuthenticatedUsers every AWS customer in the \
          world. The grants to the owner, to other accounts and to log delivery stay.""",
          Severity.HIGH,
          Safety.SIBLING,
          List.of("CKV_AWS_20", "CKV_AWS_57", "CKV_AWS_375", "CKV2_AWS_43"),
          List.of(),
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
            acl ->
                Grants.of(acl).stream()
                    .flatMap(
                        grant ->
                            grant.strangers().stream().map(group -> violation(acl, grant, group))))
        .toList();
  }

  private static Violation violation(ResourceBlock acl, Grants.Grant grant, String group) {
    return new Violation(
        INFO,
        acl,
        grant.block().span(),
        "it grants access to " + group,
        Remedies.remove(acl, grant.in(), grant.block()));
  }
}
