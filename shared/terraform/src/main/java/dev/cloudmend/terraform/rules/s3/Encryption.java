package dev.cloudmend.terraform.rules.s3;

import dev.cloudmend.terraform.hcl.Body;
import dev.cloudmend.terraform.hcl.HclText;
import dev.cloudmend.terraform.project.ResourceBlock;
import dev.cloudmend.terraform.rules.Remedies;
import dev.cloudmend.terraform.rules.Remedy;
import dev.cloudmend.terraform.rules.RuleSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a bucket's default encryption is written.
 *
 * @param rules those of its configuration, with the resource that each stands in
 * @param isMissing whether there is certainly none
 */
record Encryption(List<Rule> rules, boolean isMissing) {

  static final String APPLY = "apply_server_side_encryption_by_default";

  private static final String CONFIGURATION = "server_side_encryption_configuration";

  /** A rule of the configuration. */
  record Rule(ResourceBlock resource, Body body) {

    /** The settings of the default encryption in it. */
    List<Body> applied() {
      return ResourceBlock.nested(body, APPLY);
    }

    /** Adds the settings that are missing in it. */
    Remedy apply(RuleSettings settings) {
      return Remedies.addBlock(resource, body, APPLY, Encryption.applied(settings.kmsKeyArn()));
    }
  }

  static Encryption of(ResourceBlock bucket) {
    var rules = new ArrayList<Rule>();
    List<Body> inline = bucket.nested(CONFIGURATION);
    for (Body configuration : inline) {
      ResourceBlock.nested(configuration, "rule").forEach(b -> rules.add(new Rule(bucket, b)));
    }
    Buckets.Siblings split = Buckets.siblings(bucket, Buckets.ENCRYPTION);
    for (ResourceBlock configuration : split.found()) {
      configuration.nested("rule").forEach(b -> rules.add(new Rule(configuration, b)));
    }
    return new Encryption(rules, inline.isEmpty() && split.isMissing());
  }

  /** Declares it for a bucket that has none. */
  static Remedy add(ResourceBlock bucket, RuleSettings settings) {
    Optional<String> key = settings.kmsKeyArn();
    String flag =
        key.isPresent() ? HclText.arguments(Map.of("bucket_key_enabled", "true")) + "\n\n" : "";
    String rule = HclText.block("rule", List.of(), flag + applied(key));
    return BucketStyle.add(
        bucket,
        CONFIGURATION,
        HclText.block(CONFIGURATION, List.of(), rule),
        Buckets.ENCRYPTION,
        rule);
  }

  private static String applied(Optional<String> key) {
    return HclText.block(APPLY, List.of(), HclText.arguments(arguments(key)));
  }

  static Map<String, String> arguments(Optional<String> key) {
    Map<String, String> arguments = new LinkedHashMap<>();
    key.ifPresent(arn -> arguments.put("kms_master_key_id", HclText.string(arn)));
    arguments.put("sse_algorithm", HclText.string(key.isPresent() ? "aws:kms" : "AES256"));
    return arguments;
  }
}
