package dev.cloudmend.playbooks.s3;

import dev.cloudmend.model.Json;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Operations;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Control;
import dev.cloudmend.playbooks.PlaybookInfo.Example;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.List;

/** What {@link BucketDefaultEncryption} is, for people and for documentation. */
final class DefaultEncryptionInfo {

  static final PlaybookInfo INFO =
      new PlaybookInfo(
          "s3-bucket-default-encryption",
          "1",
          "S3 bucket encrypts with the required key by default",
          """
          S3 encrypts every new object since January 2023, by default with a key of its own that \
          opens for whoever may read the object. With a key of AWS KMS reading needs a second \
          permission, each use of the key is logged, and the key can be switched off.""",
          """
          Where the baseline bucketEncryption names a KMS key for the bucket's region, new objects \
          are encrypted with it by default, with a bucket key that keeps the number of calls to KMS \
          low. Without such a baseline every bucket is compliant. A bucket that uses KMS already \
          keeps its key, objects that are there stay as they are, and so do the other members of \
          the bucket's encryption rule.""",
          Tier.auto,
          "s3",
          "AWS::S3::Bucket",
          List.of(
              "S3 Bucket Default Encryption",
              "S3 Buckets Default Encryption",
              "S3 Default Encryption",
              "S3 Bucket Default Encryption Enabled",
              "S3 Default Encryption Enabled",
              "S3 Bucket Encryption",
              "S3 Buckets Encrypted",
              "S3 Bucket Encryption Enabled",
              "S3 Bucket Encryption at Rest",
              "S3 Bucket Server Side Encryption",
              "S3 Bucket Server Side Encryption Enabled",
              "S3 Bucket KMS Encryption",
              "S3 Buckets Encrypted with KMS",
              "S3 Bucket Encrypted with KMS",
              "S3 Default Encryption KMS",
              "S3 general purpose buckets should be encrypted at rest with AWS KMS keys",
              "S3 buckets should be encrypted at rest with AWS KMS keys",
              "S3 buckets should have server-side encryption enabled",
              "S3.4",
              "S3.17",
              "s3-default-encryption-kms",
              "s3-bucket-server-side-encryption-enabled",
              "s3_bucket_default_encryption",
              "s3_bucket_kms_encryption",
              "CKV_AWS_19",
              "CKV_AWS_145"),
          List.of(
              new Control("Security Hub", "S3.17"),
              new Control("AWS Config", "s3-default-encryption-kms"),
              new Control("AWS Config", "s3-bucket-server-side-encryption-enabled"),
              new Control("Prowler", "s3_bucket_kms_encryption"),
              new Control("Prowler", "s3_bucket_default_encryption"),
              new Control("Checkov", "CKV_AWS_19"),
              new Control("Checkov", "CKV_AWS_145"),
              new Control("NIST 800-53 r5", "AU-9"),
              new Control("NIST 800-53 r5", "CA-9(1)"),
              new Control("NIST 800-53 r5", "CM-3(6)"),
              new Control("NIST 800-53 r5", "SC-7(10)"),
              new Control("NIST 800-53 r5", "SC-12(2)"),
              new Control("NIST 800-53 r5", "SC-13"),
              new Control("NIST 800-53 r5", "SC-28"),
              new Control("NIST 800-53 r5", "SC-28(1)"),
              new Control("NIST 800-53 r5", "SI-7(6)"),
              new Control("PCI DSS 4.0", "3.5.1")),
          List.of(Operations.GET_BUCKET_LOCATION, Operations.GET_BUCKET_ENCRYPTION),
          List.of(Operations.PUT_BUCKET_ENCRYPTION, Operations.DELETE_BUCKET_ENCRYPTION),
          List.of("PutBucketEncryption", "DeleteBucketEncryption", "CreateBucket"),
          Reversibility.EXACT,
          // Without the key, whoever may read objects but not use the key reads the new ones.
          true,
          new Example(
              "S3's own key, where a key of KMS is required",
              Json.parse(
                  """
                  {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, \
                  "BucketKeyEnabled": false, \
                  "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]}}"""),
              Json.parse(
                  """
                  {"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "aws:kms", \
                  "KMSMasterKeyID": "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"}, \
                  "BucketKeyEnabled": true, \
                  "BlockedEncryptionTypes": {"EncryptionType": ["SSE-C"]}}""")));

  private DefaultEncryptionInfo() {}
}
