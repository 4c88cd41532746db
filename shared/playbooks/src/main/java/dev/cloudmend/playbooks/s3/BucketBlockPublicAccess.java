package dev.cloudmend.playbooks.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsCallException;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ModelException;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Operations;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Control;
import dev.cloudmend.playbooks.PlaybookInfo.Example;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.List;

/**
 * Turns all four settings of a bucket's block public access on.
 *
 * <p>The state is the four flags as S3 gives them, or JSON null where the bucket has no such
 * configuration.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html">Blocking
 *     public access to your Amazon S3 storage</a>
 */
public final class BucketBlockPublicAccess implements Playbook {

  private static final List<String> FLAGS =
      List.of("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets");
  private static final String CONFIGURATION = "PublicAccessBlockConfiguration";
  private static final String NONE = "NoSuchPublicAccessBlockConfiguration";

  private static final PlaybookInfo INFO =
      new PlaybookInfo(
          "s3-bucket-block-public-access",
          "1",
          "S3 bucket blocks public access",
          """
          One wrong bucket policy or object ACL is enough to show a bucket to everybody. Block public \
          access is the switch above them: while it is on, S3 refuses new public grants and ignores \
          the ones that are there, whatever policies and ACLs say.""",
          """
          Turns the four settings of the bucket on. Policies, ACLs and objects are not changed, so \
          undo gives back exactly the access that was there.""",
          Tier.auto,
          "s3",
          "AWS::S3::Bucket",
          List.of(
              "S3 Bucket Block Public Access",
              "S3 Buckets Block Public Access",
              "S3 Bucket Public Access Block",
              "S3 Bucket Public Access Blocked",
              "S3 Buckets Public Access Blocked",
              "S3 Public Access Block",
              "S3 Public Access Block Enabled",
              "S3 Block Public Access Enabled",
              "S3 Bucket Block Public Access Enabled",
              "S3 general purpose buckets should block public access",
              "S3 general purpose buckets should block public read access",
              "S3 general purpose buckets should block public write access",
              "S3.2",
              "S3.3",
              "S3.8",
              "s3-bucket-level-public-access-prohibited",
              "s3-bucket-public-read-prohibited",
              "s3-bucket-public-write-prohibited",
              "s3_bucket_level_public_access_block",
              "s3_bucket_public_access",
              "CKV_AWS_53",
              "CKV_AWS_54",
              "CKV_AWS_55",
              "CKV_AWS_56",
              "CKV2_AWS_6"),
          List.of(
              new Control("Security Hub", "S3.2"),
              new Control("Security Hub", "S3.3"),
              new Control("Security Hub", "S3.8"),
              new Control("CIS AWS Foundations v3.0", "2.1.4"),
              new Control("AWS Config", "s3-bucket-level-public-access-prohibited"),
              new Control("AWS Config", "s3-bucket-public-read-prohibited"),
              new Control("AWS Config", "s3-bucket-public-write-prohibited"),
              new Control("Prowler", "s3_bucket_level_public_access_block"),
              new Control("Prowler", "s3_bucket_public_access"),
              new Control("Checkov", "CKV_AWS_53"),
              new Control("Checkov", "CKV_AWS_54"),
              new Control("Checkov", "CKV_AWS_55"),
              new Control("Checkov", "CKV_AWS_56"),
              new Control("Checkov", "CKV2_AWS_6"),
              new Control("NIST 800-53 r5", "AC-3"),
              new Control("NIST 800-53 r5", "AC-3(7)"),
              new Control("NIST 800-53 r5", "AC-4"),
              new Control("NIST 800-53 r5", "AC-4(21)"),
              new Control("NIST 800-53 r5", "AC-6"),
              new Control("NIST 800-53 r5", "AC-21"),
              new Control("NIST 800-53 r5", "SC-7"),
              new Control("NIST 800-53 r5", "SC-7(3)"),
              new Control("NIST 800-53 r5", "SC-7(4)"),
              new Control("NIST 800-53 r5", "SC-7(9)"),
              new Control("NIST 800-53 r5", "SC-7(11)"),
              new Control("NIST 800-53 r5", "SC-7(16)"),
              new Control("NIST 800-53 r5", "SC-7(20)"),
              new Control("NIST 800-53 r5", "SC-7(21)"),
              new Control("SOC 2", "CC6.1"),
              new Control("PCI DSS 4.0", "1.4.4")),
          List.of(Operations.GET_BUCKET_LOCATION, Operations.GET_PUBLIC_ACCESS_BLOCK),
          List.of(Operations.PUT_PUBLIC_ACCESS_BLOCK, Operations.DELETE_PUBLIC_ACCESS_BLOCK),
          List.of("PutBucketPublicAccessBlock", "DeleteBucketPublicAccessBlock", "CreateBucket"),
          Reversibility.EXACT,
          true,
          new Example(
              "Two of the four settings are off",
              Json.parse(
                  """
                  {"BlockPublicAcls": true, "IgnorePublicAcls": true, \
                  "BlockPublicPolicy": false, "RestrictPublicBuckets": false}"""),
              allOn()));

  @Override
  public PlaybookInfo info() {
    return INFO;
  }

  @Override
  public Assessment assess(ResourceRef resource, Baselines baselines, AwsReader aws) {
    return Bucket.look(resource, aws, bucket -> assess(bucket, aws));
  }

  @Override
  public JsonNode observe(Change change, AwsReader aws) {
    return flags(new Bucket(change.target()), aws);
  }

  private static Assessment assess(Bucket bucket, AwsReader aws) {
    JsonNode before = flags(bucket, aws);
    JsonNode after = allOn();
    if (before.equals(after)) {
      return new Assessment.Compliant();
    }
    ApiCall undo = before.isNull() ? bucket.call("DeletePublicAccessBlock") : put(bucket, before);
    return new Assessment.Violating(
        new Change(
            bucket.target(),
            INFO.id(),
            INFO.version(),
            before,
            after,
            List.of(put(bucket, after)),
            List.of(undo),
            Reversibility.EXACT,
            null,
            "Block public access to bucket " + bucket.name(),
            List.of(
                "Whoever reads or writes the bucket through a public policy or ACL loses access, for"
                    + " example the visitors of a website that it serves."),
            Json.object()));
  }

  private static ApiCall put(Bucket bucket, JsonNode flags) {
    return bucket.call("PutPublicAccessBlock", CONFIGURATION, flags);
  }

  private static JsonNode flags(Bucket bucket, AwsReader aws) {
    JsonNode configuration;
    try {
      configuration = aws.read(bucket.call("GetPublicAccessBlock")).path(CONFIGURATION);
    } catch (AwsCallException e) {
      if (e.code().equals(NONE)) {
        return NullNode.getInstance();
      }
      throw e;
    }
    if (!(configuration instanceof ObjectNode)) {
      throw new ModelException("s3:GetPublicAccessBlock answered without " + CONFIGURATION);
    }
    ObjectNode flags = Json.object();
    for (String flag : FLAGS) {
      if (configuration.path(flag).isBoolean()) {
        flags.set(flag, configuration.path(flag));
      }
    }
    return flags;
  }

  private static ObjectNode allOn() {
    ObjectNode on = Json.object();
    FLAGS.forEach(flag -> on.put(flag, true));
    return on;
  }
}
