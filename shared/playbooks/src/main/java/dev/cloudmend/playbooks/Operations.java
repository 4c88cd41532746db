package dev.cloudmend.playbooks;

import dev.cloudmend.playbooks.PlaybookInfo.Operation;
import java.util.List;

/**
 * Every API operation that playbooks use, with the IAM actions that it needs and the name under
 * which CloudTrail records it. These are three names of one thing, and they differ: what S3 calls
 * DeletePublicAccessBlock needs {@code s3:PutBucketPublicAccessBlock} and is recorded as {@code
 * DeleteBucketPublicAccessBlock}. Roles, triggers and documentation come from this table.
 *
 * <p>CloudTrail records the calls of IAM and EC2 under the operation's own name; S3 has names of
 * its own.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html">Required
 *     permissions for Amazon S3 API operations</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html">Amazon
 *     S3 CloudTrail events</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/IAM/latest/UserGuide/cloudtrail-integration.html">Logging
 *     IAM and AWS STS API calls with AWS CloudTrail</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitor-with-cloudtrail.html">Log
 *     Amazon EC2 API calls using AWS CloudTrail</a>
 */
public final class Operations {

  private static final String AUTHORIZATION =
      "https://docs.aws.amazon.com/service-authorization/latest/reference/list_";

  /** Whose credentials these are; what every look at live state begins with. */
  public static final Operation GET_CALLER_IDENTITY =
      new Operation(
          "sts",
          "GetCallerIdentity",
          List.of(),
          null,
          "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html");

  /** Which of AWS's own rules a rule of AWS Config is; somebody chose its name. */
  public static final Operation DESCRIBE_CONFIG_RULES =
      read("config", "DescribeConfigRules", "config:DescribeConfigRules");

  /** Whose unique ids these are; findings of IAM have them in place of names. */
  public static final Operation LIST_USERS = read("iam", "ListUsers", "iam:ListUsers");

  public static final Operation LIST_ROLES = read("iam", "ListRoles", "iam:ListRoles");
  public static final Operation LIST_GROUPS = read("iam", "ListGroups", "iam:ListGroups");
  public static final Operation LIST_POLICIES = read("iam", "ListPolicies", "iam:ListPolicies");

  /** What tells the meaning of a finding, before any playbook looks at its resource. */
  public static final List<Operation> LOOKUPS =
      List.of(DESCRIBE_CONFIG_RULES, LIST_USERS, LIST_ROLES, LIST_GROUPS, LIST_POLICIES);

  /** The tags of resources, which {@link ResourceTags} reads for all playbooks. */
  public static final Operation GET_BUCKET_TAGGING =
      read("s3", "GetBucketTagging", "s3:GetBucketTagging");

  public static final Operation DESCRIBE_TAGS = read("ec2", "DescribeTags", "ec2:DescribeTags");
  public static final Operation LIST_USER_TAGS = read("iam", "ListUserTags", "iam:ListUserTags");
  public static final Operation LIST_ROLE_TAGS = read("iam", "ListRoleTags", "iam:ListRoleTags");
  public static final Operation LIST_POLICY_TAGS =
      read("iam", "ListPolicyTags", "iam:ListPolicyTags");

  public static final Operation GET_BUCKET_LOCATION =
      read("s3", "GetBucketLocation", "s3:GetBucketLocation");

  public static final Operation GET_PUBLIC_ACCESS_BLOCK =
      read("s3", "GetPublicAccessBlock", "s3:GetBucketPublicAccessBlock");
  public static final Operation PUT_PUBLIC_ACCESS_BLOCK =
      write(
          "s3",
          "PutPublicAccessBlock",
          "PutBucketPublicAccessBlock",
          "s3:PutBucketPublicAccessBlock");
  public static final Operation DELETE_PUBLIC_ACCESS_BLOCK =
      write(
          "s3",
          "DeletePublicAccessBlock",
          "DeleteBucketPublicAccessBlock",
          "s3:PutBucketPublicAccessBlock");

  public static final Operation GET_BUCKET_POLICY =
      read("s3", "GetBucketPolicy", "s3:GetBucketPolicy");
  public static final Operation PUT_BUCKET_POLICY =
      write("s3", "PutBucketPolicy", "PutBucketPolicy", "s3:PutBucketPolicy");
  public static final Operation DELETE_BUCKET_POLICY =
      write("s3", "DeleteBucketPolicy", "DeleteBucketPolicy", "s3:DeleteBucketPolicy");

  public static final Operation GET_BUCKET_WEBSITE =
      read("s3", "GetBucketWebsite", "s3:GetBucketWebsite");

  public static final Operation GET_BUCKET_ENCRYPTION =
      read("s3", "GetBucketEncryption", "s3:GetEncryptionConfiguration");
  public static final Operation PUT_BUCKET_ENCRYPTION =
      write("s3", "PutBucketEncryption", "PutBucketEncryption", "s3:PutEncryptionConfiguration");
  public static final Operation DELETE_BUCKET_ENCRYPTION =
      write(
          "s3",
          "DeleteBucketEncryption",
          "DeleteBucketEncryption",
          "s3:PutEncryptionConfiguration");

  public static final Operation GET_BUCKET_VERSIONING =
      read("s3", "GetBucketVersioning", "s3:GetBucketVersioning");
  public static final Operation PUT_BUCKET_VERSIONING =
      write("s3", "PutBucketVersioning", "PutBucketVersioning", "s3:PutBucketVersioning");

  public static final Operation GET_ACCOUNT_PASSWORD_POLICY =
      read("iam", "GetAccountPasswordPolicy", "iam:GetAccountPasswordPolicy");
  public static final Operation UPDATE_ACCOUNT_PASSWORD_POLICY =
      write(
          "iam",
          "UpdateAccountPasswordPolicy",
          "UpdateAccountPasswordPolicy",
          "iam:UpdateAccountPasswordPolicy");
  public static final Operation DELETE_ACCOUNT_PASSWORD_POLICY =
      write(
          "iam",
          "DeleteAccountPasswordPolicy",
          "DeleteAccountPasswordPolicy",
          "iam:DeleteAccountPasswordPolicy");

  public static final Operation DESCRIBE_SECURITY_GROUPS =
      read("ec2", "DescribeSecurityGroups", "ec2:DescribeSecurityGroups");
  public static final Operation DESCRIBE_SECURITY_GROUP_RULES =
      read("ec2", "DescribeSecurityGroupRules", "ec2:DescribeSecurityGroupRules");
  public static final Operation REVOKE_SECURITY_GROUP_INGRESS =
      write(
          "ec2",
          "RevokeSecurityGroupIngress",
          "RevokeSecurityGroupIngress",
          "ec2:RevokeSecurityGroupIngress");

  /** Tags in the call need the right to set tags as well. */
  public static final Operation AUTHORIZE_SECURITY_GROUP_INGRESS =
      write(
          "ec2",
          "AuthorizeSecurityGroupIngress",
          "AuthorizeSecurityGroupIngress",
          "ec2:AuthorizeSecurityGroupIngress",
          "ec2:CreateTags");

  private Operations() {}

  private static Operation read(String service, String name, String iamAction) {
    return new Operation(service, name, List.of(iamAction), null, source(service));
  }

  private static Operation write(
      String service, String name, String cloudTrail, String... iamActions) {
    return new Operation(service, name, List.of(iamActions), cloudTrail, source(service));
  }

  private static String source(String service) {
    return AUTHORIZATION + service + ".html";
  }
}
