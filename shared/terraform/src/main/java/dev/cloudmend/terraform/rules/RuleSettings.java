package dev.cloudmend.terraform.rules;

import java.util.List;
import java.util.Optional;

/**
 * What rules need to know that no source says.
 *
 * @param logBucket the name of the bucket that access logs go to; absent = a missing log is shown
 *     and not mended
 * @param kmsKeyArn the key that buckets and volumes are to be encrypted with; absent = the
 *     service's own key will do
 * @param flowLogDestination the ARN of the bucket or log group that flow logs go to; absent = a log
 *     group is declared beside the VPC
 * @param highRiskPorts ports that nobody may reach from everywhere, beside 22 and 3389
 */
public record RuleSettings(
    Optional<String> logBucket,
    Optional<String> kmsKeyArn,
    Optional<String> flowLogDestination,
    List<Integer> highRiskPorts) {

  /** Security Hub's list of control EC2.19, without 22 and 3389. */
  public static final RuleSettings DEFAULT =
      new RuleSettings(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(
              20, 21, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 4333, 5000, 5432, 5500,
              5601, 8080, 8088, 8888, 9200, 9300));

  public RuleSettings {
    highRiskPorts = List.copyOf(highRiskPorts);
  }
}
