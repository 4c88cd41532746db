package dev.cloudmend.terraform.locate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Arn;
import java.util.List;
import java.util.Map;

/**
 * The resources that belong to another one and have no ARN of their own: a bucket's public access
 * block, a role's policies, a security group's rules.
 */
final class Parts {

  private static final Map<String, String> OF_ROLE =
      Map.of(
          "aws_iam_role_policy", "role",
          "aws_iam_role_policy_attachment", "role",
          "aws_iam_role_policies_exclusive", "role_name",
          "aws_iam_role_policy_attachments_exclusive", "role_name");

  private static final Map<String, String> OF_USER =
      Map.of(
          "aws_iam_user_policy", "user",
          "aws_iam_user_policy_attachment", "user",
          "aws_iam_user_policies_exclusive", "user_name",
          "aws_iam_user_policy_attachments_exclusive", "user_name",
          "aws_iam_user_login_profile", "user",
          "aws_iam_access_key", "user");

  private static final Map<String, String> OF_GROUP =
      Map.of(
          "aws_iam_group_policy", "group",
          "aws_iam_group_policy_attachment", "group",
          "aws_iam_group_policies_exclusive", "group_name",
          "aws_iam_group_policy_attachments_exclusive", "group_name",
          "aws_iam_group_membership", "group");

  private static final Map<String, String> OF_POLICY =
      Map.of(
          "aws_iam_policy_attachment", "policy_arn",
          "aws_iam_role_policy_attachment", "policy_arn",
          "aws_iam_user_policy_attachment", "policy_arn",
          "aws_iam_group_policy_attachment", "policy_arn");

  private static final Map<String, String> OF_SECURITY_GROUP =
      Map.of(
          "aws_security_group_rule", "security_group_id",
          "aws_vpc_security_group_ingress_rule", "security_group_id",
          "aws_vpc_security_group_egress_rule", "security_group_id");

  private static final Map<String, String> OF_VPC =
      Map.of("aws_flow_log", "vpc_id", "aws_default_security_group", "vpc_id");

  private static final List<String> OF_ACCOUNT =
      List.of(
          Kind.PASSWORD_POLICY,
          "aws_s3_account_public_access_block",
          "aws_ebs_encryption_by_default");

  private Parts() {}

  /**
   * Whether a resource of a state is a part of the one that the ARN names.
   *
   * @param ownAccount whether the states are of no other account than the ARN's; the parts of what
   *     is named within an account say nothing of it
   */
  static boolean isPart(StateResource resource, Arn arn, boolean ownAccount) {
    String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
    String part = arn.resource().substring(0, Math.max(0, arn.resource().indexOf('/')));
    return switch (arn.service()) {
      case "s3" -> isOfBucket(resource, arn);
      case "iam" ->
          switch (part) {
            case "role" -> ownAccount && has(resource, OF_ROLE, name);
            case "user" -> ownAccount && has(resource, OF_USER, name);
            case "group" -> ownAccount && has(resource, OF_GROUP, name);
            case "policy" -> has(resource, OF_POLICY, arn.toString());
            default -> ownAccount && arn.isAccount() && OF_ACCOUNT.contains(resource.type());
          };
      case "ec2" ->
          switch (part) {
            case "security-group" -> has(resource, OF_SECURITY_GROUP, name);
            case "network-acl" ->
                has(resource, Map.of("aws_network_acl_rule", "network_acl_id"), name);
            case "vpc" -> has(resource, OF_VPC, name);
            case "subnet" -> has(resource, Map.of("aws_flow_log", "subnet_id"), name);
            default -> false;
          };
      default -> false;
    };
  }

  private static boolean isOfBucket(StateResource resource, Arn arn) {
    String bucket = resource.attributes().path("bucket").asText();
    return resource.type().startsWith("aws_s3_bucket_")
        && !resource.type().startsWith("aws_s3_bucket_object")
        && (bucket.equals(arn.resource()) || bucket.equals(arn.toString()));
  }

  private static boolean has(StateResource resource, Map<String, String> parents, String value) {
    JsonNode parent = resource.attributes().path(parents.getOrDefault(resource.type(), ""));
    return !value.isEmpty() && parent.asText().equals(value);
  }
}
