package dev.cloudmend.terraform.rules.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsOnlyTest {

  private static final Mending RULES = new Mending(S3Rules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void declaresThePolicyThatIsMissing() {
    RULES.mends(
        "s3-bucket-tls-only",
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.id

          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [
              {
                Sid       = "CloudmendDenyInsecureTransport"
                Effect    = "Deny"
                Principal = "*"
                Action    = "s3:*"
                Resource  = [aws_s3_bucket.a.arn, "${aws_s3_bucket.a.arn}/*"]
                Condition = {
                  Bool = {
                    "aws:SecureTransport" = "false"
                  }
                }
              }
            ]
          })
        }
        """);
  }

  @Test
  void declaresAPolicyForEachBucketOfACollection() {
    RULES.mends(
        "s3-bucket-tls-only",
        """
        resource "aws_s3_bucket" "a" {
          for_each = toset(["shop", "attic"])
          bucket   = each.value
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          for_each = toset(["shop", "attic"])
          bucket   = each.value
        }

        resource "aws_s3_bucket_policy" "a" {
          for_each = aws_s3_bucket.a

          bucket = each.value.id

          policy = jsonencode({
            Version = "2012-10-17"
            Statement = [
              {
                Sid       = "CloudmendDenyInsecureTransport"
                Effect    = "Deny"
                Principal = "*"
                Action    = "s3:*"
                Resource  = [each.value.arn, "${each.value.arn}/*"]
                Condition = {
                  Bool = {
                    "aws:SecureTransport" = "false"
                  }
                }
              }
            ]
          })
        }
        """);
  }

  @Test
  void leavesADocumentThatOthersUse() {
    RULES.shows(
        "s3-bucket-tls-only",
        """
        resource "aws_s3_bucket" "a" {
        }

        data "aws_iam_policy_document" "a" {
          statement {
            effect  = "Deny"
            actions = ["s3:DeleteBucket"]

            principals {
              type        = "*"
              identifiers = ["*"]
            }
          }
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.id
          policy = data.aws_iam_policy_document.a.json
        }

        output "policy" {
          value = data.aws_iam_policy_document.a.json
        }
        """,
        "is used in 2 places");
  }

  @Test
  void addsNoSecondDeny() {
    RULES.leaves(
        "s3-bucket-tls-only",
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.id
          policy = <<EOF
        {
          "Statement": [{
            "Sid": "ByAnotherName",
            "Effect": "Deny",
            "Principal": {"AWS": "*"},
            "Action": "s3:*",
            "Resource": ["${aws_s3_bucket.a.arn}", "${aws_s3_bucket.a.arn}/*"],
            "Condition": {"Bool": {"AWS:SecureTransport": false}}
          }]
        }
        EOF
        }

        resource "aws_s3_bucket" "b" {
        }

        data "aws_iam_policy_document" "b" {
          statement {
            effect    = "Deny"
            actions   = ["s3:*"]
            resources = [aws_s3_bucket.b.arn, "${aws_s3_bucket.b.arn}/*"]

            principals {
              type        = "*"
              identifiers = ["*"]
            }

            condition {
              test     = "Bool"
              variable = "aws:SecureTransport"
              values   = ["false"]
            }
          }
        }

        resource "aws_s3_bucket_policy" "b" {
          bucket = aws_s3_bucket.b.id
          policy = data.aws_iam_policy_document.b.json
        }
        """);
  }

  @Test
  void leavesAPolicyThatIsComputed() {
    RULES.leaves(
        "s3-bucket-tls-only",
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.id
          policy = templatefile("policy.json", { bucket = aws_s3_bucket.a.arn })
        }

        resource "aws_s3_bucket" "b" {
        }

        data "aws_iam_policy_document" "b" {
          source_policy_documents = [var.policy]
        }

        resource "aws_s3_bucket_policy" "b" {
          bucket = aws_s3_bucket.b.id
          policy = data.aws_iam_policy_document.b.json
        }
        """);
  }

  @Test
  void saysThatTerraformIgnoresThePolicy() {
    RULES.shows(
        "s3-bucket-tls-only",
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_policy" "a" {
          bucket = aws_s3_bucket.a.id

          policy = jsonencode({
            Statement = []
          })

          lifecycle {
            ignore_changes = [policy]
          }
        }
        """,
        "ignore_changes");
  }
}
