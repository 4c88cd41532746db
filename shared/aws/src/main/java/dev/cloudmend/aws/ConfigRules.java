package dev.cloudmend.aws;

import java.util.Optional;

/** What the rules of AWS Config are behind the names that people gave them. */
@FunctionalInterface
public interface ConfigRules {

  /**
   * The identifier of the AWS managed rule that a rule is, such as {@code
   * S3_BUCKET_VERSIONING_ENABLED}.
   *
   * @param account the account whose rule it is, twelve digits
   * @param region the region that it is in
   * @param name the rule's name there
   * @return empty where the rule is not there any more, or is somebody's own
   * @throws AwsCallException when it cannot be read
   */
  Optional<String> managedRule(String account, String region, String name);
}
