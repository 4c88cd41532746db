package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds in a CloudTrail record the resource that a call changed. */
final class ChangedResource {

  // S3 also takes an access point's ARN in a bucket's place, which names no bucket.
  private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9._-]{1,255}");
  private static final Pattern GROUP = Pattern.compile("sg-[0-9a-z]{1,64}");

  private ChangedResource() {}

  /**
   * The changed resource's ARN; empty where the record does not tell or tells something that is
   * none.
   */
  static Optional<Arn> arnOf(String eventName, JsonNode detail, String account, String region) {
    String partition = Envelope.partitionOf(region);
    JsonNode request = detail.path("requestParameters");
    try {
      return switch (eventName) {
        case "AuthorizeSecurityGroupIngress" ->
            group(request.path("groupId"))
                // A call by group name in a default VPC: only the answer has the id.
                .or(
                    () ->
                        group(detail.at("/responseElements/securityGroupRuleSet/items/0/groupId")))
                .map(id -> new Arn(partition, "ec2", region, account, "security-group/" + id));
        case "ModifySecurityGroupRules" ->
            group(request.at("/ModifySecurityGroupRulesRequest/GroupId"))
                .or(() -> group(request.path("groupId")))
                .map(id -> new Arn(partition, "ec2", region, account, "security-group/" + id));
        case "UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy" ->
            Optional.of(Arn.ofAccount(partition, account));
        default ->
            text(request.path("bucketName"), BUCKET)
                .map(name -> new Arn(partition, "s3", "", "", name));
      };
    } catch (ModelException e) {
      // The record's own names make no ARN: as good as not told.
      return Optional.empty();
    }
  }

  private static Optional<String> group(JsonNode node) {
    return text(node, GROUP);
  }

  private static Optional<String> text(JsonNode node, Pattern form) {
    return node.isTextual() && form.matcher(node.textValue()).matches()
        ? Optional.of(node.textValue())
        : Optional.empty();
  }
}
