package dev.cloudmend.terraform.rules.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cloudmend.terraform.rules.Mending;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessLoggingTest {

  private static final Mending RULES = new Mending(S3Rules.all(), Mending.CONFIGURED);

  @AfterAll
  static void isFormatted(@TempDir Path folder) throws IOException, InterruptedException {
    assertThat(RULES.unformatted(folder)).isEmpty();
  }

  @Test
  void logsToTheConfiguredBucket() {
    RULES.mends(
        "s3-bucket-access-logging",
        """
        resource "aws_s3_bucket" "a" {
          count  = 2
          bucket = "shop-${count.index}"
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          count  = 2
          bucket = "shop-${count.index}"
        }

        resource "aws_s3_bucket_logging" "a" {
          count = length(aws_s3_bucket.a)

          bucket = aws_s3_bucket.a[count.index].id

          target_bucket = "central-logs"
          target_prefix = "${aws_s3_bucket.a[count.index].id}/"
        }
        """);
  }

  @Test
  void logsToTheConfiguredBucketByReferenceWhereItIsDeclared() {
    RULES.mends(
        "s3-bucket-access-logging",
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }

        resource "aws_s3_bucket" "logs" {
          bucket = "central-logs"
        }
        """,
        """
        resource "aws_s3_bucket" "a" {
          bucket = "shop"
        }

        resource "aws_s3_bucket_logging" "a" {
          bucket = aws_s3_bucket.a.id

          target_bucket = aws_s3_bucket.logs.id
          target_prefix = "${aws_s3_bucket.a.id}/"
        }

        resource "aws_s3_bucket" "logs" {
          bucket = "central-logs"
        }
        """);
  }

  @Test
  void logsInTheBucketWhereTheModuleDoes() {
    RULES.mends(
        "s3-bucket-access-logging",
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

          logging {
            target_bucket = "central-logs"
            target_prefix = "shop/"
          }
        }
        """);
  }

  @Test
  void logsNoBucketIntoItselfAndNoneThatLogsGoTo() {
    RULES.leaves(
        "s3-bucket-access-logging",
        """
        resource "aws_s3_bucket" "central" {
          bucket = "central-logs"
        }

        resource "aws_s3_bucket" "other" {
          acl = "log-delivery-write"
        }

        resource "aws_s3_bucket" "target" {
          bucket = "target"
        }

        resource "aws_s3_bucket" "a" {
          logging {
            target_bucket = "target"
          }
        }
        """);
  }
}
