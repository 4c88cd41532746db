package dev.cloudmend.playbooks;

import dev.cloudmend.model.Arn;
import java.util.Optional;

/**
 * The type of a resource in CloudFormation's words, as {@link PlaybookInfo#resourceType} has it.
 */
public final class ResourceType {

  private ResourceType() {}

  /** The type that an ARN is of, where its form tells and a playbook may speak of it. */
  public static Optional<String> of(Arn arn) {
    String resource = arn.resource();
    return switch (arn.service()) {
      case "s3" -> resource.contains("/") ? Optional.empty() : Optional.of("AWS::S3::Bucket");
      case "iam" -> ofIam(resource);
      case "ec2" -> ofEc2(resource);
      default -> Optional.empty();
    };
  }

  private static Optional<String> ofIam(String resource) {
    if (resource.equals("root")) {
      return Optional.of("AWS::::Account");
    }
    return switch (resource.substring(0, Math.max(0, resource.indexOf('/')))) {
      case "user" -> Optional.of("AWS::IAM::User");
      case "role" -> Optional.of("AWS::IAM::Role");
      case "group" -> Optional.of("AWS::IAM::Group");
      case "policy" -> Optional.of("AWS::IAM::ManagedPolicy");
      default -> Optional.empty();
    };
  }

  private static Optional<String> ofEc2(String resource) {
    return switch (resource.substring(0, Math.max(0, resource.indexOf('/')))) {
      case "security-group" -> Optional.of("AWS::EC2::SecurityGroup");
      case "instance" -> Optional.of("AWS::EC2::Instance");
      case "volume" -> Optional.of("AWS::EC2::Volume");
      case "vpc" -> Optional.of("AWS::EC2::VPC");
      case "subnet" -> Optional.of("AWS::EC2::Subnet");
      case "network-acl" -> Optional.of("AWS::EC2::NetworkAcl");
      default -> Optional.empty();
    };
  }
}
