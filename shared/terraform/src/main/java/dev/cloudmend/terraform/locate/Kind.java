package dev.cloudmend.terraform.locate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cloudmend.model.Arn;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * What an ARN says of the Terraform resource behind it.
 *
 * @param types the types that it can be
 * @param id what the state has for it where it has no ARN, if the ARN holds that
 * @param name what source calls it, if the ARN holds that
 * @see <a href="https://registry.terraform.io/providers/hashicorp/aws/latest/docs">the AWS
 *     provider, "Attribute Reference" of each resource</a>
 */
record Kind(List<String> types, Optional<Id> id, Optional<Name> name) {

  static final String VOLUME_ID = "volume_id";

  /** The attributes that tell which resource it is, of any type. */
  static final Set<String> ATTRIBUTES =
      Set.of(
          "allocation_id",
          "arn",
          "bucket",
          "ebs_block_device",
          "function_name",
          "group",
          "group_name",
          "id",
          "identifier",
          "key_id",
          "key_pair_id",
          "name",
          "network_acl_id",
          "policy_arn",
          "region",
          "role",
          "role_name",
          "root_block_device",
          "security_group_id",
          "security_group_rule_id",
          "spot_instance_id",
          "subnet_id",
          "user",
          "user_name",
          "vpc_id");

  static final String PASSWORD_POLICY = "aws_iam_account_password_policy";

  /** Their {@code arn} is another resource's. */
  private static final Set<String> OF_ANOTHER =
      Set.of("aws_cloudwatch_event_target", "aws_secretsmanager_secret_version");

  private static final List<String> DEVICES = List.of("root_block_device", "ebs_block_device");

  /**
   * An id that no two resources of a partition share.
   *
   * @param attributes where it may stand
   */
  record Id(List<String> attributes, String value) {}

  /**
   * A name that is chosen in source.
   *
   * @param attribute where it stands
   * @param path what {@code path} is, for the types of IAM that have one
   */
  record Name(String attribute, String value, Optional<String> path) {}

  Kind {
    types = List.copyOf(types);
  }

  /** The kind of a resource; empty for a type that is not known here. */
  static Optional<Kind> of(Arn arn) {
    String resource = arn.resource();
    String part = before(resource, '/');
    String rest = after(resource, '/');
    return switch (arn.service()) {
      case "s3" ->
          resource.contains("/")
              ? Optional.empty()
              : kind(id(resource, "id", "bucket"), named("bucket", resource), "aws_s3_bucket");
      case "iam" -> ofIam(arn, part);
      case "ec2" -> ofEc2(part, rest);
      case "autoscaling" ->
          switch (before(resource, ':')) {
            case "launchConfiguration" -> named("aws_launch_configuration", "name", rest);
            case "autoScalingGroup" -> named("aws_autoscaling_group", "name", rest);
            default -> Optional.empty();
          };
      case "cloudtrail" -> ifPart("trail", part, named("aws_cloudtrail", "name", rest));
      case "dynamodb" -> ifPart("table", part, named("aws_dynamodb_table", "name", rest));
      case "ecr" -> ifPart("repository", part, named("aws_ecr_repository", "name", rest));
      case "kms" ->
          part.equals("alias")
              ? named("aws_kms_alias", "name", resource)
              : ifPart(
                  "key", part, kind(id(rest, "key_id", "id"), Optional.empty(), "aws_kms_key"));
      case "lambda" ->
          ifPart(
              "function",
              before(resource, ':'),
              named("aws_lambda_function", "function_name", before(after(resource, ':'), ':')));
      case "logs" ->
          ifPart(
              "log-group",
              before(resource, ':'),
              named("aws_cloudwatch_log_group", "name", before(after(resource, ':'), ':')));
      case "rds" ->
          ifPart(
              "db",
              before(resource, ':'),
              named("aws_db_instance", "identifier", after(resource, ':')));
      case "sns" -> named("aws_sns_topic", "name", resource);
      case "sqs" -> named("aws_sqs_queue", "name", resource);
      default -> Optional.empty();
    };
  }

  private static Optional<Kind> ofIam(Arn arn, String part) {
    if (arn.isAccount()) {
      return kind(Optional.empty(), Optional.empty(), PASSWORD_POLICY);
    }
    String name = arn.resource().substring(arn.resource().lastIndexOf('/') + 1);
    Optional<Name> inSource =
        Optional.of(
            new Name(
                "name",
                name,
                Optional.of(
                    arn.resource()
                        .substring(part.length(), arn.resource().length() - name.length()))));
    return switch (part) {
      case "user" -> kind(Optional.empty(), inSource, "aws_iam_user");
      case "role" ->
          kind(Optional.empty(), inSource, "aws_iam_role", "aws_iam_service_linked_role");
      case "group" -> kind(Optional.empty(), inSource, "aws_iam_group");
      case "policy" -> kind(Optional.empty(), inSource, "aws_iam_policy");
      case "instance-profile" -> kind(Optional.empty(), inSource, "aws_iam_instance_profile");
      default -> Optional.empty();
    };
  }

