package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.model.Severity;
import dev.cloudmend.terraform.project.Module;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.RuleInfo;
import dev.cloudmend.terraform.rules.RuleSettings;
import dev.cloudmend.terraform.rules.Safety;
import dev.cloudmend.terraform.rules.SourceRule;
import dev.cloudmend.terraform.rules.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A bucket does not say how it is encrypted. */
final class DefaultEncryption implements SourceRule {

  private static final RuleInfo INFO =
      new RuleInfo(
          "s3-bucket-default-encryption",
          "An S3 bucket declares its default encryption",
          """
          Since 2023 S3 encrypts every new object with keys of its own; a bucket that says so in \
          its source shows it to auditors and keeps what it has when the default changes.""",
          Severity.LOW,
          Safety.SIBLING,
          List.of("CKV_AWS_19"),
          List.of("AWS-0088"),
          List.of("s3-bucket-default-encryption"),
          List.of(Buckets.BUCKET, Buckets.ENCRYPTION));

  @Override
  public RuleInfo info() {
    return INFO;
  }

  @Override
  public List<Violation> violations(Module module, RuleSettings settings) {
    return Buckets.in(module).stream().flatMap(bucket -> violations(bucket, settings)).toList();
  }

  private static Stream<Violation> violations(ResourceBlock bucket, RuleSettings settings) {
    Encryption encryption = Encryption.of(bucket);
    if (encryption.isMissing()) {
      return Stream.of(
          Found.missing(
              INFO,
              bucket,
              "it declares no default encryption",
              Encryption.add(bucket, settings(bucket, settings))));
    }
    return encryption.rules().stream()
        .filter(rule -> rule.applied().isEmpty())
        .limit(encryption.rules().stream().allMatch(r -> r.applied().isEmpty()) ? 1 : 0)
        .map(
            rule ->
                new Violation(
                    INFO,
                    rule.resource(),
                    rule.body().span(),
                    "its encryption rule names no algorithm",
                    rule.apply(settings(bucket, settings))));
  }

  /** Where logs are delivered to, S3's own keys are the only ones that work. */
  private static RuleSettings settings(ResourceBlock bucket, RuleSettings settings) {
    return LogBuckets.holds(bucket, settings)
        ? new RuleSettings(
            settings.logBucket(),
            Optional.empty(),
            settings.flowLogDestination(),
            settings.highRiskPorts())
        : settings;
  }
}
