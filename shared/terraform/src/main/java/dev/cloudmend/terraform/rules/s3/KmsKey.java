package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.project.Value;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A bucket is not encrypted with a key of the customer's own. The violation is the bucket's,
 * wherever its encryption is written.
 */
final class KmsKey implements SourceRule {

  private static final String ALGORITHM = "sse_algorithm";
  private static final String KEY = "kms_master_key_id";
  private static final Set<String> BY_KMS = Set.of("aws:kms", "aws:kms:dsse");

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-kms-key",
          "An S3 bucket is encrypted with a customer managed key",
          """
          With a key of your own a reader needs a right on the key too, each use is in CloudTrail, \
          and turning the key off closes the data. Buckets that S3 delivers logs to are exempt: \
          they work with S3's own keys only.""",
          Severity.MEDIUM,
          Safety.SIBLING,
          List.of("CKV_AWS_145"),
          List.of("AWS-0132"),
          List.of("s3-bucket-default-encryption"),
          List.of(Buckets.BUCKET));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Buckets.in(module).stream()
        .filter(bucket -> !LogBuckets.holds(bucket, settings))
        .filter(bucket -> lacksKey(Encryption.of(bucket)))
        .map(
            bucket ->
                Found.missing(
                    INFO,
                    bucket,
                    "it is not encrypted with a customer managed key",
                    remedy(bucket, settings)))
        .toList();
  }

  private static boolean lacksKey(Encryption encryption) {
    return encryption.isMissing()
        || (!encryption.rules().isEmpty()
            && encryption.rules().stream()
                .allMatch(
                    rule ->
                        rule.applied().stream()
                            .allMatch(applied -> lacksKey(rule.resource(), applied))));
  }

  private static boolean lacksKey(ResourceBlock resource, Body applied) {
    Optional<String> algorithm = resource.value(applied, ALGORITHM).text();
    return algorithm.isPresent()
        && (!BY_KMS.contains(algorithm.get())
            || resource.value(applied, KEY) instanceof Value.Unset);
  }

  private static Remedy remedy(ResourceBlock bucket, RuleSettings settings) {
    if (settings.kmsKeyArn().isEmpty()) {
      return new Remedy.None(
          "which key is not configured: set kmsKeyArn to the key that buckets are to be encrypted"
              + " with");
    }
    Encryption encryption = Encryption.of(bucket);
    if (encryption.isMissing()) {
      return warned(Encryption.add(bucket, settings), bucket);
    }
    Encryption.Rule rule = encryption.rules().getFirst();
    if (rule.applied().isEmpty()) {
      return warned(rule.apply(settings), bucket);
    }
    Body applied = rule.applied().getFirst();
    Remedy key =
        Remedies.set(rule.resource(), applied, KEY, HclText.string(settings.kmsKeyArn().get()));
    boolean byKms =
        rule.resource().value(applied, ALGORITHM).text().filter(BY_KMS::contains).isPresent();
    Remedy algorithm = Remedies.set(rule.resource(), applied, ALGORITHM, HclText.string("aws:kms"));
    return warned(byKms ? key : both(key, algorithm), bucket);
  }

  private static Remedy both(Remedy first, Remedy second) {
    if (!(first instanceof Remedy.Edit one)) {
      return first;
    }
    if (!(second instanceof Remedy.Edit other)) {
      return second;
    }
    var edits = new ArrayList<>(one.edits());
    edits.addAll(other.edits());
    var reaches = new ArrayList<>(one.reaches());
    reaches.addAll(other.reaches());
    return new Remedy.Edit(edits, reaches.stream().distinct().toList(), List.of());
  }

  private static Remedy warned(Remedy remedy, ResourceBlock bucket) {
    return Remedies.warning(
        remedy,
        "who reads "
            + bucket.address()
            + " needs kms:Decrypt on the key, who writes needs kms:GenerateDataKey");
  }
}
