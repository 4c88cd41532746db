package dev.cloudmend.terraform.rules.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LifecycleTest {

  private static final Mending RULES = new Mending(S3Rules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void declaresALifecycleThatEndsUploads() {
    RULES.mends(
        "s3-bucket-lifecycle",
        """
        resource "aws_s3_bucket" "a" {
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
        }

        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          bucket = aws_s3_bucket.a.id

          rule {
            id     = "abort-incomplete-uploads"
            status = "Enabled"

            filter {}

            abort_incomplete_multipart_upload {
              days_after_initiation = 7
            }
          }
        }
        """);
  }

  @Test
  void addsALifecycleRuleInTheBucketWhereTheModuleDoes() {
    RULES.mends(
        "s3-bucket-lifecycle",
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"

          versioning {
            enabled = true
          }
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"

          versioning {
            enabled = true
          }

          lifecycle_rule {
            id                                     = "abort-incomplete-uploads"
            enabled                                = true
            abort_incomplete_multipart_upload_days = 7
          }
        }
        """);
  }

  @Test
  void addsTheEndOfUploadsBesideOtherRules() {
    RULES.mends(
        "s3-bucket-lifecycle-abort-uploads",
        """
        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          bucket = "shop"

          rule {
            id     = "abort-incomplete-uploads"
            status = "Enabled"

            filter {
              prefix = "logs/"
            }

            abort_incomplete_multipart_upload {
              days_after_initiation = 3
            }
          }
        }
        """,
        """
        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          bucket = "shop"

          rule {
            id     = "abort-incomplete-uploads"
            status = "Enabled"

            filter {
              prefix = "logs/"
            }

            abort_incomplete_multipart_upload {
              days_after_initiation = 3
            }
          }

          rule {
            id     = "abort-incomplete-uploads-2"
            status = "Enabled"

            filter {}

            abort_incomplete_multipart_upload {
              days_after_initiation = 7
            }
          }
        }
        """);
  }

  @Test
  void addsTheEndOfUploadsBesideOtherRulesInTheBucket() {
    RULES.mends(
        "s3-bucket-lifecycle-abort-uploads",
        """
        resource "aws_s3_bucket" "a" {
          lifecycle_rule {
            enabled = true

            expiration {
              days = 90
            }
          }
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          lifecycle_rule {
            enabled = true

            expiration {
              days = 90
            }
          }

          lifecycle_rule {
            id                                     = "abort-incomplete-uploads"
            enabled                                = true
            abort_incomplete_multipart_upload_days = 7
          }
        }
        """);
  }

  @Test
  void leavesALifecycleThatEndsUploads() {
    RULES.leaves(
        "s3-bucket-lifecycle-abort-uploads",
        """
        resource "aws_s3_bucket_lifecycle_configuration" "a" {
          bucket = "shop"

          dynamic "rule" {
            for_each = var.rules

            content {
              id     = rule.key
              status = "Enabled"

              abort_incomplete_multipart_upload {
                days_after_initiation = 1
              }
            }
          }
        }

        resource "aws_s3_bucket" "b" {
          lifecycle_rule {
            enabled                                = true
            abort_incomplete_multipart_upload_days = 1
          }
        }
        """);
  }
}
