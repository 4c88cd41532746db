package dev.cloudmend.playbooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Arn;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The resources of an account that playbooks can look at, for a look without any event. It reads
 * lists page by page and nothing of the resources themselves.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html">ListBuckets</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeSecurityGroups.html">DescribeSecurityGroups</a>
 */
public final class Inventory {

  /** Without a page size S3 lists everything at once, and refuses beyond 10,000 buckets. */
  private static final int PAGE = 1_000;

  private static final String BUCKET = "AWS::S3::Bucket";
  private static final String ACCOUNT = "AWS::::Account";
  private static final String SECURITY_GROUP = "AWS::EC2::SecurityGroup";

  private final AwsReader aws;
  private final String region;

  /**
   * Makes the inventory of the account that the credentials belong to.
   *
   * @param region where what has no region is asked for; its partition is that of all resources
   */
  public Inventory(AwsReader aws, String region) {
    this.aws = aws;
    this.region = Arn.checkRegion(region);
  }

  /** The types that can be listed, as {@link PlaybookInfo#resourceType} has them. */
  public static List<String> types() {
    return List.of(BUCKET, ACCOUNT, SECURITY_GROUP);
  }

  /** Whether each region has resources of a type for itself. */
  public static boolean isRegional(String type) {
    return type.equals(SECURITY_GROUP);
  }

  /**
   * Lists the resources of a type, by ARN.
   *
   * @param type one of {@link #types}
   * @param in the region to look in; without meaning where the type is not regional
   * @throws dev.cloudmend.aws.AwsCallException when a page cannot be read
   */
  public List<ResourceRef> list(String type, String in) {
    return switch (type) {
      case BUCKET -> buckets();
      case ACCOUNT -> List.of(account());
      case SECURITY_GROUP -> securityGroups(in);
      default -> throw new IllegalArgumentException("resources of type " + type + " have no list");
    };
  }

  /**
   * The regions that are switched on in the account, by name.
   *
   * @throws dev.cloudmend.aws.AwsCallException when they cannot be read
   */
  public List<String> regions() {
    JsonNode regions =
        aws.read(new ApiCall("ec2", "DescribeRegions", region, Json.object())).path("Regions");
    return StreamSupport.stream(regions.spliterator(), false)
        .map(one -> one.path("RegionName").asText())
        .sorted()
        .toList();
  }

  /** The account itself; IAM's settings are read where its partition runs IAM. */
  public ResourceRef account() {
    String account = aws.callerAccount();
    String home =
        switch (partition()) {
          case "aws-cn" -> "cn-north-1";
          case "aws-us-gov" -> "us-gov-west-1";
          default -> "us-east-1";
        };
    return new ResourceRef(Arn.ofAccount(partition(), account), account, home);
  }

  private List<ResourceRef> buckets() {
    String account = aws.callerAccount();
    ObjectNode parameters = Json.object().put("MaxBuckets", PAGE);
    var found = new ArrayList<ResourceRef>();
    for (JsonNode bucket :
        aws.readAll(new ApiCall("s3", "ListBuckets", region, parameters), "Buckets")) {
      Arn arn = new Arn(partition(), "s3", "", "", bucket.path("Name").asText());
      found.add(new ResourceRef(arn, account, region));
    }
    return List.copyOf(found);
  }

  private List<ResourceRef> securityGroups(String in) {
    String account = aws.callerAccount();
    ObjectNode parameters = Json.object().put("MaxResults", PAGE);
    var found = new ArrayList<ResourceRef>();
    for (JsonNode group :
        aws.readAll(
            new ApiCall("ec2", "DescribeSecurityGroups", in, parameters), "SecurityGroups")) {
      // Groups that another account shares are shown too; that account's own look sees to them.
      if (group.path("OwnerId").asText(account).equals(account)) {
        String name = "security-group/" + group.path("GroupId").asText();
        found.add(new ResourceRef(new Arn(partition(), "ec2", in, account, name), account, in));
      }
    }
    return List.copyOf(found);
  }

  private String partition() {
    if (region.startsWith("cn-")) {
      return "aws-cn";
    }
    return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  }
}
