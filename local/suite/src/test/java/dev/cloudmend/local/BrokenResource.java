package dev.cloudmend.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.model.Json;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A resource that violates a playbook's control, how to make it, and how to look at it without the
 * playbook.
 *
 * @param name what is broken
 * @param playbook the playbook that answers to it
 * @param maker makes the broken resource and an untouched neighbour, and returns the broken one's
 *     ARN
 * @param look raw answers of the service about the broken resource
 * @param lookBeside raw answers about what must stay as it is
 */
record BrokenResource(
    String name,
    String playbook,
    Function<Account, String> maker,
    BiFunction<Account, String, JsonNode> look,
    Function<Account, JsonNode> lookBeside) {

  /** A configuration under which every playbook has something to ask for. */
  static final String CONFIGURATION =
      """
      baselines:
        bucketEncryption:
          kmsKeyArns:
            - arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab
      """;

  static List<BrokenResource> all() {
    return List.of(
        bucket("a bucket without a public access block", "s3-bucket-block-public-access", "", ""),
        bucket(
            "a bucket with half a public access block",
            "s3-bucket-block-public-access",
            "PutPublicAccessBlock",
            "{\"Bucket\":\"broken\",\"PublicAccessBlockConfiguration\":{\"BlockPublicAcls\":true,\"IgnorePublicAcls\":true,\"BlockPublicPolicy\":false,\"RestrictPublicBuckets\":false}}"),
        bucket("a bucket without a policy", "s3-bucket-tls-only", "", ""),
        bucket(
            "a bucket whose policy says nothing of TLS",
            "s3-bucket-tls-only",
            "PutBucketPolicy",
            "{\"Bucket\":\"broken\",\"Policy\":\"{ \\\"Statement\\\": {\\\"Sid\\\":\\\"Logs\\\",\\\"Effect\\\":\\\"Allow\\\",\\\"Principal\\\":{\\\"Service\\\":\\\"logging.s3.amazonaws.com\\\"},\\\"Action\\\":\\\"s3:PutObject\\\",\\\"Resource\\\":\\\"arn:aws:s3:::broken/*\\\"}, \\\"Version\\\": \\\"2012-10-17\\\" }\"}"),
        bucket(
            "a bucket that never had an encryption rule", "s3-bucket-default-encryption", "", ""),
        bucket(
            "a bucket that encrypts with S3's own key",
            "s3-bucket-default-encryption",
            "PutBucketEncryption",
            "{\"Bucket\":\"broken\",\"ServerSideEncryptionConfiguration\":{\"Rules\":[{\"ApplyServerSideEncryptionByDefault\":{\"SSEAlgorithm\":\"AES256\"},\"BucketKeyEnabled\":false}]}}"),
        bucket("a bucket that never had versions", "s3-bucket-versioning", "", ""),
        bucket(
            "a bucket whose versioning is suspended",
            "s3-bucket-versioning",
            "PutBucketVersioning",
            "{\"Bucket\":\"broken\",\"VersioningConfiguration\":{\"Status\":\"Suspended\"}}"),
        passwordPolicy("an account without a password policy", ""),
        passwordPolicy(
            "an account with a weak password policy",
            "{\"MinimumPasswordLength\":8,\"RequireNumbers\":true,\"RequireSymbols\":false,\"RequireUppercaseCharacters\":false,\"RequireLowercaseCharacters\":true,\"AllowUsersToChangePassword\":true,\"MaxPasswordAge\":60,\"PasswordReusePrevention\":3}"),
        securityGroup());
  }

  String breakIt(Account account) {
    return maker.apply(account);
  }

  JsonNode snapshot(Account account, String arn) {
    return look.apply(account, arn);
  }

  JsonNode neighbour(Account account) {
    return lookBeside.apply(account);
  }

  @Override
  public String toString() {
    return name;
  }

  private static BrokenResource bucket(
      String name, String playbook, String operation, String parameters) {
    return new BrokenResource(
        name,
        playbook,
        account -> {
          account.write("s3", "CreateBucket", "{\"Bucket\":\"broken\"}");
          account.write("s3", "CreateBucket", "{\"Bucket\":\"neighbour\"}");
          if (!operation.isEmpty()) {
            account.write("s3", operation, parameters);
          }
          return "arn:aws:s3:::broken";
        },
        (account, arn) -> lookAtBucket(account, "broken"),
        account -> lookAtBucket(account, "neighbour"));
  }

  private static JsonNode lookAtBucket(Account account, String bucket) {
    String parameters = "{\"Bucket\":\"" + bucket + "\"}";
    ObjectNode all = Json.object();
    for (String operation :
        List.of(
            "GetPublicAccessBlock",
            "GetBucketVersioning",
            "GetBucketAcl",
            "GetBucketPolicy",
            "GetBucketEncryption")) {
      all.set(operation, account.read("s3", operation, parameters));
    }
    return all;
  }

  private static BrokenResource passwordPolicy(String name, String policy) {
    return new BrokenResource(
        name,
        "iam-password-policy",
        account -> {
          account.write("iam", "CreateUser", "{\"UserName\":\"neighbour\"}");
          if (!policy.isEmpty()) {
            account.write("iam", "UpdateAccountPasswordPolicy", policy);
          }
          return "arn:aws:iam::123456789012:root";
        },
        (account, arn) -> account.read("iam", "GetAccountPasswordPolicy", "{}"),
        account -> account.read("iam", "GetUser", "{\"UserName\":\"neighbour\"}"));
  }

  private static BrokenResource securityGroup() {
    return new BrokenResource(
        "a security group with SSH and RDP open to the world",
        "ec2-security-group-admin-ports-world",
        account -> {
          group(account, "neighbour");
          return "arn:aws:ec2:us-east-1:123456789012:security-group/" + group(account, "broken");
        },
        (account, arn) -> lookAtGroup(account, "broken"),
        account -> lookAtGroup(account, "neighbour"));
  }

  private static String group(Account account, String name) {
    String vpc = account.read("ec2", "DescribeVpcs", "{}").at("/Vpcs/0/VpcId").asText();
    ObjectNode create = Json.object();
    create.put("GroupName", name).put("Description", name).put("VpcId", vpc);
    String id =
        account.write("ec2", "CreateSecurityGroup", create.toString()).path("GroupId").asText();
    String permissions =
        """
        [{"IpProtocol":"tcp","FromPort":22,"ToPort":22,
          "IpRanges":[{"CidrIp":"0.0.0.0/0","Description":"temporary"},{"CidrIp":"10.0.0.0/8","Description":"office"}],
          "Ipv6Ranges":[{"CidrIpv6":"::/0","Description":"temporary too"}]},
         {"IpProtocol":"tcp","FromPort":3000,"ToPort":4000,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]},
         {"IpProtocol":"tcp","FromPort":443,"ToPort":443,"IpRanges":[{"CidrIp":"0.0.0.0/0"}]}]
        """;
    ObjectNode ingress = Json.object().put("GroupId", id);
    ingress.set("IpPermissions", Json.parse(permissions));
    account.write("ec2", "AuthorizeSecurityGroupIngress", ingress.toString());
    return id;
  }

  /** Without the ids of rules, which a rule that is made again gets anew, and in one order. */
  private static JsonNode lookAtGroup(Account account, String name) {
    JsonNode groups =
        account.read(
            "ec2",
            "DescribeSecurityGroups",
            "{\"Filters\":[{\"Name\":\"group-name\",\"Values\":[\"" + name + "\"]}]}");
    JsonNode group = groups.at("/SecurityGroups/0");
    List<String> rules =
        java.util.stream.StreamSupport.stream(group.path("IpPermissions").spliterator(), false)
            .flatMap(
                permission ->
                    java.util.stream.Stream.of("IpRanges", "Ipv6Ranges")
                        .flatMap(
                            kind ->
                                java.util.stream.StreamSupport.stream(
                                    permission.path(kind).spliterator(), false))
                        .map(
                            range ->
                                permission.path("IpProtocol")
                                    + " "
                                    + permission.path("FromPort")
                                    + "-"
                                    + permission.path("ToPort")
                                    + " "
                                    + range))
            .sorted()
            .toList();
    ObjectNode seen = Json.object();
    seen.set("ingress", Json.toTree(rules));
    seen.set("egress", group.path("IpPermissionsEgress"));
    return seen;
  }
}
