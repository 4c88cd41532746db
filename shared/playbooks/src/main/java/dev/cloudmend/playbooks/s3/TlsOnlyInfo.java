package dev.cloudmend.playbooks.s3;

import dev.cloudmend.model.Json;
import dev.cloudmend.model.Reversibility;
import dev.cloudmend.playbooks.Operations;
import dev.cloudmend.playbooks.PlaybookInfo;
import dev.cloudmend.playbooks.PlaybookInfo.Control;
import dev.cloudmend.playbooks.PlaybookInfo.Example;
import dev.cloudmend.playbooks.PlaybookInfo.Tier;
import java.util.List;

/** What {@link BucketTlsOnly} is, for people and for documentation. */
final class TlsOnlyInfo {

  static final PlaybookInfo INFO =
      new PlaybookInfo(
          "s3-bucket-tls-only",
          "1",
          "S3 bucket refuses requests without TLS",
          """
          S3 answers over plain HTTP as well. Whoever sits between a client and the bucket then reads \
          objects and presigned URLs as they pass, and may change them on their way.""",
          """
          Appends one statement to the bucket policy that denies every request over plain HTTP, to \
          the bucket and its objects. It allows nothing, and every other statement stays as it is. \
          Undo takes only that statement out again.""",
          Tier.auto,
          "s3",
          "AWS::S3::Bucket",
          List.of(
              "S3 Bucket TLS Only",
              "S3 Buckets TLS Only",
              "S3 Bucket Enforces TLS",
              "S3 Buckets Enforce TLS",
              "S3 Bucket SSL Enforced",
              "S3 Bucket Enforces SSL",
              "S3 Buckets Enforce SSL",
              "S3 Bucket HTTPS Only",
              "S3 Bucket Enforces HTTPS",
              "S3 Buckets Enforce HTTPS",
              "S3 Bucket Secure Transport",
              "S3 Bucket Policy Secure Transport",
              "S3 Bucket Encryption in Transit",
              "S3 Bucket Denies HTTP Requests",
              "Ensure S3 Bucket Policy is set to deny HTTP requests",
              "S3 general purpose buckets should require requests to use SSL",
              "S3 buckets should require requests to use Secure Socket Layer",
              "S3.5",
              "s3-bucket-ssl-requests-only",
              "s3_bucket_secure_transport_policy",
              "CKV_AWS_379"),
          List.of(
              new Control("Security Hub", "S3.5"),
              new Control("CIS AWS Foundations v3.0", "2.1.1"),
              new Control("AWS Config", "s3-bucket-ssl-requests-only"),
              new Control("Prowler", "s3_bucket_secure_transport_policy"),
              new Control("Checkov", "CKV_AWS_379"),
              new Control("NIST 800-53 r5", "AC-4"),
              new Control("NIST 800-53 r5", "AC-17(2)"),
              new Control("NIST 800-53 r5", "IA-5(1)"),
              new Control("NIST 800-53 r5", "SC-7(4)"),
              new Control("NIST 800-53 r5", "SC-8"),
              new Control("NIST 800-53 r5", "SC-8(1)"),
              new Control("NIST 800-53 r5", "SC-8(2)"),
              new Control("NIST 800-53 r5", "SC-12(3)"),
              new Control("NIST 800-53 r5", "SC-13"),
              new Control("NIST 800-53 r5", "SC-23"),
              new Control("NIST 800-53 r5", "SC-23(3)"),
              new Control("NIST 800-53 r5", "SI-7(6)"),
              new Control("PCI DSS 4.0", "4.2.1")),
          List.of(
              Operations.GET_BUCKET_LOCATION,
              Operations.GET_BUCKET_POLICY,
              Operations.GET_BUCKET_WEBSITE),
          List.of(Operations.PUT_BUCKET_POLICY, Operations.DELETE_BUCKET_POLICY),
          List.of("PutBucketPolicy", "DeleteBucketPolicy", "CreateBucket"),
          Reversibility.EXACT,
          true,
          new Example(
              "Nothing refuses plain HTTP; the statements that are there do not show, they stay",
              Json.parse("{\"statement\": null}"),
              Json.parse(
                  """
                  {"statement": {"Sid": "CloudmendDenyInsecureTransport", "Effect": "Deny", \
                  "Principal": "*", "Action": "s3:*", \
                  "Resource": ["arn:aws:s3:::shop", "arn:aws:s3:::shop/*"], \
                  "Condition": {"Bool": {"aws:SecureTransport": "false"}}}}""")));

  private TlsOnlyInfo() {}
}
