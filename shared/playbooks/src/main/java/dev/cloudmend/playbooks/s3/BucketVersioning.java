package dev.cloudmend.playbooks.s3;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cloudmend.aws.AwsReader;
import dev.cloudmend.model.ApiCall;
import dev.cloudmend.model.Assessment;
import dev.cloudmend.model.Change;
import dev.cloudmend.model.Json;
import dev.cloudmend.model.ResourceRef;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Baselines;
import dev.cloudmend.playbooks.Operations;
import dev.cloudmend.playbooks.Playbook;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Control;
import dev.cloudmend.playbooks.PlaybookInfo.Example;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.ArrayList;
import java.util.List;

/**
 * Enables a bucket's versioning. MFA delete is never sent, so it stays as it is.
 *
 * <p>The state is {@code {"Status": …}}, or JSON null where the bucket was never versioned. There
 * is no way back to never versioned: undo suspends.
 *
 * @see <a href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html">Retaining
 *     multiple versions of objects with S3 Versioning</a>
 */
public final class BucketVersioning implements Playbook {

  private static final String STATUS = "Status";
  private static final String ENABLED = "Enabled";
  private static final String SUSPENDED = "Suspended";

  private static final PlaybookInfo INFO =
      new PlaybookInfo(
          "s3-bucket-versioning",
          "1",
          "S3 bucket versioning is enabled",
          """
          Without versioning an overwritten or deleted object is gone, be it by mistake, by a faulty \
          program or by somebody who encrypts the bucket for ransom. With it the former versions stay \
          and can be fetched back.""",
          """
          Sets the bucket's versioning to Enabled. Objects, lifecycle rules and MFA delete are not \
          touched. Versioning has no off: undo suspends it, and versions made meanwhile stay.""",
          Tier.auto,
          "s3",
          "AWS::S3::Bucket",
          List.of(
              "S3 Bucket Versioning",
              "S3 Buckets Versioning",
              "S3 Versioning",
              "S3 Versioning Enabled",
              "S3 Bucket Versioning Enabled",
              "S3 Buckets Versioning Enabled",
              "S3 Buckets Versioned",
              "S3 Bucket Versioned",
              "S3 general purpose buckets should have versioning enabled",
              "S3.14",
              "s3-bucket-versioning-enabled",
              "s3_bucket_object_versioning",
              "CKV_AWS_21"),
          List.of(
              new Control("Security Hub", "S3.14"),
              new Control("AWS Config", "s3-bucket-versioning-enabled"),
              new Control("Prowler", "s3_bucket_object_versioning"),
              new Control("Checkov", "CKV_AWS_21"),
              new Control("NIST 800-53 r5", "AU-9(2)"),
              new Control("NIST 800-53 r5", "CP-6"),
              new Control("NIST 800-53 r5", "CP-6(1)"),
              new Control("NIST 800-53 r5", "CP-6(2)"),
              new Control("NIST 800-53 r5", "CP-9"),
              new Control("NIST 800-53 r5", "CP-10"),
              new Control("NIST 800-53 r5", "SC-5(2)"),
              new Control("NIST 800-53 r5", "SI-12"),
              new Control("NIST 800-53 r5", "SI-13(5)"),
              new Control("SOC 2", "A1.2"),
              new Control("SOC 2", "C1.2"),
              new Control("SOC 2", "CC7.4"),
              new Control("SOC 2", "PI1.5")),
          List.of(Operations.GET_BUCKET_LOCATION, Operations.GET_BUCKET_VERSIONING),
          List.of(Operations.PUT_BUCKET_VERSIONING),
          List.of("PutBucketVersioning", "CreateBucket"),
          Reversibility.EQUIVALENT,
          false,
          new Example("Versioning was suspended", status(SUSPENDED), status(ENABLED)));

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
    return state(read(new Bucket(change.target()), aws));
  }

  private static Assessment assess(Bucket bucket, AwsReader aws) {
    ObjectNode live = read(bucket, aws);
    JsonNode before = state(live);
    if (before.path(STATUS).asText("").equals(ENABLED)) {
      return new Assessment.Compliant();
    }
    if (live.path("MFADelete").asText("").equals(ENABLED)) {
      return new Assessment.Blocked(
          "MFA delete is on for bucket "
              + bucket.name()
              + ": only the account's root user with its MFA device can change the versioning");
    }
    var warnings = new ArrayList<String>();
    warnings.add(
        "Every overwritten or deleted object is kept and paid for from now on; a lifecycle rule for"
            + " noncurrent versions bounds the cost.");
    if (before.isNull()) {
      warnings.add("Versioning has no off: undo suspends it.");
      warnings.add(
          "For up to 15 minutes after it is enabled for the first time, S3 may answer requests for"
              + " new objects with an error.");
    }
    return new Assessment.Violating(
        new Change(
            bucket.target(),
            INFO.id(),
            INFO.version(),
            before,
            status(ENABLED),
            List.of(put(bucket, ENABLED)),
            List.of(put(bucket, SUSPENDED)),
            before.isNull() ? Reversibility.EQUIVALENT : Reversibility.EXACT,
            before.isNull() ? status(SUSPENDED) : null,
            "Enable versioning of bucket " + bucket.name(),
            warnings,
            Json.object()));
  }

  private static ObjectNode read(Bucket bucket, AwsReader aws) {
    return aws.read(bucket.call("GetBucketVersioning"));
  }

  private static JsonNode state(ObjectNode live) {
    return live.path(STATUS).isTextual()
        ? status(live.path(STATUS).textValue())
        : NullNode.getInstance();
  }

  private static ApiCall put(Bucket bucket, String status) {
    return bucket.call("PutBucketVersioning", "VersioningConfiguration", status(status));
  }

  private static ObjectNode status(String status) {
    return Json.object().put(STATUS, status);
  }
}