  /** EC2 gives the ids, so no source holds a name. */
  private static Optional<Kind> ofEc2(String part, String id) {
    return switch (part) {
      case "elastic-ip" -> ec2(id(id, "allocation_id", "id"), "aws_eip");
      case "image" -> ec2(id(id, "id"), "aws_ami", "aws_ami_copy", "aws_ami_from_instance");
      case "instance" ->
          ec2(id(id, "id", "spot_instance_id"), "aws_instance", "aws_spot_instance_request");
      case "internet-gateway" ->
          ec2(id(id, "id"), "aws_internet_gateway", "aws_egress_only_internet_gateway");
      case "key-pair" -> ec2(id(id, "key_pair_id"), "aws_key_pair");
      case "launch-template" -> ec2(id(id, "id"), "aws_launch_template");
      case "natgateway" -> ec2(id(id, "id"), "aws_nat_gateway");
      case "network-acl" -> ec2(id(id, "id"), "aws_network_acl", "aws_default_network_acl");
      case "network-interface" -> ec2(id(id, "id"), "aws_network_interface");
      case "route-table" -> ec2(id(id, "id"), "aws_route_table", "aws_default_route_table");
      case "security-group" ->
          ec2(id(id, "id"), "aws_security_group", "aws_default_security_group");
      case "security-group-rule" ->
          ec2(
              id(id, "security_group_rule_id"),
              "aws_vpc_security_group_ingress_rule",
              "aws_vpc_security_group_egress_rule",
              "aws_security_group_rule");
      case "snapshot" -> ec2(id(id, "id"), "aws_ebs_snapshot", "aws_ebs_snapshot_copy");
      case "subnet" -> ec2(id(id, "id"), "aws_subnet", "aws_default_subnet");
      // A volume that an instance declares has no resource of its own.
      case "volume" -> ec2(id(id, "id"), "aws_ebs_volume", "aws_instance");
      case "vpc" -> ec2(id(id, "id"), "aws_vpc", "aws_default_vpc");
      case "vpc-endpoint" -> ec2(id(id, "id"), "aws_vpc_endpoint");
      case "vpc-flow-log" -> ec2(id(id, "id"), "aws_flow_log");
      default -> Optional.empty();
    };
  }

  /** Whether the project decides by the account alone which resource it is. */
  boolean isOnePerAccount() {
    return types.contains(PASSWORD_POLICY);
  }

  /** Whether a resource of a state is the one that the ARN names. */
  static boolean isMeant(StateResource resource, Arn arn, Optional<Kind> kind) {
    String known = resource.attributes().path("arn").asText();
    if (kind.isPresent() && !kind.get().types.contains(resource.type())) {
      return false;
    }
    if (!known.isEmpty() && withoutStar(known).equals(withoutStar(arn.toString()))) {
      return !OF_ANOTHER.contains(resource.type());
    }
    return kind.filter(k -> k.hasId(resource, known.isEmpty())).isPresent();
  }

  private boolean hasId(StateResource resource, boolean withoutArn) {
    if (isOnePerAccount()) {
      return true;
    }
    if (id.isEmpty()) {
      return false;
    }
    JsonNode attributes = resource.attributes();
    return DEVICES.stream()
            .flatMap(device -> StreamSupport.stream(attributes.path(device).spliterator(), false))
            .anyMatch(volume -> volume.asText().equals(id.get().value))
        || (withoutArn
            && id.get().attributes.stream()
                .anyMatch(a -> attributes.path(a).asText().equals(id.get().value)));
  }

  /** The ARN of a log group ends in {@code :*} in some places and not in others. */
  private static String withoutStar(String arn) {
    return arn.endsWith(":*") ? arn.substring(0, arn.length() - 2) : arn;
  }

  private static Optional<Kind> ifPart(String wanted, String part, Optional<Kind> kind) {
    return part.equals(wanted) ? kind : Optional.empty();
  }

  private static Optional<Kind> named(String type, String attribute, String name) {
    return kind(Optional.empty(), named(attribute, name), type);
  }

  private static Optional<Name> named(String attribute, String name) {
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(new Name(attribute, name, Optional.empty()));
  }

  private static Optional<Id> id(String value, String... attributes) {
    return value.isEmpty() ? Optional.empty() : Optional.of(new Id(List.of(attributes), value));
  }

  private static Optional<Kind> ec2(Optional<Id> id, String... types) {
    return kind(id, Optional.empty(), types);
  }

  private static Optional<Kind> kind(Optional<Id> id, Optional<Name> name, String... types) {
    return Optional.of(new Kind(List.of(types), id, name));
  }

  private static String before(String text, char mark) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(0, at);
  }

  private static String after(String text, char mark) {
    return text.substring(text.indexOf(mark) + 1);
  }
}
