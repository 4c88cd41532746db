package dev.cloudmend.playbooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.Target;
import dev.cloudmend.playbooks.PlaybookInfo.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tags that a resource has now. */
public final class ResourceTags {

  private static final String TAGS = "Tags";
  private static final String NO_TAGS = "NoSuchTagSet";

  private ResourceTags() {}

  /**
   * The one operation that tells the tags of a type of resource; empty where such a resource has
   * none, as an account as a whole and a group of IAM.
   *
   * @param resourceType in CloudFormation's words, such as {@code AWS::S3::Bucket}
   */
  public static Optional<Operation> read(String resourceType) {
    if (resourceType.startsWith("AWS::EC2::")) {
      return Optional.of(Operations.DESCRIBE_TAGS);
    }
    return switch (resourceType) {
      case "AWS::S3::Bucket" -> Optional.of(Operations.GET_BUCKET_TAGGING);
      case "AWS::IAM::User" -> Optional.of(Operations.LIST_USER_TAGS);
      case "AWS::IAM::Role" -> Optional.of(Operations.LIST_ROLE_TAGS);
      case "AWS::IAM::ManagedPolicy" -> Optional.of(Operations.LIST_POLICY_TAGS);
      default -> Optional.empty();
    };
  }

  /**
   * Reads the tags of a resource.
   *
   * @return its tags, none where it cannot have any; empty where nobody knows how such a resource's
   *     tags are read
   * @throws AwsCallException when they cannot be read
   */
  public static Optional<Map<String, String>> of(Target target, AwsReader aws) {
    return ResourceType.of(target.arn())
        .map(type -> read(type).map(operation -> of(target, operation, aws)).orElse(Map.of()));
  }

  private static Map<String, String> of(Target target, Operation operation, AwsReader aws) {
    ApiCall call =
        new ApiCall(operation.service(), operation.name(), target.region(), whose(target));
    return map(operation.service().equals("s3") ? ofBucket(call, aws) : aws.readAll(call, TAGS));
  }

  private static ObjectNode whose(Target target) {
    String resource = target.arn().resource();
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    ObjectNode parameters = Json.object();
    switch (ResourceType.of(target.arn()).orElse("")) {
      case "AWS::S3::Bucket" ->
          parameters.put("Bucket", resource).put("ExpectedBucketOwner", target.account());
      case "AWS::IAM::User" -> parameters.put("UserName", name);
      case "AWS::IAM::Role" -> parameters.put("RoleName", name);
      case "AWS::IAM::ManagedPolicy" -> parameters.put("PolicyArn", target.arn().toString());
      default -> {
        ObjectNode filter = parameters.putArray("Filters").addObject();
        filter.put("Name", "resource-id").putArray("Values").add(name);
      }
    }
    return parameters;
  }

  private static Iterable<JsonNode> ofBucket(ApiCall call, AwsReader aws) {
    try {
      return aws.read(call).path("TagSet");
    } catch (AwsCallException e) {
      if (e.code().equals(NO_TAGS)) {
        return Json.object();
      }
      throw e;
    }
  }

  private static Map<String, String> map(Iterable<JsonNode> tags) {
    var map = new HashMap<String, String>();
    tags.forEach(tag -> map.put(tag.path("Key").asText(), tag.path("Value").asText()));
    return Map.copyOf(map);
  }
}
