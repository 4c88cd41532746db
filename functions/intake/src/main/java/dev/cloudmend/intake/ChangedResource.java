package dev.cloudmend.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.ModelException;
import java.util.Optional;

/** Finds in a CloudTrail record the resource that a call changed. */
final class ChangedResource {

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
            text(request.path("groupId"))
                // A call by group name in a default VPC: only the answer has the id.
                .or(() -> text(detail.at("/responseElements/securityGroupRuleSet/items/0/groupId")))
                .map(id -> new Arn(partition, "ec2", region, account, "security-group/" + id));
        case "ModifySecurityGroupRules" ->
            text(request.at("/ModifySecurityGroupRulesRequest/GroupId"))
                .or(() -> text(request.path("groupId")))
                .map(id -> new Arn(partition, "ec2", region, account, "security-group/" + id));
        case "UpdateAccountPasswordPolicy", "DeleteAccountPasswordPolicy" ->
            Optional.of(Arn.ofAccount(partition, account));
        default ->
            text(request.path("bucketName")).map(name -> new Arn(partition, "s3", "", "", name));
      };
    } catch (ModelException e) {
      // The record's own names make no ARN: as good as not told.
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() && !node.textValue().isBlank()
        ? Optional.of(node.textValue())
        : Optional.empty();
  }
}
